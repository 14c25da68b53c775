import type { HistoryEvent } from '../interpret/options.ts';
import { jsonFault } from '../json/fault.ts';
import { JsonSyntaxError, parseJson } from '../json/parse.ts';
import { isObject } from '../json/value.ts';

/** Why a text is no history. */
export class NoHistory extends Error {}

/**
 * Reads the events of one execution off whatever somebody saved: what `get-execution-history` prints (one page or several one after the
 * other, in either order), a list of events, `dagwright simulate --json`, or the log of an Express workflow. Answers them in the order
 * in which they happened, each once.
 * @throws NoHistory where there are none.
 *
 * @example
 * ```ts
 * const text = JSON.stringify({ events: [{ id: 1, type: 'ExecutionStarted', timestamp: '2026-01-01T00:00:00Z' }] });
 * const [started] = readHistory(text);
 * ```
 */
export function readHistory(text: string): HistoryEvent[] {
  if (typeof text !== 'string') throw new NoHistory('it is no text');
  const events = new Map<number, HistoryEvent>();
  let first: string | undefined;
  for (const found of eventsIn(jsonValues(text))) {
    const { event, execution } = asEvent(found);
    if (execution !== undefined && first !== undefined && execution !== first)
      throw new NoHistory(`it has events of two executions, ${first} and ${execution}`);
    first ??= execution;
    const other = events.get(event.id);
    if (other !== undefined && (other.type !== event.type || other.timestamp !== event.timestamp))
      throw new NoHistory(`it has two events with the id ${event.id}, so these are two executions`);
    events.set(event.id, event);
  }
  if (events.size === 0) throw new NoHistory('it has no events');
  return [...events.values()].sort((a, b) => a.id - b.id);
}

/** Pages in a list, a log's records in those. */
const DEEPEST = 8;

/** The events in documents that hold them in one way or another. */
function* eventsIn(values: readonly unknown[], depth = 0): Generator<Fields> {
  if (depth > DEEPEST) throw new NoHistory('its events stand too deep in it');
  for (const value of values) {
    if (Array.isArray(value)) yield* eventsIn(value, depth + 1);
    else if (typeof value === 'string') yield* eventsIn(jsonValues(value), depth + 1);
    else if (!isObject(value)) throw new NoHistory(`it holds ${JSON.stringify(value)}, which is no event`);
    else if (Array.isArray(value.events)) yield* eventsIn(value.events, depth + 1);
    // A record of CloudWatch Logs has the event as text.
    else if (typeof value.message === 'string' && value.type === undefined) yield* eventsIn([value.message], depth + 1);
    else yield value;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function asEvent(fields: Fields): { event: HistoryEvent; execution?: string } {
  const id = whole(fields.id);
  if (id === undefined || typeof fields.type !== 'string')
    throw new NoHistory(`it holds ${brief(fields)}, which has no id and type as an event has`);
  const time = timeOf(fields.timestamp ?? fields.event_timestamp);
  if (time === undefined) throw new NoHistory(`the timestamp of event ${id} is no time`);
  const { details, event_timestamp, previous_event_id, execution_arn, redrive_count, ...rest } = fields;
  const inLog = isObject(details) ? { [detailsName(fields.type)]: details } : {};
  const all = { ...rest, ...inLog };
  const name = nameIn(all);
  return {
    event: {
      ...all,
      id,
      previousEventId: whole(fields.previousEventId ?? previous_event_id) ?? 0,
      timestamp: time,
      type: fields.type,
      ...(name !== undefined && { name }),
    },
    ...(typeof execution_arn === 'string' && { execution: execution_arn }),
  };
}

/** The name that GetExecutionHistory gives the details of a type of event, which logs call `details`. */
function detailsName(type: string): string {
  const kind = /State(Entered|Exited)$/.exec(type)?.[0] ?? type;
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}EventDetails`;
}

/** The state's name, on entries, exits and iterations. */
function nameIn(fields: Fields): string | undefined {
  if (typeof fields.name === 'string') return fields.name;
  for (const [key, value] of Object.entries(fields))
    if (/^(state(Entered|Exited)|mapIteration\w+)EventDetails$/.test(key) && isObject(value))
      return typeof value.name === 'string' ? value.name : undefined;
  return undefined;
}

/** Seconds or milliseconds since the epoch, as a number or as text, or ISO 8601: milliseconds. */
function timeOf(value: unknown): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  // Until the year 5138 a number below this is one of seconds.
  if (Number.isFinite(number)) return Math.round(Math.abs(number) < 1e11 ? number * 1000 : number);
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}

function whole(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}

function brief(value: unknown): string {
  const text = jsonFault(value) === undefined ? JSON.stringify(value) : 'an object that is nested too deep';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The text is not JSON: where, in words. */
export class NotJson extends Error {}

/** The values of a text that holds one JSON document, or several one after the other: pages that were appended, lines of a log. */
function jsonValues(text: string): unknown[] {
  const whole = text.replace(/^\uFEFF/, '');
  try {
    return [JSON.parse(whole)];
  } catch {
    const parts = documents(whole);
    if (parts.length < 2) return [parsed(whole, whole, 0)];
    let from = 0;
    return parts.map((part) => {
      const value = parsed(part, whole, from);
      from += part.length;
      return value;
    });
  }
}

/** The value of a part of the text that begins at `from`. */
function parsed(part: string, whole: string, from: number): unknown {
  try {
    return parseJson(part);
  } catch (error) {
    const { detail, offset } = error as JsonSyntaxError;
    throw new NotJson(new JsonSyntaxError(whole, detail, from + offset).message);
  }
}

/** Cuts a text where an object or an array ends that stands in none. */
function documents(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  // Strings are skipped whole: what looks like a bracket in them is none.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') {
      depth--;
      if (depth !== 0) continue;
      parts.push(text.slice(from, index + 1));
      from = index + 1;
    }
  }
  if (text.slice(from).trim() !== '') parts.push(text.slice(from));
  return parts;
}
