import type { Leftover } from '../../authoring/internal.ts';
import type { PolicyDocument } from '../../manifest/manifest.ts';
import type { Graph } from '../3-graph/graph.ts';
import { policyOfMachine } from './policy/policy.ts';

export interface Cleanup {
  readonly machine: object;
  /** What its role must be allowed. */
  readonly policy: PolicyDocument;
}

/**
 * A machine that ends what an execution left behind, for executions that were aborted or timed out: no state of theirs can catch that.
 * Its input is EventBridge's event "Step Functions Execution Status Change". Each kind of thing that the DAG's templates leave behind is
 * a part of it, one after the other. Undefined where the DAG makes nothing of the kind.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function cleanupOf({ model, tasks }: Graph): Cleanup | undefined {
  const leftovers = [...new Set([...tasks.values()].flatMap((task) => task.model.template.leavesBehind ?? []))];
  if (leftovers.length === 0) return undefined;
  const machine = machineOf(model.id, leftovers);
  const conditions = Object.assign({}, ...leftovers.map((leftover) => leftover.conditions ?? {}));
  return { machine, policy: policyOfMachine(machine.States, conditions) };
}

function machineOf(dag: string, leftovers: readonly Leftover[]) {
  const parts = leftovers.map(({ ends }, i) => (i === 0 ? ends : ends.charAt(0).toLowerCase() + ends.slice(1)));
  return {
    Comment: `${parts.join(' and ')} that carry the tag dagwright:execution of an execution of ${dag} that was aborted or timed out.`,
    QueryLanguage: 'JSONata',
    StartAt: 'execution',
    States: {
      execution: {
        Type: 'Pass',
        Assign: {
          execution: '{% $states.input.detail.executionArn %}',
          ...Object.assign({}, ...leftovers.map(({ variables = {} }) => variables)),
        },
        Next: leftovers[0]!.start,
      },
      ...Object.assign({}, ...leftovers.map(({ states }, i) => goingOn(states, leftovers[i + 1]?.start ?? DONE))),
      [DONE]: { Type: 'Succeed', Output: {} },
    },
  };
}

const DONE = 'done';

/** The states of a part, of which the ends lead to the part after it. */
function goingOn(states: Leftover['states'], next: string): Leftover['states'] {
  if (next === DONE) return states;
  const led = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(led);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [
        field,
        one === DONE && (field === 'Next' || field === 'Default') ? next : led(one),
      ]),
    );
  };
  return led(states) as Leftover['states'];
}
