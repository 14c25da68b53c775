import type { Place } from '../diagnostics/index.ts';
import { checkId } from './checks/check.ts';
import { DAG, DAG_KIND, startsAfterEnd } from './checks/dag-spec.ts';
import { declarationsOf } from './checks/declarations.ts';
import { readFields } from './checks/fields.ts';
import { DEFAULT_ARGS } from './checks/task-spec.ts';
import { recordDag } from './creations.ts';
import { DagBuilder } from './dag-builder.ts';
import type {
  EnvDeclaration,
  EnvDeclarations,
  EnvValues,
  ParamDeclaration,
  ParamDeclarations,
  ParamValues,
} from './declarations.ts';
import { declared } from './declarations.ts';
import { type Duration, durationMs } from './duration.ts';
import { unmarked } from './foreign-syntax.ts';
import { type DagModel, MODEL, taskModel } from './model.ts';
import { describeDag, opaque } from './opaque.ts';
import { callSite } from './place.ts';
import { reference } from './reference.ts';
import type { DefaultArgs } from './task.ts';
import { TaskContainer } from './task-group.ts';

/** The options of a DAG, as in Airflow's DagSpec, with the declarations of env values and params. */
export interface DagSpec<E extends EnvDeclarations, P extends ParamDeclarations> {
  /** A preset (`@daily`), a cron expression, or null: started by hand. Default null. */
  readonly schedule?: string | null;
  /** The zone in which `schedule` and dates without an offset are read, by IANA's name: `Europe/Zurich`. Default UTC. */
  readonly timezone?: string;
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
  /** The run ends at the first failure: what is running is stopped, teardowns excepted. Default false. */
  readonly failFast?: boolean;
  readonly defaultArgs?: DefaultArgs;
  /** Values known when the DAG is deployed. */
  readonly env?: E;
  /** Values known when a run starts. */
  readonly params?: P;
}

/**
 * An Airflow-style DAG: it collects tasks, dependencies and declarations, which the compiler turns into a state machine. Creating one
 * compiles nothing and sends nothing. A DAG file exports it as its default.
 *
 * @example
 * ```ts
 * const dag = new Dag('sales', {
 *   schedule: '@daily',
 *   env: { lake: env.bucket() },
 *   params: { full: param.boolean({ default: false }) },
 *   defaultArgs: { retries: 2, retryDelay: '1m' },
 * });
 * const report = athena.query({
 *   sql: 'SELECT count(*) FROM orders',
 *   database: 'sales',
 *   results: `s3://${dag.env.lake}/answers/`,
 * });
 * dag.task('report', report, { executionTimeout: '30m' });
 * ```
 */
export class Dag<const E extends EnvDeclarations = {}, const P extends ParamDeclarations = {}> extends TaskContainer {
  readonly id: string;
  /** References to the declared env values. */
  readonly env: EnvValues<E>;
  /** References to the declared params. */
  readonly params: ParamValues<P>;
  /** The date that the run is for, ISO 8601 in UTC. */
  readonly logicalDate: string;
  readonly #spec: DagSpec<E, P>;
  readonly #defaultArgs: DefaultArgs;
  readonly #env: EnvDeclarations;
  readonly #params: ParamDeclarations;
  readonly #place: Place | undefined;
  readonly #builder: DagBuilder;

  constructor(id: string, spec: DagSpec<E, P> = {}) {
    const builder = new DagBuilder(id);
    super(builder);
    const at = { place: callSite() };
    const { fields, faults } = readFields<DagSpec<E, P>>(spec, DAG as never, DAG_KIND, {
      owner: builder.dag,
      field: '',
      at,
    });
    builder.faults.push(...checkId(id, 'DAG', at), ...faults, ...startsAfterEnd(builder.dag, fields, at));
    this.#builder = builder;
    this.id = builder.dag;
    // As a task’s: another id would be another machine than messages and outputs name.
    Object.defineProperty(this, 'id', { writable: false });
    this.#spec = fields;
    this.#place = at.place;
    // Each by itself: a fault in one field leaves the others as they are.
    this.#defaultArgs = lenient(
      () => readFields<DefaultArgs>(spec.defaultArgs, DEFAULT_ARGS, DAG_KIND, { owner: id, field: '', at }).fields,
    );
    this.#env = lenient(() => declarationsOf<EnvDeclaration>('env', spec.env));
    this.#params = lenient(() => declarationsOf<ParamDeclaration>('params', spec.params));
    builder.valuesOf = (param) => {
      const values = this.#params[param]?.schema.enum;
      return Array.isArray(values) ? values : undefined;
    };
    this.env = declared('env', this.#env, (name) => reference({ kind: 'env', path: [name] }, false)) as EnvValues<E>;
    this.params = declared('params', this.#params, (name) => {
      const { schema } = this.#params[name]!;
      const isOpen = schema.enum === undefined && (schema.type === undefined || schema.type === 'object');
      return reference({ kind: 'param', path: [name] }, isOpen, undefined, schema);
    }) as ParamValues<P>;
    this.logicalDate = reference({ kind: 'logicalDate', path: [] }, false) as string;
    opaque(this, () => describeDag(this.id));
    recordDag(this, at.place);
  }

  /** @internal The compiler's way in. */
  [MODEL](): DagModel {
    const spec = this.#spec;
    const builder = this.#builder;
    builder.finish();
    const links = builder.links();
    const upstreams = new Map<string, string[]>([...builder.tasks.keys()].map((id) => [id, []]));
    for (const { from, to } of links)
      if (from.kind === 'task' && to.kind === 'task') upstreams.get(to.id)?.push(from.id);
    const tasks = [...builder.tasks].map(([id, placed]) =>
      taskModel(id, placed, builder, upstreams.get(id) ?? [], this.#defaultArgs),
    );
    return Object.freeze({
      id: this.id,
      description: unmarked(spec.description),
      schedule: spec.schedule ?? null,
      timezone: spec.timezone,
      startDate: spec.startDate,
      endDate: spec.endDate,
      catchup: spec.catchup ?? false,
      tags: unmarked(spec.tags) ?? [],
      dagrunTimeoutMs: spec.dagrunTimeout === undefined ? undefined : durationMs(spec.dagrunTimeout),
      failFast: spec.failFast ?? false,
      env: this.#env,
      params: this.#params,
      tasks,
      groups: [...builder.groups.values()],
      groupLinks: links.filter(({ from, to }) => from.kind === 'group' || to.kind === 'group'),
      faults: [...builder.faults],
      place: this.#place,
    });
  }
}

/** An unreadable object was reported already. */
function lenient<T extends object>(read: () => T): T {
  try {
    return read();
  } catch {
    return Object.freeze({}) as T;
  }
}
