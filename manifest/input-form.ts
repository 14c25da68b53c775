import { dateFault as calendarFault } from '../airflow/moment.ts';
import { token } from '../asl/json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../asl/json/value.ts';
import type { StateMachine } from '../asl/language/types.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';

/** Something in an execution's input that no run of a DAG takes. */
interface InputFault {
  /** Where it stands, as a JSON pointer. */
  readonly path: string;
  /** What is wrong, as the end of a sentence: `it has a field "parms"`. */
  readonly detail: string;
  /** What to write instead. */
  readonly instead: string;
}

const FIELDS = ['params', 'logical_date'];
/** What a resumed run's input has besides. @see runs/resume/compile-resume.ts */
const OF_RESUMES = 'resumes';
const FORM = 'Write {"params": {…}, "logical_date": "2026-01-31T06:00:00Z"}, both optional.';

/** Other names of what a run takes. */
const ALIASES: { readonly [name: string]: string } = {
  conf: 'params',
  config: 'params',
  parameters: 'params',
  arguments: 'params',
  date: 'logical_date',
  ds: 'logical_date',
  ts: 'logical_date',
  execution_date: 'logical_date',
  run_date: 'logical_date',
  scheduled_time: 'logical_date',
};

/**
 * What is wrong with the form of an input of a run of a DAG: its fields, and its logical date. Params are held against their schema
 * elsewhere (`checkParams`).
 * @param params the names of those that the DAG declares; undefined where they are not known
 */
export function inputFaults(input: Json, params?: readonly string[]): InputFault[] {
  if (!isObject(input)) return [{ path: '', detail: `it is ${kindOf(input)}, not an object`, instead: FORM }];
  const { params: given, logical_date: date, [OF_RESUMES]: _, ...rest } = input;
  const flat = Object.keys(rest).filter((name) => params?.includes(name) && rest[name] !== undefined);
  const faults = Object.keys(rest)
    .filter((name) => !flat.includes(name))
    .map((name) => unknownField(name, input, params));
  if (flat.length > 0) faults.push(flatParams(flat, rest as JsonObject));
  if (given !== undefined && !isObject(given))
    faults.push({ path: '/params', detail: `"params" is ${kindOf(given)}, not an object`, instead: FORM });
  const dateFault = date === undefined ? undefined : faultOfDate(date);
  if (dateFault !== undefined) faults.push({ path: '/logical_date', ...dateFault });
  return faults;
}

/** The error of a machine that refuses its input. */
export const REFUSED = 'Params.Invalid';

/** Whether a machine has the states that take a DAG's params and logical date. @see compiler/6-emit/input-states.ts */
export function takesRunInput({ StartAt, States }: StateMachine): boolean {
  const first = States[StartAt];
  if (first?.Type !== 'Choice' || first.Default === undefined) return false;
  const refusal = States[first.Default];
  return refusal?.Type === 'Fail' && refusal.Error === REFUSED;
}

function flatParams(names: readonly string[], given: JsonObject): InputFault {
  const written = JSON.stringify({ params: Object.fromEntries(names.map((name) => [name, given[name] as Json])) });
  return {
    path: `/${token(names[0]!)}`,
    detail: `it has ${names.map((name) => `"${name}"`).join(', ')} beside "params"`,
    instead: `Params stand under "params": ${written.length > 200 ? `{"params": {"${names[0]}": …}}` : written}.`,
  };
}

function unknownField(name: string, input: JsonObject, params: readonly string[] | undefined): InputFault {
  const fault = { path: `/${token(name)}`, detail: `it has a field "${name}", which no run takes` };
  if (/^data_?interval/i.test(name))
    return { ...fault, instead: 'A run has a logical date and no interval: give other dates as params.' };
  const near = nearest(name, FIELDS) ?? ALIASES[name.toLowerCase()];
  if (near !== undefined && !Object.hasOwn(input, near))
    return { ...fault, instead: `Did you mean "${near}"? ${FORM}` };
  const param = nearest(name, params ?? []);
  if (param !== undefined)
    return {
      ...fault,
      instead: `Did you mean the param "${param}"? Params stand under "params": {"params": {"${param}": …}}.`,
    };
  if (params === undefined)
    return { ...fault, instead: `Params stand under "params": {"params": {${JSON.stringify(name)}: …}}.` };
  if (params.length === 0) return { ...fault, instead: 'Leave it out: the DAG has no params.' };
  const known = params.map((one) => `"${one}"`).join(', ');
  return { ...fault, instead: `Params stand under "params": {"params": {…}}; the DAG has ${known}.` };
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** What keeps a value from being a logical date: the form that the machine checks too, and the calendar. */
function faultOfDate(date: Json): Omit<InputFault, 'path'> | undefined {
  const instead = 'Write a date as "2026-01-31" or "2026-01-31T06:00:00Z".';
  if (typeof date !== 'string') return { detail: `"logical_date" is ${kindOf(date)}, not a text`, instead };
  const detail = `"logical_date" is ${JSON.stringify(date.length > 60 ? `${date.slice(0, 59)}…` : date)}, which is`;
  if (!DATE.test(date)) return { detail: `${detail} no date in ISO 8601`, instead };
  // Date.parse looks at hours and offsets, and takes a 30th of February.
  const isReal = !Number.isNaN(Date.parse(date)) && calendarFault(date.slice(0, 10)) === undefined;
  return isReal ? undefined : { detail: `${detail} no date of the calendar`, instead };
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as 'string']!;
}

/** What the machine checks itself: where it refused the input, its error says so. */
const CHECKED: ReadonlySet<string | undefined> = new Set(['/params', '/logical_date']);

/** Leaves out what the failure of a run says already. */
export function notRefused(warnings: readonly Diagnostic[], error: string | undefined): readonly Diagnostic[] {
  return error === REFUSED ? warnings.filter(({ path }) => !CHECKED.has(path)) : warnings;
}

/**
 * What is odd about the input of a simulated or served execution, where the machine was compiled from a DAG. It is run all the same: AWS
 * takes any input.
 * @param params the names of the DAG's params, where they are known
 */
export function inputWarnings(
  machine: StateMachine,
  input: Json | undefined,
  params?: readonly string[],
): readonly Diagnostic[] {
  if (input === undefined || (params === undefined && !takesRunInput(machine))) return [];
  return inputFaults(input, params).map(({ path, ...fault }) => diagnose('SIM018', fault, { path }));
}
