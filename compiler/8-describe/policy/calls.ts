import { walkStates } from '../../../asl/language/states.ts';
import type { States } from '../../../asl/language/types.ts';
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

/** As much of a state as calls something. */
export interface CallingState {
  readonly Type: string;
  readonly Resource?: unknown;
  readonly Arguments?: unknown;
}
export type CallingStates = { readonly [name: string]: CallingState };

/** What states call, those within them included. */
export function callsOf(states: CallingStates, patternOf: PatternOf): TaskCalls[] {
  return [...walkStates({ States: states as States['States'] })].map(({ state }) => callsOfTask(state, patternOf));
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
