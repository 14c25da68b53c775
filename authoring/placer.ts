import { type Diagnostic, type Place, Stop } from '../diagnostics/index.ts';
import type { Decision } from './decision.ts';
import { diagnosticHere, refuse } from './fault.ts';
import type { TaskKind } from './model.ts';
import { callSite } from './place.ts';
import { describeTarget, reference, targetOf } from './reference.ts';
import type { AnyTask, TaskRef, Tasks, TeardownSpec } from './task.ts';
import type { Template } from './template.ts';

/** What a task does when it runs: a service's work, or a decision, which is made out when the model is read. */
export type Work =
  | { readonly template: Template; readonly decide?: undefined }
  | { readonly template?: undefined; readonly decide: () => Decision };

export interface Placed {
  readonly kind: TaskKind;
  readonly work: Work;
  readonly spec: TeardownSpec;
  readonly brought: boolean;
  readonly place: Place | undefined;
}

/** Something that dependencies can name: a task, or a group of them. */
export interface End {
  readonly kind: 'task' | 'group';
  readonly id: string;
}
export interface Link {
  readonly from: End;
  readonly to: End;
}

export interface Group {
  readonly id: string;
  /** The tasks right in it and in the groups within it. */
  readonly members: string[];
}

/** Gathers what is placed in a DAG, by the DAG itself, by its groups and by its branches. Faults are kept and told together. */
export class Placer {
  readonly tasks = new Map<string, Placed>();
  readonly groups = new Map<string, Group>();
  readonly faults: Diagnostic[] = [];
  readonly #dag: string;
  readonly #links: { readonly from: AnyTask; readonly to: AnyTask }[] = [];
  /** What each handle stands for; a branch's id may be known only when its first task is. */
  readonly #ends = new WeakMap<object, () => End>();
  readonly #whenRead: (() => void)[] = [];

  constructor(dag: string) {
    this.#dag = dag;
  }

  /** Places a task and answers its handle. */
  place<O>(id: string, kind: TaskKind, work: Work, spec: TeardownSpec = {}, brought = false): TaskRef<O> {
    const target = targetOf(id);
    if (target) refuse('DAG010', { reference: describeTarget(target), use: 'an id' });
    const earlier = this.tasks.get(id);
    if (earlier) this.faults.push(diagnosticHere('DAG002', { id, earlier: earlier.place }, id));
    else this.tasks.set(id, { kind, work, spec, brought, place: callSite() });
    if (!work.decide && typeof work.template?.lower !== 'function')
      this.faults.push(diagnosticHere('DAG005', { id }, id));
    const output = reference({ kind: 'output', path: [this.#dag, id] }, true, work.template?.outputFields) as O;
    return Object.freeze(this.handle(() => ({ kind: 'task', id }), { id, output }));
  }

  /** Makes something that dependencies can name. */
  handle<T extends object>(end: () => End, rest: T): T & AnyTask {
    const { link } = this;
    const handle = Object.assign(rest, {
      after(this: AnyTask, ...tasks: Tasks) {
        for (const task of tasks.flat() as AnyTask[]) link(task, this);
        return this;
      },
      before(this: AnyTask, ...tasks: Tasks) {
        for (const task of tasks.flat() as AnyTask[]) link(this, task);
        return this;
      },
    });
    this.#ends.set(handle, end);
    return handle as T & AnyTask;
  }

  /** Makes a dependency. What is no task of this DAG is a fault at the user's place. */
  readonly link = (from: AnyTask, to: AnyTask): void => {
    const stranger = [from, to].find((task) => typeof task !== 'object' || task === null || !this.#ends.has(task));
    if (stranger === undefined) {
      this.#links.push({ from, to });
      return;
    }
    const here = stranger === from ? to : from;
    const names = { task: here?.id ?? String(here), other: stranger?.id ?? String(stranger), dag: this.#dag };
    this.faults.push(diagnosticHere('DAG003', names, here?.id));
  };

  /** What a handle stands for; undefined for anything else. */
  endOf(handle: unknown): End | undefined {
    return typeof handle === 'object' && handle !== null ? this.#ends.get(handle)?.() : undefined;
  }

  /** Puts off what can only be done when everything is declared. */
  whenRead(finish: () => void): void {
    this.#whenRead.push(finish);
  }

  /** Everything is declared: what was put off is done, once. */
  finish(): void {
    for (const finish of this.#whenRead.splice(0)) this.collecting(finish);
  }

  /** Every dependency that was declared. */
  links(): Link[] {
    return this.#links.map(({ from, to }) => ({ from: this.endOf(from) as End, to: this.endOf(to) as End }));
  }

  /** Runs something whose refusal is one fault among others. */
  collecting<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.faults.push(...error.diagnostics);
      return undefined;
    }
  }
}
