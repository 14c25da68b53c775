import { type Diagnostic, diagnose, type Place } from '../diagnostics/index.ts';
import { type Duration, durationMs } from './duration.ts';
import type { EnvDeclarations, EnvValues } from './env.ts';
import { diagnosticHere, refuse } from './fault.ts';
import { type DagModel, MODEL, type TaskKind, type TaskModel } from './model.ts';
import type { ParamDeclarations, ParamValues } from './param.ts';
import { callSite } from './place.ts';
import { isReference, reference } from './reference.ts';
import type { AnyTask, DefaultArgs, TaskRef, TaskSpec, Tasks, TeardownSpec } from './task.ts';
import type { Template } from './template.ts';
import { TRIGGER_RULES } from './trigger-rule.ts';

/** What Airflow's DagSpec says of a DAG, with the two declarations of values that are known later. */
export interface DagSpec<E extends EnvDeclarations, P extends ParamDeclarations> {
  /** A preset (`@daily`), a cron expression, or null: started by hand. Default null. */
  readonly schedule?: string | null;
  /** ISO 8601. */
  readonly startDate?: string;
  readonly endDate?: string;
  /** Whether intervals missed since `startDate` are run. Default false. */
  readonly catchup?: boolean;
  readonly tags?: readonly string[];
  /** Default: the doc comment above the declaration. */
  readonly description?: string;
  /** How long a run may take. */
  readonly dagrunTimeout?: Duration;
  readonly defaultArgs?: DefaultArgs;
  /** Values known when the DAG is deployed. */
  readonly env?: E;
  /** Values known when a run starts. */
  readonly params?: P;
}

/** Airflow's `retry_delay` where nobody says one. */
const RETRY_DELAY = 300;

interface Placed {
  readonly kind: TaskKind;
  readonly template: Template;
  readonly spec: TaskSpec & TeardownSpec;
  readonly brought: boolean;
  readonly place: Place | undefined;
  readonly upstreams: Set<string>;
}

/**
 * An Airflow-style DAG. It gathers what the user declares and hands it to the compiler as plain data (model.ts); nothing is compiled or
 * sent anywhere here.
 */
export class Dag<const E extends EnvDeclarations = {}, const P extends ParamDeclarations = {}> {
  readonly id: string;
  /** References to the declared env values. */
  readonly env: EnvValues<E>;
  /** References to the declared params. */
  readonly params: ParamValues<P>;
  /** The date that the run is for, ISO 8601 in UTC. */
  readonly logicalDate: string;
  readonly #spec: DagSpec<E, P>;
  readonly #place: Place | undefined;
  readonly #tasks = new Map<string, Placed>();
  readonly #faults: Diagnostic[] = [];
  readonly #handles = new WeakSet<object>();

  constructor(id: string, spec: DagSpec<E, P> = {}) {
    this.id = id;
    this.#spec = spec;
    this.#place = callSite();
    this.env = declared('env', spec.env, (name) => reference({ kind: 'env', path: [name] }, false)) as EnvValues<E>;
    this.params = declared('params', spec.params, (name) => {
      const { type } = (spec.params as ParamDeclarations)[name]!.schema;
      return reference({ kind: 'param', path: [name] }, type === undefined || type === 'object');
    }) as ParamValues<P>;
    this.logicalDate = reference({ kind: 'logicalDate', path: [] }, false) as string;
  }

  /** Places a task. */
  task<O>(id: string, template: Template<O>, spec: TaskSpec = {}): TaskRef<O> {
    return this.#add(id, 'task', template, spec, false);
  }

  /** Places a setup, and the teardown that its template brings, if any. Everything between the two needs the setup to have succeeded. */
  setup<O>(id: string, template: Template<O>, spec: TaskSpec = {}): TaskRef<O> {
    const setup = this.#add(id, 'setup', template, spec, false);
    const { teardown } = template;
    if (teardown)
      this.#add(`${teardown.prefix}_${id}`, 'teardown', teardown.template(setup), { setups: [setup] }, true);
    return setup;
  }

  /** Places a teardown: it runs when everything before it is done, if one of its setups succeeded, and its failure fails no run. */
  teardown<O>(id: string, template: Template<O>, spec: TeardownSpec = {}): TaskRef<O> {
    return this.#add(id, 'teardown', template, spec, false);
  }

  #add<O>(id: string, kind: TaskKind, template: Template<O>, spec: TeardownSpec, brought: boolean): TaskRef<O> {
    const earlier = this.#tasks.get(id);
    const upstreams = new Set<string>((spec.setups ?? []).map((setup) => setup.id));
    if (earlier) this.#faults.push(diagnosticHere('DAG002', { id, earlier: earlier.place }, id));
    else this.#tasks.set(id, { kind, template: template as Template, spec, brought, place: callSite(), upstreams });
    this.#checkTemplate(id, template);
    const link = (from: AnyTask, to: AnyTask): void => this.#link(from, to);
    const handle: TaskRef<O> = Object.freeze({
      id,
      output: reference({ kind: 'output', path: [this.id, id] }, true, template?.outputFields) as O,
      after(...tasks: Tasks) {
        for (const task of tasks.flat() as AnyTask[]) link(task, this);
        return this;
      },
      before(...tasks: Tasks) {
        for (const task of tasks.flat() as AnyTask[]) link(this, task);
        return this;
      },
    });
    this.#handles.add(handle);
    return handle;
  }

  #checkTemplate(id: string, template: Template): void {
    if (typeof template?.lower !== 'function') this.#faults.push(diagnosticHere('DAG005', { id }, id));
  }

  #link(from: AnyTask, to: AnyTask): void {
    const stranger = [from, to].find((task) => typeof task !== 'object' || task === null || !this.#handles.has(task));
    if (stranger !== undefined) {
      const here = stranger === from ? to : from;
      this.#faults.push(
        diagnosticHere(
          'DAG003',
          { task: here?.id ?? String(here), other: stranger?.id ?? String(stranger), dag: this.id },
          here?.id,
        ),
      );
      return;
    }
    this.#tasks.get(to.id)?.upstreams.add(from.id);
  }

  /** @internal The compiler's way in. */
  [MODEL](): DagModel {
    const faults = [...this.#faults];
    const spec = this.#spec;
    const dagMs = (value: unknown, field: string) => this.#ms(value, field, this.id, this.#place, faults);
    const tasks = [...this.#tasks].map(([id, placed]) => this.#taskModel(id, placed, faults));
    return Object.freeze({
      id: this.id,
      description: spec.description,
      schedule: spec.schedule ?? null,
      startDate: spec.startDate,
      endDate: spec.endDate,
      catchup: spec.catchup ?? false,
      tags: spec.tags ?? [],
      dagrunTimeoutMs: dagMs(spec.dagrunTimeout, 'dagrunTimeout'),
      env: spec.env ?? {},
      params: spec.params ?? {},
      tasks,
      faults,
      place: this.#place,
    });
  }

  #taskModel(id: string, placed: Placed, faults: Diagnostic[]): TaskModel {
    const spec: TaskSpec & TeardownSpec = { ...this.#spec.defaultArgs, ...placed.spec };
    const ms = (value: unknown, field: string) => this.#ms(value, field, id, placed.place, faults);
    const wrong = (field: string, wanted: string) =>
      faults.push(diagnose('DAG006', { id, field, wanted }, { task: id, place: placed.place }));
    const retries = spec.retries ?? 0;
    if (!Number.isInteger(retries) || retries < 0) wrong('retries', 'a whole number from 0');
    if (spec.triggerRule !== undefined && !TRIGGER_RULES.includes(spec.triggerRule))
      wrong('triggerRule', `one of ${TRIGGER_RULES.join(', ')}`);
    const { estimate } = spec;
    const range = (Array.isArray(estimate) ? estimate : estimate === undefined ? [] : [estimate, estimate]).map(
      (e) => ms(e, 'estimate') ?? 0,
    );
    return Object.freeze({
      id,
      kind: placed.kind,
      template: placed.template,
      upstreams: [...placed.upstreams].sort(),
      setups: (placed.spec.setups ?? []).map((setup) => setup.id).sort(),
      brought: placed.brought,
      onFailureFailDagrun: spec.onFailureFailDagrun ?? false,
      retries,
      retryDelayMs: ms(spec.retryDelay ?? RETRY_DELAY, 'retryDelay') ?? 0,
      retryExponentialBackoff: spec.retryExponentialBackoff ?? false,
      maxRetryDelayMs: ms(spec.maxRetryDelay, 'maxRetryDelay'),
      executionTimeoutMs: ms(spec.executionTimeout, 'executionTimeout'),
      triggerRule: spec.triggerRule ?? 'all_success',
      skipOn: spec.skipOn ?? [],
      estimateMs: range.length === 2 ? ([range[0]!, range[1]!] as const) : undefined,
      description: spec.docMd,
      place: placed.place,
    });
  }

  #ms(value: unknown, field: string, id: string, place: Place | undefined, faults: Diagnostic[]): number | undefined {
    if (value === undefined) return undefined;
    const ms = isReference(value) ? undefined : durationMs(value);
    if (ms === undefined) {
      const wanted = "a number of seconds or a text such as '90s', '15m', '2h', '1d', known when the DAG is compiled";
      faults.push(diagnose('DAG006', { id, field, wanted }, { task: id, place }));
    }
    return ms;
  }
}

/** An object of references; a name that was not declared is refused where it is read, and does not become the text "undefined". */
function declared(what: 'env' | 'params', declarations: object | undefined, make: (name: string) => unknown): object {
  const known = Object.keys(declarations ?? {});
  const values = Object.freeze(Object.fromEntries(known.map((name) => [name, make(name)])));
  return new Proxy(values, {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name) && !STRUCTURAL.has(name))
        refuse('DAG012', { what, name, known });
      return Reflect.get(target, name);
    },
  });
}

/** Asked of any object by `await`, JSON.stringify and test runners. */
const STRUCTURAL = new Set([
  'then',
  'toJSON',
  'constructor',
  '$$typeof',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  'toString',
  'valueOf',
]);
