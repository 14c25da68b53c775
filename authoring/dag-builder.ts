import { type Diagnostic, diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { type ChecksOf, checkId, shown } from './checks/check.ts';
import { readFields } from './checks/fields.ts';
import { SHORT_CIRCUIT, TASK, TASK_KIND, TEARDOWN } from './checks/task-spec.ts';
import { guardedTemplate, wrongFields } from './checks/template.ts';
import { markUsed, markUsedWithin } from './creations.ts';
import type { Decision } from './decision.ts';
import { diagnosticHere, refuse } from './faults.ts';
import { isEvaluating } from './loading.ts';
import type { TaskKind } from './model.ts';
import { describeGroup, describeTask, knownMembers, opaque, opaqueOf } from './opaque.ts';
import { callSite } from './place.ts';
import { describeTarget, reference, targetOf } from './reference.ts';
import { type Shape, shapeOfFields } from './shape.ts';
import type { AnyTask, TaskRef, Tasks, TeardownSpec } from './task.ts';
import { type HandleInfo, handleInfo, registerHandle } from './task.ts';
import type { Template } from './template.ts';

/** What a task does when it runs: a service's work, or a decision, which is translated when the model is read. */
export type Work =
  | { readonly template: Template; readonly decide?: undefined }
  | { readonly template?: undefined; readonly decide: () => Decision };

export interface PlacedTask {
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
  /** Of a dependency with a group at an end. */
  readonly place: Place | undefined;
}

export interface Group {
  readonly id: string;
  /** The tasks right in it and in the groups within it. */
  readonly members: string[];
  readonly place: Place | undefined;
}

/** Collects the tasks, groups and dependencies of a DAG, with all faults in them. */
export class DagBuilder {
  readonly tasks = new Map<string, PlacedTask>();
  readonly groups = new Map<string, Group>();
  readonly faults: Diagnostic[] = [];
  /** The values that a param can have, where its schema lists them. The DAG sets it. */
  valuesOf: (param: string) => readonly unknown[] | undefined = () => undefined;
  /** The DAG's id, or how messages name one that has none. */
  readonly dag: string;
  readonly #links: { readonly from: AnyTask; readonly to: AnyTask; readonly place: Place | undefined }[] = [];
  /** The task or group of each handle; a branch's id may be known only when its first task is. */
  readonly #ends = new WeakMap<object, () => End>();
  readonly #whenRead: (() => void)[] = [];

  constructor(dag: unknown) {
    this.dag = typeof dag === 'string' ? dag : shown(dag);
  }

  /**
   * Places a task and answers its handle.
   * @param given the fields that the user gave it; what is wrong in them is reported, and left out
   * @param place where the user placed it; default: where the call comes from
   */
  place<O>(
    id: string,
    kind: TaskKind,
    work: Work,
    given: unknown = {},
    { brought = false, place = callSite() }: { readonly brought?: boolean; readonly place?: Place | undefined } = {},
  ): TaskRef<O> {
    const target = targetOf(id);
    if (target) refuse('DAG010', { reference: describeTarget(target), use: 'an id' });
    const at = { task: typeof id === 'string' ? id : shown(id), place };
    const known = kind === 'teardown' ? TEARDOWN : kind === 'short_circuit' ? SHORT_CIRCUIT : TASK;
    const { fields, faults } = readFields(given, known as ChecksOf<TeardownSpec>, TASK_KIND, {
      owner: at.task,
      field: '',
      at,
    });
    const { spec, strangers } = this.#ownSetups(fields, at);
    const earlier = this.tasks.get(id);
    const usable = isTemplate(work.template) ? work.template : undefined;
    if (usable) markUsed(usable);
    const unfit = usable ? wrongFields(usable, at) : [];
    this.faults.push(...unfit);
    const template = unfit.length === 0 ? usable : undefined;
    // A template in the place of the options is reported as the missing template.
    const isSwapped = !work.decide && !usable && isTemplate(given);
    this.faults.push(...checkId(id, 'task', at), ...(isSwapped ? [] : faults), ...strangers);
    if (!work.decide && !usable) {
      markUsedWithin(work.template);
      if (typeof id === 'string')
        this.faults.push(diagnose('DAG005', { id: at.task, given: shown(work.template) }, at));
    }
    if (kind === 'task' && template?.teardown)
      this.faults.push(
        diagnose(
          'DAG152',
          { task: at.task, kind: template.kind, teardown: `${template.teardown.prefix}_${at.task}` },
          at,
        ),
      );
    const guarded = template && guardedTemplate(template, at);
    const bringer = earlier?.brought ? 'earlier' : brought ? 'here' : undefined;
    if (earlier) this.faults.push(diagnose('DAG002', { id, earlier: earlier.place, brought: bringer }, at));
    else if (typeof id === 'string')
      this.tasks.set(id, {
        kind,
        work: work.decide ? work : ({ template: guarded } as Work),
        spec,
        brought,
        place,
      });
    const output = reference({ kind: 'output', path: [this.dag, at.task] }, true, outputOf(kind, guarded)) as O;
    return Object.freeze(
      this.handle(() => ({ kind: 'task', id: at.task }), { id: at.task, output }, { kind: 'task', template }),
    );
  }

  /** A teardown's setups. Those of another DAG are removed and reported. */
  #ownSetups(
    spec: TeardownSpec,
    at: { readonly task: string; readonly place: Place | undefined },
  ): { readonly spec: TeardownSpec; readonly strangers: readonly Diagnostic[] } {
    if (spec.setups === undefined) return { spec, strangers: [] };
    const setups = [spec.setups].flat() as AnyTask[];
    const strangers = setups.filter((one) => !this.#ends.has(one));
    if (strangers.length === 0) return { spec, strangers: [] };
    return {
      spec: { ...spec, setups: setups.filter((one) => this.#ends.has(one)) },
      strangers: strangers.map((one) => diagnose('DAG003', { task: at.task, other: shown(one), dag: this.dag }, at)),
    };
  }

  /**
   * Makes a group, with whose id those of its tasks begin.
   * @param id its own, without those of the groups around it
   */
  group(id: string, around: Group | undefined): Group {
    const target = targetOf(id);
    if (target) refuse('DAG010', { reference: describeTarget(target), use: 'an id' });
    const place = callSite();
    const faults = checkId(id, 'group', { place });
    // One message is enough: the tasks' ids begin with something that an id may begin with.
    const own = faults.length > 0 ? '_' : id;
    const group: Group = { id: around ? `${around.id}.${own}` : own, members: [], place };
    const earlier = this.groups.get(group.id);
    if (earlier) faults.push(diagnose('DAG131', { id: group.id, earlier: earlier.place, as: 'group' }, { place }));
    this.faults.push(...faults);
    if (faults.length === 0) this.groups.set(group.id, group);
    return group;
  }

  /** Makes something that dependencies can name. */
  handle<T extends object>(end: () => End, rest: T, placing: HandleInfo = { kind: 'task' }): T & AnyTask {
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
    registerHandle(handle, placing);
    opaque(handle, () => {
      const { kind, id } = end();
      return kind === 'group' ? describeGroup(id) : describeTask(id);
    });
    if (placing.kind === 'task' && isEvaluating()) Object.setPrototypeOf(handle, TASK_MEMBERS);
    return handle as T & AnyTask;
  }

  /** Makes a dependency. What is no task of this DAG, and a task after itself, is a fault at the user's place. */
  readonly link = (from: AnyTask, to: AnyTask): void => {
    const isKnown = (task: unknown) => typeof task === 'object' && task !== null && this.#ends.has(task);
    if (!isKnown(from) || !isKnown(to)) {
      const [here, stranger] = isKnown(from) ? [from, to] : [to, from];
      markUsedWithin(stranger);
      const names = { task: nameOf(here), other: shown(stranger), dag: this.dag };
      this.faults.push(diagnosticHere('DAG003', names, names.task));
    } else if (from === to) {
      this.faults.push(diagnosticHere('DAG001', { cycle: [from.id, from.id] }, from.id));
    } else {
      const place = [from, to].some((task) => this.endOf(task)?.kind === 'group') ? callSite() : undefined;
      this.#links.push({ from, to, place });
    }
  };

  /** The task or group of a handle; undefined for anything else. */
  endOf(handle: unknown): End | undefined {
    return typeof handle === 'object' && handle !== null ? this.#ends.get(handle)?.() : undefined;
  }

  /** Defers what can only be done when everything is declared, until `finish`. */
  whenRead(finish: () => void): void {
    this.#whenRead.push(finish);
  }

  /** Does what was deferred, once: everything is declared now. */
  finish(): void {
    for (const finish of this.#whenRead.splice(0)) this.collecting(finish, {});
  }

  /** Every dependency that was declared. */
  links(): Link[] {
    return this.#links.map(({ from, to, place }) => ({
      from: this.endOf(from) as End,
      to: this.endOf(to) as End,
      place,
    }));
  }

  /** Runs something whose refusal is one fault among others; what has no place of its own has the one given. */
  collecting<T>(
    run: () => T,
    { task, place }: { readonly task?: string; readonly place?: Place | undefined },
  ): T | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.faults.push(...error.diagnostics.map((one) => ({ ...(task && { task }), ...(place && { place }), ...one })));
      return undefined;
    }
  }
}

/** What is known of a task's output. */
function outputOf(kind: TaskKind, template: Template | undefined): Shape | undefined {
  if (kind === 'branch') return CHOSEN;
  if (kind === 'short_circuit') return GOES_ON;
  return template?.outputShape ?? (template?.outputFields && shapeOfFields(template.outputFields));
}

/** The ids that a branch chose. */
const CHOSEN: Shape = () => ({ kind: 'list', of: () => ({ kind: 'string' }) });
const GOES_ON: Shape = () => ({ kind: 'boolean' });

/** What a task's handle has; a misspelt one would be undefined, and become the text "undefined". */
const TASK_MEMBERS = knownMembers(
  'task',
  (task) => opaqueOf(task)?.what ?? 'A task',
  (task) => Object.keys(task),
);

/** What a message calls something that may be a handle. */
function nameOf(value: unknown): string {
  return isHandle(value) ? value.id : typeof value === 'string' ? value : shown(value);
}

function isHandle(value: unknown): value is AnyTask {
  return handleInfo(value) !== undefined;
}

function isTemplate(value: unknown): value is Template {
  try {
    return (
      typeof value === 'object' && value !== null && !targetOf(value) && typeof (value as Template).lower === 'function'
    );
  } catch {
    return false;
  }
}
