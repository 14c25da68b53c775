import type { StateMachine, Task } from '../../asl/language/types.ts';
import { validate } from '../../asl/validate/validate.ts';
import { DEEPEST, expressionText, planWidthLimit, reference, targetOf } from '../../authoring/internal.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { plainNames, walkValues } from '../2-lower/values.ts';
import type { Draft, DraftTask } from '../3-graph/graph.ts';
import { isFieldName, isTextParam } from '../6-emit/field-names.ts';
import { resolve, type Vocabulary } from '../6-emit/resolve.ts';
import { sorted } from './check-machine.ts';
import { shorthands } from './shorthands.ts';

/**
 * What the validator finds in the arguments of a DAG's calls where no machine can be made of it: each call by itself, which needs no sound
 * graph.
 */
export function checkCalls({ model, tasks }: Draft): Diagnostic[] {
  const plain = plainNames(model);
  const isAtFault = (value: unknown) => walkValues(value, '', {}, plain).faults.length > 0;
  const words: Vocabulary = {
    assetKey: (path) => path,
    stateOf: (step) => step,
    variable: () => 'output',
    isText: (param) => isTextParam({ model }, param),
    isName: (target, at) => isFieldName({ model }, (task) => tasks.get(task)?.fragment, target, at),
  };
  const calls = [...tasks.values()].flatMap((task) =>
    callsOf(task, isAtFault).map((state) => ({ task: task.model.id, state })),
  );
  if (calls.length === 0) return [];
  const names = calls.map(({ task }, at) => [`call${at}`, task] as const);
  const taskOf = new Map<string, string>(names);
  const States: { readonly [name: string]: Task } = Object.fromEntries(
    calls.map(({ state: { Resource, Arguments } }, at): [string, Task] => [
      `call${at}`,
      {
        Type: 'Task',
        Resource: Resource as string,
        ...(Arguments !== undefined && { Arguments: resolve(withoutFaults(Arguments, isAtFault), words) }),
        ...(at + 1 < calls.length ? { Next: `call${at + 1}` } : { End: true as const }),
      },
    ]),
  );
  const definition: StateMachine = { QueryLanguage: 'JSONata', StartAt: 'call0', States };
  const findings = [...validate(JSON.stringify(definition)), ...shorthands(definition)];
  return sorted(
    findings,
    (state) => taskOf.get(state),
    (task) => tasks.get(task)?.model.place,
  ).ofCalls;
}

function callsOf({ fragment }: DraftTask, isAtFault: (value: unknown) => boolean) {
  return Object.values(fragment?.states ?? {}).filter(
    ({ Type, Resource }) => Type === 'Task' && typeof Resource === 'string' && !isAtFault(Resource),
  );
}

/** A value in which whatever has been reported already counts as something that a run computes, of which nothing is known. */
function withoutFaults(
  value: unknown,
  isAtFault: (value: unknown) => boolean,
  around: readonly object[] = [],
): unknown {
  // What cannot be read, as an object whose getter throws, is reported, too.
  try {
    if (planWidthLimit(value) !== undefined) return 1;
    if (typeof value !== 'object' || value === null || targetOf(value) || expressionText(value) !== undefined)
      return isAtFault(value) ? UNKNOWN : value;
    if (around.includes(value) || around.length > DEEPEST) return UNKNOWN;
    const inner = (one: unknown) => withoutFaults(one, isAtFault, [...around, value]);
    if (Array.isArray(value)) return Array.from(value as unknown[], inner);
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype !== Object.prototype && prototype !== null) return UNKNOWN;
    const entries = Object.entries(value);
    if (entries.some(([key]) => isAtFault({ [key]: null }))) return UNKNOWN;
    return Object.fromEntries(entries.map(([key, item]) => [key, inner(item)]));
  } catch {
    return UNKNOWN;
  }
}

/** Stands for the output of some task. */
const UNKNOWN = reference({ kind: 'output', path: ['', ''] }, true);
