import { INTEGRATION_CALLS, readResource, SDK_OF_OPTIMIZED } from '../../../asl/services/index.ts';
import { type Parameter, type PatternOf, parametersOf } from './parameters.ts';

/** A call of an action of an AWS service with the machine's role. */
export interface Call {
  /** As Step Functions names it: `sfn`. */
  readonly service: string;
  /** In camelCase. */
  readonly action: string;
  readonly parameters: readonly Parameter[];
}

/** What a Task state does with the machine's role. */
export interface TaskCalls {
  readonly calls: readonly Call[];
  /** The EventBridge rule that its `.sync` listens to. */
  readonly rule?: string;
}

/** As much of a state as calls something, or holds states that do. */
export interface CallingState {
  readonly Type: string;
  readonly Resource?: unknown;
  readonly Arguments?: unknown;
  readonly Branches?: readonly { readonly States: CallingStates }[];
  readonly ItemProcessor?: { readonly States: CallingStates };
}
export type CallingStates = { readonly [name: string]: CallingState };

/** What states call, those within them included. */
export function callsOf(states: CallingStates, patternOf: PatternOf): TaskCalls[] {
  return Object.values(states).flatMap((state) => {
    const inner = [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])];
    return [callsOfTask(state, patternOf), ...inner.flatMap(({ States }) => callsOf(States, patternOf))];
  });
}

function callsOfTask({ Resource, Arguments }: CallingState, patternOf: PatternOf): TaskCalls {
  const resource = typeof Resource === 'string' ? readResource(Resource) : undefined;
  if (resource?.kind !== 'integration') return { calls: [] };
  const { sdk, service, action, pattern } = resource;
  const { calls = [action], sync = [], rule } = (!sdk && INTEGRATION_CALLS[`${service}:${action}`]) || {};
  const waits = pattern === 'sync' || pattern === 'sync:2';
  const parameters = parametersOf(Arguments, patternOf);
  return {
    calls: [...calls, ...(waits ? sync : [])].map((one) => ({
      service: (sdk ? undefined : SDK_OF_OPTIMIZED[service]) ?? service,
      action: one,
      parameters,
    })),
    ...(waits && rule !== undefined && { rule }),
  };
}
