import type { Trace, VisitStatus } from '../../asl/history/trace.ts';
import type { Attempt, Visit, Within } from '../../asl/history/visit.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { isDistributed, scopesOf } from '../../asl/language/states.ts';
import type { State } from '../../asl/language/types.ts';
import { grouped, type StateStatus } from '../words.ts';
import type { StateFigures } from './figures.ts';
import { type Folded, shownVisits } from './fold.ts';

/** What the page's script knows of the run: what stands in the page's data element. */
export interface RunData {
  readonly startedAt: number;
  readonly execution: readonly HistoryEvent[];
  readonly states: readonly StateData[];
  readonly visits: readonly VisitData[];
}
export interface StateData {
  readonly name: string;
  readonly type: string;
  readonly status: StateStatus;
  /** Names of the Parallel and Map states around it, the outermost first. */
  readonly inside: readonly string[];
  readonly visits: number;
  readonly counts: Readonly<Partial<Record<StateStatus, number>>>;
  readonly total: number;
  readonly longest: number;
  readonly distributed: boolean;
  /** As the machine has it, without the states within it. */
  readonly definition: unknown;
}
export interface VisitData {
  readonly id: number;
  readonly state: string;
  readonly status: VisitStatus;
  readonly entered: number;
  readonly exited?: number;
  /** Its branches and iterations, the outermost first. */
  readonly where: readonly string[];
  readonly attempts: readonly Attempt[];
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
  /** So many more are in the history alone. */
  readonly moreEvents: number;
}

/** So many events of one visit are in the page: a Map over 10,000 items has 20,000. */
const EVENTS = 60;
/** So much text of events is in the page; above it, and in any case above the second, long texts are cut. */
const ALL_TEXT = 12_000_000;
const ONE_TEXT = 262_144;

export function runData(trace: Trace, folded: Folded, figures: ReadonlyMap<string, StateFigures>): RunData {
  const shown = shownVisits(folded).map((visit) => ({ visit, events: chosen(visit.events) }));
  const execution = trace.events.filter(({ type }) => type.startsWith('Execution'));
  const limit = limitFor([...execution, ...shown.flatMap(({ events }) => events)]);
  return {
    startedAt: trace.startedAt,
    execution: execution.map((event) => shortened(event, limit)),
    states: [...figures.values()].map((one) => stateData(trace, one)),
    visits: shown.map(({ visit, events }): VisitData => {
      const { id, state, entered, exited, attempts, error, cause } = visit;
      return {
        id,
        state,
        status: trace.statusOf(visit),
        entered,
        ...(exited !== undefined && { exited }),
        where: whereOf(visit, trace),
        attempts: attempts.map((attempt) => shortened(attempt, limit)),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause: cutTo(cause, limit) }),
        events: events.map((event) => shortened(event, limit)),
        moreEvents: visit.events.length - events.length,
      };
    }),
  };
}

function stateData({ places }: Trace, { name, status, visits, counts, total, longest }: StateFigures): StateData {
  const { state } = places.get(name)!;
  const inside: string[] = [];
  for (let around = places.get(name)!.parent; around !== undefined; around = places.get(around)?.parent)
    inside.unshift(around);
  return {
    name,
    type: state.Type,
    status,
    inside,
    visits: visits.length,
    counts,
    total,
    longest,
    distributed: isDistributed(state),
    definition: withoutParts(state),
  };
}

function withoutParts(state: State): unknown {
  if (scopesOf(state).length === 0) return state;
  const brief = (key: string, value: unknown) => (key === 'States' ? '…' : value);
  return JSON.parse(JSON.stringify(state, brief));
}

function whereOf(visit: Visit, { places }: Trace): string[] {
  const words: string[] = [];
  for (let [at, within]: [Visit, Within | undefined] = [visit, visit.within]; within !== undefined; ) {
    const { state, attempts } = within.visit;
    const branch = places.get(at.state)?.branch ?? 0;
    const part = within.iteration === undefined ? `branch ${branch + 1}` : `item #${within.iteration}`;
    const attempt = attempts.length > 1 ? `, attempt ${within.attempt + 1}` : '';
    words.unshift(`${state}: ${part}${attempt}`);
    [at, within] = [within.visit, within.visit.within];
  }
  return words;
}

/** The first and the last of many. */
function chosen(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  if (events.length <= EVENTS) return events;
  return [...events.slice(0, EVENTS - 10), ...events.slice(-10)];
}

/** How long one text may be, so that all of them together are not too much for a page. */
function limitFor(events: readonly HistoryEvent[]): number {
  const lengths: number[] = [];
  for (const event of events)
    JSON.stringify(event, (_, value: unknown) => {
      if (typeof value === 'string') lengths.push(value.length);
      return value;
    });
  for (let limit = ONE_TEXT; ; limit /= 4)
    if (limit < 256 || lengths.reduce((sum, length) => sum + Math.min(length, limit), 0) <= ALL_TEXT) return limit;
}

function shortened<T>(value: T, limit: number): T {
  return JSON.parse(
    JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? cutTo(member, limit) : member)),
  ) as T;
}

function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Not in the middle of a letter that takes two units.
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1]!) ? limit - 1 : limit;
  return `${text.slice(0, end)}… [${grouped(text.length - end)} more characters, which the history has and this page has not]`;
}
