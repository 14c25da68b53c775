import { chain, Dag, env, expr, maybe, param } from '../../authoring/index.ts';
import { athena, aws, emr, glue } from '../../tasks/index.ts';

/** Checked by `tsc` alone: nothing here runs. `@ts-expect-error` is an error itself where there is none. */
const dag = new Dag('types', {
  env: { lake: env.bucket(), role: env.role() },
  params: { full: param.boolean({ default: true }), mode: param.enum(['a', 'b']), rows: param.integer() },
  defaultArgs: { retries: 2, retryDelay: '1m' },
});
const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: dag.env.role,
    instanceProfile: dag.env.role,
  }),
);
const invoke = aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'f' } });
const task = dag.task('a', invoke, { executionTimeout: '15m', estimate: ['1m', 600], triggerRule: 'none_failed' });

// References have their value's type.
const text: string = dag.env.lake;
const full: boolean = dag.params.full;
const mode: 'a' | 'b' = dag.params.mode;
const id: string = cluster.output.ClusterId;
const rows: number = expr(() => dag.params.rows + 1);
void [text, full, mode, id, rows];

// @ts-expect-error no such env value
void dag.env.lak;
// @ts-expect-error no such param
void dag.params.ful;
// @ts-expect-error no such field of the output
void cluster.output.ClusterID;
// @ts-expect-error a misspelt action's output is not any
void task.output.StatusCod;

// @ts-expect-error no unit that Airflow or we know
dag.task('b', invoke, { retryDelay: '5 minutes' });
// @ts-expect-error no such rule
dag.task('b', invoke, { triggerRule: 'all_succeeded' });
// @ts-expect-error retries are a number
dag.task('b', invoke, { retries: '2' });
// @ts-expect-error a task needs what runs it
dag.task('b');
// @ts-expect-error a text is no task
task.after('a');
// @ts-expect-error a param's default has the param's type
param.boolean({ default: 'yes' });
// @ts-expect-error one of the values
param.enum(['a', 'b'], { default: 'c' });
emr.spark({ cluster: 'j-2AXXXXXXGAPLF', script: 'a.py' });
// @ts-expect-error a cluster's handle, or its id
emr.spark({ cluster: 1, script: 'a.py' });
// @ts-expect-error another task's handle
emr.spark({ cluster: task, script: 'a.py' });
// @ts-expect-error a result needs a place
athena.query({ sql: 'SELECT 1', database: 'd' });
// @ts-expect-error a role is needed
glue.crawl({ database: 'd', path: 's3://b/' });

// A condition is an arrow: a bare boolean was decided when the file ran.
dag.if(() => dag.params.full).then(task);
// @ts-expect-error not an arrow
dag.if(dag.params.full).then(task);
// @ts-expect-error a case of another type than the value
dag.switch(() => dag.params.rows).case('many', task);
// @ts-expect-error awaiting an `if` is nothing
void (async () => await dag.if(() => true));
// @ts-expect-error a number is no task
dag.branch('c', () => 1);

chain(task, [dag.task('d', invoke), dag.task('e', invoke)]);
// @ts-expect-error a list of texts
chain(task, ['d']);

// What may be missing says so.
const maybeId: string | undefined = maybe(cluster.output.ClusterId);
const sure: string = expr(() => maybe(cluster.output.ClusterId) ?? 'none');
const narrowed: string = expr(() => (maybeId === undefined ? 'none' : maybeId));
const deep: string | undefined = expr(() => maybe(cluster.output)?.ClusterId);
void [sure, narrowed, deep];
// @ts-expect-error nothing stands for it
const unsure: string = maybe(cluster.output.ClusterId);
// @ts-expect-error it may be undefined
void expr(() => maybe(cluster.output.ClusterId).length);
// @ts-expect-error it may be undefined
void expr(() => maybe(cluster.output).ClusterId);
// @ts-expect-error the same in an expression
const computed: string = expr(() => maybe(cluster.output.ClusterId));
// @ts-expect-error a task's parameter needs a value
emr.spark({ cluster, script: 'a.py', args: [maybe(cluster.output.ClusterId)] });
void [unsure, computed];
