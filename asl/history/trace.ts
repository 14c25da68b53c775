import { checkArguments, historyArgument, machineArgument } from '../arguments.ts';
import type { ExecutionStatus, HistoryEvent } from '../interpret/options.ts';
import { type StatePlace, walkStates } from '../language/states.ts';
import type { Catcher, Choice, State, StateMachine } from '../language/types.ts';
import { checkMachine } from '../validate/machine-shape.ts';
import { detailsOf, errorOf } from './events.ts';
import type { Visit } from './visit.ts';
import { Visits } from './visits.ts';

/** How a stay in a state ended; `caught` is a failure that a Catch took. */
export type VisitStatus = 'succeeded' | 'failed' | 'caught' | 'aborted' | 'running';

/** An execution as its history tells it, against its definition. Times are milliseconds since the epoch. */
export interface Trace {
  readonly status: ExecutionStatus | 'RUNNING';
  readonly startedAt: number;
  /** Of the last event, where the execution is still under way. */
  readonly stoppedAt: number;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redrives: number;
  readonly visits: readonly Visit[];
  readonly places: ReadonlyMap<string, StatePlace>;
  readonly transitions: readonly Transition[];
  /** The state in which the failure began that ended the execution. */
  readonly culprit?: Visit;
  /** The id of the first event, 1 where the history is whole. */
  readonly firstEvent: number;
  readonly events: readonly HistoryEvent[];
  statusOf(visit: Visit): VisitStatus;
}

/** A way from state to state that the execution took. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly caught: boolean;
  readonly count: number;
}

/** A state in a history that the machine does not have: it is another machine's. */
export class OtherMachine extends Error {
  readonly state: string;
  readonly event: number;
  constructor({ state, id }: Visit) {
    super(`The machine has no state '${state}' (event ${id}).`);
    this.state = state;
    this.event = id;
  }
}

/**
 * Reads an execution off its history (readHistory's events, or interpret's) and its definition.
 * @throws OtherMachine where they do not go together, Stop where one of them is none.
 *
 * @example
 * ```ts
 * const machine = { StartAt: 'done', States: { done: { Type: 'Succeed' } } } as const;
 * const { events } = await interpret(machine, { clock: createVirtualClock(0), random: Math.random, tasks: () => ({ result: {} }) });
 * const { visits } = trace(machine, events);
 * visits.map(({ state }) => state); // ['done']
 * ```
 */
export function trace(machine: StateMachine, events: readonly HistoryEvent[]): Trace {
  checkArguments(machineArgument('trace(…)', machine), historyArgument('trace(…)', events));
  checkMachine(machine);
  const places = new Map([...walkStates(machine)].map((place) => [place.name, place]));
  const read = new Visits();
  for (const event of events) read.add(event);
  const visits = read.all;
  const stranger = visits.find(({ state, type }) => places.get(state)?.state.Type !== type);
  if (stranger !== undefined) throw new OtherMachine(stranger);
  const started = events.find(({ type }) => type === 'ExecutionStarted');
  const last = events.at(-1);
  const ended = endOf(events);
  const transitions = transitionsOf(visits, events, places);
  const { input } = started === undefined ? {} : detailsOf(started);
  const { output } = ended === undefined ? {} : detailsOf(ended);
  return {
    status: ended === undefined ? 'RUNNING' : ENDS[ended.type]!,
    startedAt: events[0]?.timestamp ?? 0,
    stoppedAt: (ended ?? last)?.timestamp ?? 0,
    ...(typeof input === 'string' && { input }),
    ...(typeof output === 'string' && { output }),
    ...(ended !== undefined && errorOf(ended)),
    redrives: events.filter(({ type }) => type === 'ExecutionRedriven').length,
    visits,
    places,
    transitions,
    ...(read.culprit !== undefined && { culprit: read.culprit }),
    firstEvent: events[0]?.id ?? 1,
    events,
    statusOf: (visit) => statusOf(visit, ended !== undefined),
  };
}

const ENDS: { readonly [type: string]: ExecutionStatus } = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

/** The event that ended the execution; a redrive takes the end back. */
function endOf(events: readonly HistoryEvent[]): HistoryEvent | undefined {
  const end = events.findLast(({ type }) => ENDS[type] !== undefined || type === 'ExecutionRedriven');
  return end?.type === 'ExecutionRedriven' ? undefined : end;
}

function statusOf(visit: Visit, over: boolean): VisitStatus {
  if (visit.exited !== undefined) return visit.failed ? 'caught' : 'succeeded';
  if (visit.aborted) return 'aborted';
  const around = visit.within?.visit;
  const ended = over || (around !== undefined && isPast(visit, around));
  if (visit.failed) return ended || visit.type !== 'Task' ? 'failed' : 'running';
  return ended ? 'aborted' : 'running';
}

/** The state around it has ended, or has begun another attempt. */
function isPast(visit: Visit, around: Visit): boolean {
  if (around.exited !== undefined || around.failed || around.aborted) return true;
  if ((visit.within?.attempt ?? 0) < around.attempts.length - 1) return true;
  return around.within !== undefined && isPast(around, around.within.visit);
}

/** From each state to the one that was entered after it left; a failure that was caught without an event of its own shows here. */
function transitionsOf(
  visits: readonly Visit[],
  events: readonly HistoryEvent[],
  places: ReadonlyMap<string, StatePlace>,
): Transition[] {
  const byExit = new Map<number, Visit>();
  for (const visit of visits) {
    const exit = visit.exited === undefined ? undefined : visit.events.at(-1);
    if (exit !== undefined) byExit.set(exit.id, visit);
  }
  const before = new Map(events.map(({ id, previousEventId }) => [id, previousEventId]));
  const found = new Map<string, { from: string; to: string; caught: boolean; count: number }>();
  for (const visit of visits) {
    const from = byExit.get(before.get(visit.id) ?? 0);
    if (from === undefined) continue;
    const kinds = waysOf(places.get(from.state)!.state).filter(({ to }) => to === visit.state);
    if (kinds.length > 0 && kinds.every(({ kind }) => kind === 'catch')) from.failed = true;
    const key = `${from.failed} ${from.state}\n${visit.state}`;
    const one = found.get(key) ?? { from: from.state, to: visit.state, caught: from.failed, count: 0 };
    one.count++;
    found.set(key, one);
  }
  return [...found.values()];
}

/** A way out of a state. */
export interface Way {
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  /** Of a Catch, the errors; of a Choice, its rule's comment or number. */
  readonly label?: string;
}

/** The ways out of a state, each target once for each kind, in the order of the definition. */
export function waysOf(state: State): Way[] {
  const { Next, Catch } = state as { readonly Next?: string; readonly Catch?: readonly Catcher[] };
  const { Choices = [], Default } = (state.Type === 'Choice' ? state : {}) as Partial<Choice>;
  return merged([
    ...(Next === undefined ? [] : [{ to: Next, kind: 'next' as const }]),
    ...Choices.flatMap(({ Next: to, Comment }) =>
      to === undefined ? [] : [{ to, kind: 'choice' as const, ...(Comment !== undefined && { label: Comment }) }],
    ),
    ...(Default === undefined ? [] : [{ to: Default, kind: 'default' as const }]),
    ...(Catch ?? []).map(({ Next: to, ErrorEquals }) => ({
      to,
      kind: 'catch' as const,
      label: ErrorEquals.join(', '),
    })),
  ]);
}

function merged(ways: readonly Way[]): Way[] {
  const found = new Map<string, Way>();
  for (const way of ways) {
    const key = `${way.kind} ${way.to}`;
    const label = [found.get(key)?.label, way.label].filter((text) => text !== undefined).join('; ');
    found.set(key, { to: way.to, kind: way.kind, ...(label !== '' && { label }) });
  }
  return [...found.values()];
}
