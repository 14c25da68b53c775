import { isObject, type Json, type JsonObject } from '../../asl/json/value.ts';
import { type StatePlace, scopesOf, walkStates } from '../../asl/language/states.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { findReads, type Read } from '../../asl/reads/reads.ts';
import { sampleAnswer } from '../../asl/services/samples.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Simulation } from '../simulate.ts';
import type { Mocks } from './mocks.ts';

/** Where a value was missing, as the interpreter's causes have it; the cause of a run's end may hold several. */
const NOTHING =
  /An error occurred while executing the state '(?<state>.*?)' \(entered at the event id #\d+\)\. The JSONata expression '(?<expression>.*?)' specified for the field '[^']*' returned nothing \(undefined\)/gs;

/**
 * Where a simulation ended because a state reads what a sample has not: which fields of which task's sample, and how to give them.
 * @param samples by state; what none is given for answers by the model of its service
 */
export function lackingSamples(
  machine: StateMachine,
  samples: { readonly [state: string]: Json },
  mocks: Mocks,
  { cause }: Simulation,
): Diagnostic[] {
  const missing = [...(cause ?? '').matchAll(NOTHING)].map(
    ({ groups }) => groups as { state: string; expression: string },
  );
  if (missing.length === 0) return [];
  const answers = new Map<string, Json>();
  const states = [...walkStates(machine)];
  for (const { name, state } of states) {
    const sample = state.Type === 'Task' ? (samples[name] ?? sampleAnswer(state.Resource)) : undefined;
    if (sample !== undefined && !Object.hasOwn(mocks, name)) answers.set(name, sample);
  }
  const reads = findReads(machine as unknown as JsonObject, new Set(answers.keys()));
  const found = missing.flatMap(({ state: reader, expression }) => {
    const lacking = new Map<string, string[][]>();
    for (const read of reads) {
      const way = read.state === reader ? lackedOn(read.path, answers.get(read.task)!) : undefined;
      if (way !== undefined) lacking.set(read.task, [...(lacking.get(read.task) ?? []), way]);
    }
    if (lacking.size === 0) return ofVariable(states, answers, samples, reader, expression);
    return [...lacking].map(([task, ways]) =>
      diagnose('SIM027', {
        task,
        fields: [...new Set(ways.map((way) => way.map(step).join('').slice(1)))],
        reader,
        mock: mockOf(task, ways.reduce(withField, answers.get(task)!)),
        isFunction: ways.some(([first]) => first === 'Payload'),
      }),
    );
  });
  return [...new Map(found.map((one) => [one.message, one])).values()];
}

/** What is made of an answer before it is kept in a variable hides which field of the answer it was: it is told by the variable's. */
function ofVariable(
  states: readonly StatePlace[],
  answers: ReadonlyMap<string, Json>,
  samples: { readonly [state: string]: Json },
  reader: string,
  expression: string,
): Diagnostic[] {
  const [, variable, way] = /\$(\w+)((?:\.\w+)+)/.exec(expression) ?? [];
  const keeps = states.find(({ state }) => {
    const { Assign } = state as { readonly Assign?: Json };
    return isObject(Assign) && Object.hasOwn(Assign, variable ?? '');
  });
  if (keeps === undefined || way === undefined) return [];
  // A compiled task's states stand within its own, or bear its id: `last: call`, `last: done`.
  const id = keeps.name.replace(/: .*$/s, '');
  const within = scopesOf(keeps.state).flatMap((scope) => [...walkStates(scope)].map(({ name }) => name));
  const own = states.map(({ name }) => name).filter((name) => name === id || name.startsWith(`${id}: `));
  const all = [...new Set([...within, ...own])].filter((name) => answers.has(name));
  // Of several calls it is the one whose answer the template gives.
  const said = all.filter((name) => Object.hasOwn(samples, name));
  const asked = said.length > 0 ? said : all;
  const [task] = asked;
  if (task === undefined || asked.length > 1) return [];
  const mock = mockOf(task, answers.get(task)!);
  return [diagnose('SIM027', { task, fields: [`${way.slice(1)}`], reader, mock, isFunction: false })];
}

function mockOf(task: string, answer: Json): string {
  return JSON.stringify({ [task]: { '0': { Return: answer } } });
}

function step(name: string): string {
  return /^\d+$/.test(name) ? `[${name}]` : `.${name}`;
}

/** The way to the first member that a value lacks; undefined where it has all that is read. */
function lackedOn(path: Read['path'], value: Json): string[] | undefined {
  const way: string[] = [];
  let at: Json = value;
  for (const [i, name] of path.entries()) {
    if (Array.isArray(at)) {
      const [first] = at as readonly Json[];
      if (first === undefined) return [...way, '0', ...path.slice(i).filter((one) => one !== null)];
      at = first;
      way.push('0');
      if (name === null) continue;
    }
    if (name === null) continue;
    if (!isObject(at)) return undefined;
    way.push(name);
    if (!Object.hasOwn(at, name)) return way;
    at = at[name] as Json;
  }
  return undefined;
}

/** The sample with the field in it. */
function withField(value: Json, [name, ...rest]: readonly string[]): Json {
  if (name === undefined) return isObject(value) && Object.keys(value).length > 0 ? value : '…';
  if (Array.isArray(value)) return [withField((value as readonly Json[])[0] ?? {}, rest)];
  const object = isObject(value) ? value : {};
  return { ...object, [name]: withField(object[name] ?? {}, rest) };
}
