import type { Json } from '../../asl/json/value.ts';
import { STATES_ERRORS } from '../../asl/language/errors.ts';
import { findState, walkStates } from '../../asl/language/states.ts';
import type { Retrier, State, States, Task } from '../../asl/language/types.ts';
import type { AnswerFault } from '../../asl/services/answer-faults.ts';
import { readResource } from '../../asl/services/index.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';
import { nearest } from '../../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { type Chosen, calls } from './choose-mocks.ts';
import { type MockResponses, placeText, pointer } from './mocks.ts';

/**
 * What is wrong in the mocks of a machine: those of states that it has not, or that call nothing, and responses that are not what the
 * state's service answers. What has no known shape is free: what a function returns, the body of an HTTP response, an activity's result,
 * what a task token brings. The `path` of each finding is a JSON pointer into what the mocks were read from.
 */
export async function checkMocks(machine: States, { mocks, placeOf, namedAt }: Chosen): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  const callers = callersIn(machine);
  const errors = knownErrors(machine);
  const every = new Map([...walkStates(machine)].map(({ name, state }) => [name, state]));
  for (const [name, responses] of Object.entries(mocks)) {
    const state = every.get(name);
    if (state === undefined || !calls(state)) {
      found.push(noCaller(machine, name, callers, namedAt(name)));
    } else if (state.Type === 'Task') {
      found.push(...(await faultsOf(name, state, responses, placeOf(name))));
      found.push(...nearErrors(errors, name, responses, placeOf(name)));
    }
  }
  return found;
}

function noCaller(machine: States, name: string, callers: readonly string[], place: readonly string[]): Diagnostic {
  const state = findState(machine, name);
  const inside = state === undefined ? [] : callersIn({ StartAt: name, States: { [name]: state } });
  const known = inside.length > 0 ? inside : callers;
  return diagnose('SIM010', { name, type: state?.Type, known }, { path: pointer(place) });
}

/** The states that call something: tasks, and Maps that read their items. */
function callersIn(machine: States): string[] {
  return [...walkStates(machine)].filter(({ state }) => calls(state)).map(({ name }) => name);
}

async function faultsOf(
  name: string,
  state: Task,
  responses: MockResponses,
  place: readonly string[],
): Promise<Diagnostic[]> {
  const shape = await shapeOf(state);
  if (shape === undefined) return [];
  const { answerFaults } = await import('../../asl/services/answer-faults.ts');
  const numbersForTimes = isWaitedFor(state);
  const found: Diagnostic[] = [];
  for (const [invocations, response] of Object.entries(responses)) {
    if (!('Return' in response)) continue;
    const told = new Set<string>();
    for (const fault of answerFaults(response.Return, shape, { numbersForTimes })) {
      // Of the items of a list the first one is told.
      const kind = `${fault.kind} ${fault.path.map((step) => (typeof step === 'number' ? '*' : step)).join('\0')}`;
      if (told.has(kind)) continue;
      told.add(kind);
      found.push(...described(fault, { name, state, shape, place: [...place, invocations, 'Return'] }));
    }
  }
  return found;
}

/** The shape of what the state's service answers; undefined where it may be anything. */
export async function shapeOf(state: Task): Promise<ResultShape | undefined> {
  if (readResource(state.Resource).kind !== 'integration') return undefined;
  // Whoever is given the token may end the task with a result of their own.
  if (JSON.stringify([state.Arguments, state.Parameters]).includes('Task.Token')) return undefined;
  const { wholeAnswerOf } = await import('../../asl/services/answers.ts');
  return wholeAnswerOf(state.Resource);
}

interface Mocked {
  readonly name: string;
  readonly state: Task;
  readonly shape: ResultShape;
  /** Where the answer stands in the mocks. */
  readonly place: readonly string[];
}

function described(fault: AnswerFault, { name, state, shape, place }: Mocked): Diagnostic[] {
  const at = placeText(place, fault.path);
  const common = { state: name, resource: resourceName(state), at };
  const where = { path: pointer([...place, ...fault.path]) };
  if (isBarePayload(state, fault)) {
    const found = fault.kind === 'type' ? typeOf(fault.value) : `"${fault.path.at(-1)}"`;
    return [diagnose('SIM014', { state: name, at, found }, where)];
  }
  const hint = isWaitedFor(state) ? 'What is waited for answers the description of the job that has ended. ' : '';
  switch (fault.kind) {
    case 'missing':
      return [];
    case 'unknown': {
      const elsewhere = standsAt(shape, fault);
      const known = fault.known.filter((member) => !member.startsWith('Sdk'));
      return [diagnose('SIM011', { ...common, name: fault.name, known, elsewhere, hint }, where)];
    }
    case 'type':
      return [diagnose('SIM012', { ...common, expected: fault.expected, found: typeOf(fault.value), hint }, where)];
    case 'enum':
      return [diagnose('SIM013', { ...common, value: fault.value, known: fault.known }, where)];
  }
}

/** What a function returns, written as if it were the answer itself: tests have long been written so. */
function isBarePayload(state: Task, fault: AnswerFault): boolean {
  if (!/:states:::lambda:invoke$/.test(state.Resource)) return false;
  if (fault.kind === 'type') return fault.path.length === 0;
  return fault.kind === 'unknown' && nearest(fault.name, fault.known) === undefined;
}

/** `glue:getCrawler`, as the Resource names it. */
export function resourceName({ Resource }: Task): string {
  return Resource.slice(Resource.indexOf(':states:::') + ':states:::'.length);
}

function isWaitedFor(state: Task): boolean {
  const read = readResource(state.Resource);
  return read.kind === 'integration' && read.pattern !== 'request';
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Where else in the answer a member of that name stands, if it is near. */
function standsAt(shape: ResultShape, { path }: AnswerFault): string | undefined {
  const name = path.at(-1);
  let level: { readonly shape: ResultShape; readonly at: readonly string[] }[] = [{ shape, at: [] }];
  for (let depth = 0; depth < 4; depth++) {
    const next: typeof level = [];
    for (const { shape: outer, at } of level) {
      const inner = outer.kind === 'list' ? outer.of() : outer;
      if (inner.kind !== 'structure') continue;
      for (const [member, { shape: of }] of inner.members) {
        if (member === name) return [...at, member].join('.');
        next.push({ shape: of(), at: [...at, member] });
      }
    }
    level = next;
  }
  return undefined;
}

/** The errors of Step Functions itself, and those that a machine retries or catches. */
function knownErrors(machine: States): ReadonlySet<string> {
  return new Set([...STATES_ERRORS, ...[...walkStates(machine)].flatMap(({ state }) => errorNames(state))]);
}

/** Thrown errors that are nearly a known one. Names without a dot are the user's own, and may differ by a letter. */
function nearErrors(
  known: ReadonlySet<string>,
  name: string,
  responses: MockResponses,
  place: readonly string[],
): Diagnostic[] {
  return Object.entries(responses).flatMap(([invocations, response]) => {
    const error = 'Throw' in response ? response.Throw.Error : undefined;
    if (typeof error !== 'string' || !error.includes('.') || known.has(error)) return [];
    const near = nearest(
      error,
      [...known].filter((other) => other.includes('.') && !other.endsWith('*')),
    );
    if (near === undefined) return [];
    const at = [...place, invocations, 'Throw', 'Error'];
    return [diagnose('SIM015', { state: name, at: placeText(at, []), name: error, near }, { path: pointer(at) })];
  });
}

function errorNames(state: State): string[] {
  const { Retry = [], Catch = [] } = state as {
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Retrier[];
  };
  return [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals);
}
