import { relative } from 'node:path';
import type { Json, TaskCall } from '../asl/index.ts';
import { fillPlaceholders } from '../asl/placeholders/index.ts';
import { readMachine as checkMachine } from '../asl/validate/machine-shape.ts';
import { type Diagnostic, Stop } from '../diagnostics/index.ts';
import {
  type MockResponse,
  type MockResponses,
  type SimulateOptions,
  simulate as simulateDefinition,
} from '../local/index.ts';
import { checkOptions, SIMULATE_OPTIONS } from '../simulate/checked-simulate.ts';
import { EVERY_INVOCATION } from '../simulate/mocks/mocks.ts';
import { isMockConfig } from '../simulate/mocks/read-mocks.ts';
import { register } from './matchers/index.ts';
import { type AnyMachine, readMachine } from './read-machine.ts';
import { SimulatedRun } from './simulated-run.ts';

export interface SimulateMachineOptions
  extends Omit<SimulateOptions, 'mocks' | 'samples' | 'onCall' | 'names' | 'params'> {
  /** What tasks answer. */
  readonly mocks?: AnyMocks;
  /**
   * Whether the tasks of a DAG that have no mock answer what their services would (a cluster has an id, a crawl ends well), or, as the
   * tasks of any other machine, their own arguments. Default true.
   */
  readonly samples?: boolean;
  /** What `${name}` in the machine stands for; names that are not here stay as they are. */
  readonly env?: { readonly [name: string]: string };
}

/**
 * Runs a state machine, or a DAG, in virtual time with its tasks mocked; nothing is sent anywhere. The same arguments give the same run.
 * Rejects, with what to do, where the DAG, the machine or the mocks are at fault; a run that fails is an answer.
 *
 * @example
 * ```ts
 * const run = await simulate(dag, {
 *   input: { params: { day: '2026-01-31' } },
 *   mocks: { load: [{ Throw: { Error: 'Lambda.TooManyRequestsException' } }, { Return: { StatusCode: 200 } }] },
 * });
 * run.status; // 'SUCCEEDED'
 * run.seconds; // virtual seconds, the delay before the retry included
 * ```
 */
export async function simulate(machine: AnyMachine, options: SimulateMachineOptions = {}): Promise<SimulatedRun> {
  await register();
  try {
    checkOptions(options, OPTIONS);
    const { mocks = {}, samples = true, env = {}, ...rest } = options;
    const { definition, manifest } = await readMachine(machine);
    const checked = fillPlaceholders(checkMachine(definition), env);
    const answers: { readonly [state: string]: Json } | undefined =
      manifest === undefined || !samples
        ? undefined
        : Object.assign({}, ...manifest.tasks.map((task) => task.samples ?? {}));
    const calls: TaskCall[] = [];
    const simulation = await simulateDefinition(checked, {
      onWarning: (warning) => console.warn(textOf(warning)),
      ...rest,
      mocks: asMocks(mocks),
      ...(answers && { samples: answers }),
      ...(manifest && { params: Object.keys(manifest.params.properties) }),
      // What a Map writes of its results is no call of a task.
      onCall: (call) => call.writes === true || calls.push(call),
    });
    return new SimulatedRun(simulation, checked, manifest, calls);
  } catch (error) {
    throw error instanceof Stop ? told(error) : error;
  }
}

const OPTIONS = {
  ...SIMULATE_OPTIONS,
  samples: (value: unknown) => (typeof value === 'boolean' ? undefined : 'is neither true nor false'),
  env: (value: unknown) =>
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')
      ? undefined
      : 'is no object of texts by the name of a placeholder',
};

/** What is at fault, where the test called; frames of the package say nothing to its user. */
function told({ diagnostics }: Stop): Error {
  const error = new Error(diagnostics.map(textOf).join('\n\n'));
  error.name = 'DagwrightError';
  Error.captureStackTrace(error, simulate);
  return error;
}

function textOf({ code, message, why, remedy, place }: Diagnostic): string {
  // On a line of its own it would pass for a part of the stack.
  const at = place === undefined ? '' : ` (${relative('', place.file)}:${place.line}:${place.column})`;
  return `${code}  ${message}${at}\n  ${why}\n  → ${remedy}`;
}

/** How a state is mocked: one response for every call, a list by invocation, or responses by invocation and ranges of them. */
export type MockOfState = MockResponse | readonly MockResponse[] | MockResponses;

/** Mocks by the name of a state; or a mock configuration of Step Functions Local as it is. */
export type AnyMocks = { readonly [state: string]: MockOfState } | { readonly StateMachines: object };

/** The mocks in the format of files. What is no mock stays as it is: it is told where they are read. */
function asMocks(mocks: unknown): unknown {
  if (typeof mocks !== 'object' || mocks === null || isMockConfig(mocks)) return mocks;
  return Object.fromEntries(Object.entries(mocks).map(([state, mock]) => [state, byInvocation(mock)]));
}

function byInvocation(mock: unknown): unknown {
  if (Array.isArray(mock)) return Object.fromEntries(mock.map((response, at) => [String(at), response]));
  const isResponse = typeof mock === 'object' && mock !== null && ('Return' in mock || 'Throw' in mock);
  return isResponse ? { [EVERY_INVOCATION]: mock } : mock;
}
