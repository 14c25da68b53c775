import { taskEvents } from '../../asl/interpret/task-events.ts';
import { caughtStates, nextStates, scopesOf, walkStates } from '../../asl/language/states.ts';
import type { State, StateMachine, States } from '../../asl/language/types.ts';

/** How large a machine is and what a run of it takes. */
export interface Figures {
  readonly states: number;
  /**
   * What a run takes in which nothing fails: the longest way there is, every loop gone through once. Branches that exclude each other are
   * one way or the other; what runs only after a failure is counted where no condition of the plan tells it apart.
   */
  readonly run: Steps;
  readonly loops: readonly Loop[];
}

export interface Steps {
  /**
   * "Step Functions counts a state transition each time a step of your workflow is executed."
   * @see https://aws.amazon.com/step-functions/pricing/
   */
  readonly transitions: number;
  /** Of the execution's history. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
  readonly events: number;
}

/** States that are gone through again and again, as a poll. */
export interface Loop {
  /** Where it comes back to. */
  readonly state: string;
  /** Of each further time. */
  readonly steps: Steps;
  /** How long it waits; undefined where that is not known, or where it does not wait. */
  readonly waitSeconds: number | undefined;
}

/** The figures of a machine, from its states and where each of them leads: the order in which they stand means nothing. */
export function figuresOf(definition: StateMachine): Figures {
  const loops: Loop[] = [];
  const { transitions, events } = longest(definition, loops);
  // The execution itself starts and ends.
  return { states: [...walkStates(definition)].length, run: { transitions, events: events + 2 }, loops };
}

/** The longest way through a scope: what leads back is a loop. Catches are no part of it. */
function longest(scope: States, loops: Loop[]): Steps {
  const names = forwards(scope);
  const place = new Map(names.map((name, i) => [name, i]));
  const own = names.map((name) => stepsOf(scope.States[name] as State, loops));
  const ways = names.map((name) => nextStates(scope.States[name] as State).map((to) => place.get(to) as number));
  const full: (Steps | undefined)[] = [];
  for (let i = names.length - 1; i >= 0; i--) {
    const goesOn = (ways[i] as number[]).map((to) => (to > i ? full[to] : onceMore(to, i)));
    full[i] = sum(own[i] as Steps, most(goesOn, (ways[i] as number[]).length === 0));
  }
  for (let i = 0; i < names.length; i++) for (const to of ways[i] as number[]) if (to <= i) loops.push(loop(to, i));
  return full[place.get(scope.StartAt) as number] as Steps;

  /** The longest way on from the begin of a loop that is not gone through again. */
  function onceMore(begin: number, end: number): Steps | undefined {
    const inside = new Map<number, Steps | undefined>();
    for (let i = end; i >= begin; i--) {
      const goesOn = (ways[i] as number[]).map((to) => (to > end ? full[to] : inside.get(to)));
      inside.set(i, sum(own[i] as Steps, most(goesOn, (ways[i] as number[]).length === 0)));
    }
    return inside.get(begin);
  }

  /** The shortest way from where it comes back to, to where it leads back. */
  function loop(begin: number, end: number): Loop {
    const inside = new Map<number, readonly number[]>([[end, [end]]]);
    for (let i = end - 1; i >= begin; i--) {
      const goesOn = (ways[i] as number[]).flatMap((to) => (inside.has(to) ? [inside.get(to) as number[]] : []));
      const [shortest] = goesOn.sort((a, b) => a.length - b.length);
      if (shortest) inside.set(i, [i, ...shortest]);
    }
    const states = inside.get(begin) ?? [];
    return {
      state: names[begin] as string,
      steps: states.map((i) => own[i] as Steps).reduce((a, b) => sum(a, b) as Steps, NONE),
      waitSeconds: states.reduce((n, i) => n + secondsOf(scope.States[names[i] as string] as State), 0) || undefined,
    };
  }
}

/**
 * The states of a scope, each before those that it leads to but for loops, whatever the order in which they stand in the JSON: an object's
 * keys that look like numbers come first.
 */
function forwards({ StartAt, States }: States): string[] {
  const done: string[] = [];
  const seen = new Set([StartAt]);
  const open = [{ name: StartAt, left: nextOf(StartAt) }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      done.push(top.name);
      open.pop();
    } else if (!seen.has(next)) {
      seen.add(next);
      open.push({ name: next, left: nextOf(next) });
    }
  }
  return done.reverse();

  /** Last first, so that what is named first comes first. */
  function nextOf(name: string): string[] {
    const state = States[name] as State;
    return [...nextStates(state), ...caughtStates(state)];
  }
}

const NONE: Steps = { transitions: 0, events: 0 };

function sum(a: Steps, b: Steps | undefined): Steps | undefined {
  return b && { transitions: a.transitions + b.transitions, events: a.events + b.events };
}

/** The longest of some ways; undefined where none leads to an end. */
function most(ways: readonly (Steps | undefined)[], isEnd: boolean): Steps | undefined {
  if (isEnd) return NONE;
  return ways.reduce((best, way) => (best && way ? (way.events > best.events ? way : best) : (best ?? way)), undefined);
}

/** Entered and exited; a Task is scheduled, started and done besides, and submitted where its answer comes later. A Map is of one item. */
export function eventsOf(state: State): number {
  if (state.Type === 'Task') return taskEvents(state.Resource).submits ? 6 : 5;
  const others: { readonly [type: string]: number } = { Parallel: 4, Map: 6, Fail: 1 };
  return others[state.Type] ?? 2;
}

/** How long a Wait waits, where its definition says so. */
function secondsOf(state: State): number {
  return state.Type === 'Wait' ? Number(state.Seconds ?? 0) : 0;
}

function stepsOf(state: State, loops: Loop[]): Steps {
  const inner = scopesOf(state).map((scope) => longest(scope, loops));
  return inner.reduce<Steps>((a, b) => sum(a, b) as Steps, { transitions: 1, events: eventsOf(state) });
}
