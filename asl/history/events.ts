import { diagnose, Stop } from '../../diagnostics/index.ts';
import { isTime } from '../arguments.ts';
import type { HistoryEvent } from '../interpret/options.ts';
import { parseJson } from '../json/parse.ts';
import { isObject, type Json } from '../json/value.ts';

/** An execution cannot go on from a history: why, as a sentence without its end. */
export function unfitHistory(detail: string): Stop {
  return new Stop(diagnose('ASL099', { detail }));
}

/** What is read of the details of events, and whether a value is of its kind. */
const FIELDS: { readonly [field: string]: (value: unknown) => boolean } = {
  name: isText,
  // Null where a worker failed a task without one.
  error: (value) => value === null || isText(value),
  mapRunArn: isText,
  index: isCount,
  length: isCount,
  redriveCount: isCount,
  assignedVariables: (value) => isObject(value) && Object.values(value).every(isText),
};

/** What is read without a look at whether it is there, by the events in which it stands. */
const NEEDED: readonly (readonly [type: RegExp, details: RegExp, field: string])[] = [
  [/StateEntered$/, /^stateEntered/, 'name'],
  [/StateExited$/, /^stateExited/, 'name'],
  [/^MapIteration/, /^mapIteration/, 'name'],
  [/^MapIteration/, /^mapIteration/, 'index'],
  [/^MapRun(Started|Redriven)$/, /^mapRun/, 'mapRunArn'],
];

/**
 * That the events of a history, whoever recorded it, have the kinds of values that are read of them.
 * @throws Stop
 */
export function checkHistory(events: readonly HistoryEvent[]): void {
  if (!Array.isArray(events)) throw unfitHistory('The history is no list of events');
  for (const [at, event] of Array.from(events as unknown[]).entries()) {
    if (!isObject(event)) throw unfitHistory(`Item ${at} of the history is no event`);
    const { id, type, timestamp, name } = event;
    if (!isCount(id) || !isText(type))
      throw unfitHistory(`Item ${at} of the history has no id and type as an event has`);
    const has = (what: string) => unfitHistory(`Event ${id} of the history, ${type}, has ${what}`);
    if (!isTime(timestamp)) throw has('no time as its timestamp');
    if (name !== undefined && !isText(name)) throw has('a name that is no text');
    const details = Object.entries(event).filter(([field]) => field.endsWith('EventDetails'));
    for (const [field, value] of details) {
      if (value === undefined) continue;
      if (!isObject(value)) throw has(`${field} that are no object`);
      for (const [inner, fits] of Object.entries(FIELDS))
        if (value[inner] !== undefined && !fits(value[inner])) throw has(`a wrong value of ${field}.${inner}`);
    }
    for (const [types, fields, field] of NEEDED) {
      if (!types.test(type as string) || (field === 'name' && isText(name))) continue;
      if (!details.some(([key, value]) => fields.test(key) && isObject(value) && value[field] !== undefined))
        throw has(`no ${field}`);
    }
  }
}

/** The JSON in a text of an event. */
export function jsonIn(text: string, { id }: HistoryEvent, field: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw unfitHistory(`Event ${id} of the history has ${field} that is not JSON: ${(error as Error).message}`);
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What an event says beyond its type: the one member whose name ends with `EventDetails`. */
export function detailsOf(event: HistoryEvent): Readonly<Record<string, unknown>> {
  for (const key in event) {
    if (!key.endsWith('EventDetails')) continue;
    const details = event[key];
    if (typeof details === 'object' && details !== null) return details as Readonly<Record<string, unknown>>;
  }
  return {};
}

/** The error of a failure's event, and its cause. */
export function errorOf(event: HistoryEvent): { error?: string; cause?: string } {
  const { error, cause } = detailsOf(event);
  return { ...(typeof error === 'string' && { error }), ...(typeof cause === 'string' && { cause }) };
}
