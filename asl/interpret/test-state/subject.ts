import { parseJson } from '../../json/parse.ts';
import { LIMITS } from '../../language/limits.ts';
import { scopesOf, walkStates } from '../../language/states.ts';
import type { State, StateMachine, States } from '../../language/types.ts';
import { type Finding, validate } from '../../validate/validate.ts';
import { invalid, TestStateRefusal } from './request.ts';

/** The state under test and where it stands. */
export interface Subject {
  readonly name: string;
  readonly state: State;
  /** The machine that it is in; around a single state one is made. */
  readonly machine: StateMachine;
  /** It runs in the iterations of a Map. */
  readonly inMap: boolean;
}

/** What the service calls a state that comes without a machine. */
const ALONE = 'StateName';

/** Reads the definition, and checks it as a whole: a machine where a state of it is named, else one state. */
export function findState(definition: string, stateName: string | undefined): Subject {
  if (typeof definition !== 'string' || definition === '') throw invalid('A definition must be specified.');
  if (Buffer.byteLength(definition) > LIMITS.definitionBytes)
    throw invalid(`The definition must not exceed ${LIMITS.definitionBytes} bytes.`);
  if (stateName === undefined) return alone(parse(definition));
  check(definition, '');
  const machine = parse(definition) as unknown as StateMachine;
  const found = search(machine, stateName);
  if (found === undefined) throw invalid('State not found in definition');
  return { name: stateName, machine, ...found };
}

function alone(state: State): Subject {
  const targets = targetsOf(state);
  const key = freeName([...targets, ...keysWithin(state)]);
  const ends = Object.fromEntries(targets.map((name) => [name, { Type: 'Succeed' }]));
  const machine = { StartAt: key, States: { [key]: state, ...ends } } as StateMachine;
  check(JSON.stringify(machine), `/States/${key}`);
  return { name: ALONE, state, machine, inMap: false };
}

/** The states that a state goes to: one that comes alone needs somewhere to go. */
function targetsOf(state: State): readonly string[] {
  const names: unknown[] = [];
  const { Next, Default, Choices, Catch } = state as unknown as { readonly [field: string]: unknown };
  names.push(Next, Default);
  for (const list of [Choices, Catch])
    if (Array.isArray(list)) names.push(...list.map((rule: { Next?: unknown } | null) => rule?.Next));
  return names.filter((name) => typeof name === 'string');
}

/** Every key anywhere in a value that has not been checked: the names of the states within it are among them. */
function keysWithin(value: unknown): readonly string[] {
  const keys: string[] = [];
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      keys.push(key);
      rest.push(inner);
    }
  }
  return keys;
}

/** A name that no other state can have been given. */
function freeName(taken: readonly string[]): string {
  const names = new Set(taken);
  for (let number = 1; ; number++) {
    const name = number === 1 ? ALONE : `${ALONE}${number}`;
    if (!names.has(name)) return name;
  }
}

function search(machine: States, name: string): Pick<Subject, 'state' | 'inMap'> | undefined {
  const places = new Map([...walkStates(machine)].map((place) => [place.name, place]));
  const found = places.get(name);
  if (found === undefined) return undefined;
  let around = places.get(found.parent ?? '');
  while (around !== undefined && around.state.Type !== 'Map') around = places.get(around.parent ?? '');
  return { state: found.state, inMap: around !== undefined };
}

/** The names of all states within a state. */
export function namesInside(state: State): readonly string[] {
  return scopesOf(state).flatMap((scope) => [...walkStates(scope)].map(({ name }) => name));
}

function parse(text: string): State {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw refuse(`it is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('it is not a JSON object');
  return value as State;
}

function check(text: string, prefix: string): void {
  const errors = validate(text).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw refuse(errors.map((error) => said(error, prefix)).join(', '));
}

function said({ message, path }: Finding, prefix: string): string {
  const place = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  return `SCHEMA_VALIDATION_FAILED: ${message.replace(/\.$/, '')} at ${place === '' ? '/' : place}`;
}

function refuse(detail: string): TestStateRefusal {
  return new TestStateRefusal('InvalidDefinition', `Invalid State Machine Definition: '${detail}'`);
}
