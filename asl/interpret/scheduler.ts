import { type Flow, PARK } from './flow.ts';
import type { Clock } from './options.ts';

/** A flow under way. */
export interface Fiber {
  readonly flow: Flow<void>;
  state: 'ready' | 'running' | 'parked' | 'done';
  /** What `yield PARK` answers next. */
  word: unknown;
}

export interface Timer {
  readonly at: number;
  readonly action: () => void;
  cancelled: boolean;
}

/** After so many steps it is asked whether the process was held for longer than this, in milliseconds. */
const STEPS = 256;
const LONGEST_BREATH = 20;

/**
 * Runs the fibers of one execution, one at a time, each to its next blocking point, in the order in which they became ready; when all
 * are parked, lets time pass to the next timer or to a reply from outside. The same timers and replies give the same order.
 */
export class Scheduler {
  readonly clock: Clock;
  #ready: Fiber[] = [];
  readonly #timers = new TimerQueue<Timer>();
  /** What arrived from outside and has not been looked at, in order of arrival. */
  #inbox: (() => void)[] = [];
  #end: { readonly at: number; readonly action: () => void } | undefined;
  #awaited = 0;
  #ring: (() => void) | undefined;
  #current: Fiber | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** The fiber that runs. */
  get current(): Fiber {
    return this.#current as Fiber;
  }

  spawn(flow: Flow<void>): Fiber {
    const fiber: Fiber = { flow, state: 'ready', word: undefined };
    this.#ready.push(fiber);
    return fiber;
  }

  /** Makes a parked fiber go on; the word is what its `yield PARK` answers. One that is not parked is left alone. */
  wake(fiber: Fiber, word?: unknown): void {
    if (fiber.state !== 'parked') return;
    fiber.state = 'ready';
    fiber.word = word;
    this.#ready.push(fiber);
  }

  /** Ends a fiber that waits; its `finally` blocks run now. */
  cancel(fiber: Fiber): void {
    if (fiber.state === 'done' || fiber.state === 'running') return;
    fiber.state = 'done';
    fiber.flow.return();
  }

  /** Runs the action when the clock has reached `at`, after all actions of the same time that were asked for before. */
  at(at: number, action: () => void): Timer {
    if (Number.isNaN(at)) throw new TypeError('A time is not a number');
    const timer: Timer = { at, action, cancelled: false };
    this.#timers.add(timer);
    return timer;
  }

  /** Runs the action in place of the first one that would run after this time. */
  endAt(at: number, action: () => void): void {
    this.#end = { at, action };
  }

  /** Takes note that something outside will call `post` once: time that is virtual must not run on before that. */
  expect(): void {
    this.#awaited++;
  }
  unexpect(): void {
    this.#awaited--;
  }

  /** Hands in what happened outside; the action runs between two steps of fibers. */
  post(action: () => void): void {
    this.#inbox.push(action);
    this.#ring?.();
  }

  /** Runs until the fiber is done. Throws what a fiber throws. */
  async run(main: Fiber): Promise<void> {
    const real = this.clock.virtual !== true;
    let breathed = performance.now();
    for (let steps = 1; main.state !== 'done'; steps++) {
      // In real time others live beside: requests to stop, other executions.
      if (real && steps % STEPS === 0 && performance.now() - breathed > LONGEST_BREATH) {
        await new Promise((resolve) => setImmediate(resolve));
        breathed = performance.now();
      }
      this.#takeInbox();
      const fiber = this.#ready.shift();
      if (fiber !== undefined) {
        if (fiber.state === 'ready') {
          const pause = this.#step(fiber);
          if (pause !== undefined) await pause;
        }
        continue;
      }
      await this.#letTimePass();
    }
  }

  #takeInbox(): void {
    if (this.#inbox.length === 0) return;
    const actions = this.#inbox;
    this.#inbox = [];
    for (const action of actions) action();
  }

  /** Runs a fiber to its next blocking point; a promise where it awaits one on the way. */
  #step(fiber: Fiber): Promise<void> | undefined {
    fiber.state = 'running';
    this.#current = fiber;
    const yielded = fiber.flow.next(fiber.word);
    fiber.word = undefined;
    if (!yielded.done && yielded.value !== PARK) return this.#await(fiber, yielded.value);
    fiber.state = yielded.done ? 'done' : 'parked';
    return undefined;
  }

  async #await(fiber: Fiber, promise: Promise<unknown>): Promise<void> {
    for (;;) {
      let resume: () => IteratorResult<typeof PARK | Promise<unknown>, void>;
      try {
        const value = await promise;
        resume = () => fiber.flow.next(value);
      } catch (error) {
        resume = () => fiber.flow.throw(error);
      }
      const yielded = resume();
      if (!yielded.done && yielded.value !== PARK) {
        promise = yielded.value;
        continue;
      }
      fiber.state = yielded.done ? 'done' : 'parked';
      return;
    }
  }

  async #letTimePass(): Promise<void> {
    const timer = this.#timers.peek(({ cancelled }) => cancelled);
    const next = timer !== undefined && this.#end !== undefined && timer.at > this.#end.at ? this.#end : timer;
    if (next !== undefined && next.at <= this.clock.now()) {
      if (next === timer) this.#timers.take();
      next.action();
      return;
    }
    const rung = new Promise<void>((resolve) => {
      this.#ring = resolve;
    });
    try {
      if (this.clock.virtual === true && this.#awaited > 0) await rung;
      else await this.clock.sleepUntil(next?.at ?? Number.POSITIVE_INFINITY, rung);
    } finally {
      this.#ring = undefined;
    }
  }
}

interface Entry<T> {
  readonly item: T;
  readonly sequence: number;
}

/** Items in order of their time; of the same time, in the order in which they were added. A binary heap. */
class TimerQueue<T extends { readonly at: number }> {
  readonly #heap: Entry<T>[] = [];
  #sequence = 0;

  add(item: T): void {
    const heap = this.#heap;
    let at = heap.length;
    const entry = { item, sequence: this.#sequence++ };
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, heap[parent] as Entry<T>)) break;
      heap[at] = heap[parent] as Entry<T>;
      at = parent;
    }
    heap[at] = entry;
  }

  /** The first item, after those in front that may be dropped have been. */
  peek(droppable: (item: T) => boolean): T | undefined {
    while (this.#heap[0] !== undefined && droppable(this.#heap[0].item)) this.take();
    return this.#heap[0]?.item;
  }

  take(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first?.item;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry<T>, heap[child] as Entry<T>)) child++;
      if (!before(heap[child] as Entry<T>, last)) break;
      heap[at] = heap[child] as Entry<T>;
      at = child;
    }
    heap[at] = last;
    return first.item;
  }
}

function before<T extends { readonly at: number }>(a: Entry<T>, b: Entry<T>): boolean {
  return a.item.at < b.item.at || (a.item.at === b.item.at && a.sequence < b.sequence);
}
