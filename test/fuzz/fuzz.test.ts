import { expect, test } from '@jest/globals';
import * as asl from '../../asl/index.ts';
import * as authoring from '../../authoring/index.ts';
import * as compiler from '../../compiler/index.ts';
import * as jest from '../../jest/index.ts';
import { matchers } from '../../jest/matchers/index.ts';
import { SimulatedRun } from '../../jest/simulated-run.ts';
import * as local from '../../local/index.ts';
import * as tasks from '../../tasks/index.ts';
import { ALL } from '../sized.ts';
import { argumentFields, exportsOf } from './public-api.ts';
import { type Told, verdict } from './verdict.ts';
import { wrongValues } from './wrong-values.ts';

/**
 * Wrong values in place of each argument, and of each field of each argument, of every function that the package exports: what is said is a
 * diagnostic of the catalogue, never DAG030, never a word of JavaScript's own.
 */
const { Dag, env, param } = authoring;

/** A call with arguments that are right. `file` has the signature, under `path`. */
interface Sample extends Told {
  readonly name: string;
  readonly file: string;
  readonly path: string;
  readonly right: () => { readonly args: unknown[]; readonly call: (...args: never[]) => unknown };
  /** Arguments whose fields are not looked at: a machine or a history is read as it is, or another function says what is wrong in it. */
  readonly whole?: readonly number[];
}

const message = {
  service: 'sns',
  action: 'publish',
  parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: 'x' },
};
const machine = { StartAt: 'a', States: { a: { Type: 'Succeed' } } };
const freshDag = () => new Dag('fuzzed', { env: { lake: env.bucket() }, params: { n: param.integer({ default: 1 }) } });

const EVENTS = [
  { id: 1, previousEventId: 0, timestamp: 0, type: 'ExecutionStarted', executionStartedEventDetails: { input: '{}' } },
];
const world = () => ({ clock: asl.createVirtualClock(0), random: () => 0, tasks: () => ({ result: {} }) });
const RUN = new SimulatedRun(await local.simulate(machine), machine as never, undefined, []);
const MATCHER = { equals: Object.is, utils: { printExpected: typeOf, printReceived: typeOf } };
function typeOf(value: unknown): string {
  return typeof value;
}

/** A template is placed and compiled: what is wrong with it may be told then. */
function compiled(make: (...args: never[]) => unknown): (...args: never[]) => unknown {
  return (...args) => {
    const dag = freshDag();
    dag.task('a', make(...args) as never);
    return compiler.compileDag(dag);
  };
}

const CLUSTER = { release: 'emr-7.13.0', primary: { type: 'm6g.xlarge' }, serviceRole: 'r', instanceProfile: 'p' };
const task = (
  name: string,
  path: string,
  file: string,
  right: () => unknown,
  make: (given: never) => unknown,
): Sample => ({
  name: `tasks.${name}`,
  path,
  file: `tasks/${file}.ts`,
  right: () => ({ args: [right()], call: compiled(make) }),
});

/** A method of Dag, on a DAG that is compiled behind it. */
const method = (path: string, right: (dag: ReturnType<typeof freshDag>) => unknown[]): Sample => ({
  name: `authoring.Dag.${path}`,
  file: 'authoring/task-group.ts',
  path: `TaskContainer.${path}`,
  right: () => {
    const dag = freshDag();
    const call = (...args: never[]) => {
      (dag as never as { [name: string]: (...args: never[]) => unknown })[path]!(...args);
      return compiler.compileDag(dag);
    };
    return { args: right(dag), call };
  },
});
const declares = (name: string, of: object, file: string, right: unknown[], as: 'env' | 'params'): Sample => ({
  name: `authoring.${name}`,
  file,
  path: name,
  right: () => ({
    args: right,
    call: (...args: never[]) => {
      const dag = new Dag('declares', {
        [as]: { x: (of as { [name: string]: (...given: never[]) => unknown })[name.split('.')[1]!]!(...args) },
      } as never);
      dag.task('a', tasks.aws(message as never));
      return compiler.compileDag(dag);
    },
  }),
});

const PUBLISH = 'arn:aws:states:::sns:publish';
const PASSES = () => ({ start: '', states: { '': { Type: 'Pass', End: true } } });

/** A template's fields, of which the one state answers a value. */
function lowers(Output?: unknown): authoring.Template {
  const states = { '': { Type: 'Pass', ...(Output !== undefined && { Output }), End: true } };
  return { service: 'x', kind: 'x.y', lower: () => ({ start: '', states }), permissions: () => [] };
}

/** What templates are made with: a template of one's own uses the answer where the compiler asks for its states. */
function making(
  name: string,
  file: string,
  args: unknown[],
  use: (answer: never) => unknown,
  call = (tasks as never as { [name: string]: Function })[name]!,
): Sample {
  const make = (...given: never[]) => {
    const made = () => use(call(...given) as never) as authoring.Template;
    if (name === 'template' || name === 'checkedTemplate') return made();
    return tasks.template({
      ...lowers(),
      lower: (context) => made().lower(context),
      permissions: (context) => made().permissions(context),
    });
  };
  return { name: `tasks.${name}`, file: `${file}.ts`, path: name, right: () => ({ args, call: compiled(make) }) };
}

const say = () => tasks.aws(message as never);
const SAMPLES: readonly Sample[] = [
  {
    name: 'authoring.Dag',
    file: 'authoring/dag.ts',
    path: 'Dag.new',
    right: () => ({
      args: ['fuzzed', { schedule: '@daily' }],
      call: (...args: never[]) => {
        const dag = new Dag(...(args as never as [string]));
        dag.task('a', say());
        return compiler.compileDag(dag);
      },
    }),
  },
  method('task', () => ['b', say(), { retries: 1 }]),
  method('setup', () => ['b', say(), { retries: 1 }]),
  method('teardown', (dag) => ['b', say(), { setups: [dag.setup('s', say())] }]),
  method('branch', (dag) => ['b', () => dag.task('x', say()), {}]),
  method('shortCircuit', () => ['b', () => true, {}]),
  method('if', () => [() => true, {}]),
  method('switch', () => [() => 'x', {}]),
  method('taskGroup', () => ['g']),
  ...Object.keys(env).map((name) => declares(`env.${name}`, env, 'authoring/declarations.ts', [{}], 'env')),
  ...Object.keys(param).map((name) =>
    declares(`param.${name}`, param, 'authoring/declarations.ts', name === 'enum' ? [['a', 'b'], {}] : [{}], 'params'),
  ),
  {
    name: 'authoring.chain',
    file: 'authoring/chain.ts',
    path: 'chain',
    right: () => ({ args: [freshDag().task('a', say()), freshDag().task('b', say())], call: authoring.chain as never }),
  },
  {
    name: 'authoring.expr',
    file: 'authoring/expressions/translate.ts',
    path: 'expr',
    right: () => ({ args: [() => 1], call: authoring.expr as never }),
  },
  {
    name: 'authoring.verbatim',
    file: 'authoring/foreign-syntax.ts',
    path: 'verbatim',
    right: () => ({ args: ['{{ x }}'], call: authoring.verbatim as never }),
  },
  {
    name: 'authoring.maybe',
    file: 'authoring/reference.ts',
    path: 'maybe',
    right: () => ({ args: [freshDag().task('a', say()).output], call: authoring.maybe as never }),
  },
  task('aws', 'aws', 'aws/aws', () => message, tasks.aws as never),
  task(
    'athena.query',
    'query',
    'athena/query',
    () => ({ sql: 'SELECT 1', database: 'd', results: 's3://b/x/' }),
    tasks.athena.query as never,
  ),
  task(
    'athena.unload',
    'unload',
    'athena/writes',
    () => ({ sql: 'SELECT 1', to: 's3://b/out/', database: 'd', results: 's3://b/x/' }),
    tasks.athena.unload,
  ),
  task(
    'athena.createTableAs',
    'createTableAs',
    'athena/writes',
    () => ({ sql: 'SELECT 1 AS n', table: 't', location: 's3://b/out/', database: 'd', results: 's3://b/x/' }),
    tasks.athena.createTableAs,
  ),
  task('batch.job', 'job', 'batch/job', () => ({ queue: 'q', definition: 'd' }), tasks.batch.job),
  task('ecs.run', 'run', 'ecs/run', () => ({ cluster: 'c', taskDefinition: 't', passRoles: [] }), tasks.ecs.run),
  task('emr.cluster', 'cluster', 'emr/cluster', () => CLUSTER, tasks.emr.cluster),
  task(
    'emr.spark',
    'spark',
    'emr/spark',
    () => ({ cluster: 'j-2AXXXXXXGAPLF', script: 's3://b/x.py' }),
    tasks.emr.spark,
  ),
  task('emr.step', 'step', 'emr/step', () => ({ cluster: 'j-2AXXXXXXGAPLF', args: ['true'] }), tasks.emr.step),
  task(
    'emrServerless.application',
    'application',
    'emrServerless/application',
    () => ({ release: 'emr-7.13.0', initialCapacity: { driver: { count: 1, cpu: '4 vCPU', memory: '16 GB' } } }),
    tasks.emrServerless.application,
  ),
  task(
    'emrServerless.spark',
    'spark',
    'emrServerless/spark',
    () => ({ application: '00f1r0kqvbfhs01d', role: 'arn:aws:iam::123456789012:role/spark', script: 's3://b/x.py' }),
    tasks.emrServerless.spark,
  ),
  task(
    'emrOnEks.spark',
    'spark',
    'emrOnEks/spark',
    () => ({
      virtualCluster: 'abc',
      role: 'arn:aws:iam::111122223333:role/pods',
      release: 'emr-7.13.0-latest',
      script: 's3://b/x.py',
    }),
    tasks.emrOnEks.spark,
  ),
  task(
    'sagemaker.train',
    'train',
    'sagemaker/train',
    () => ({
      image: 'i',
      role: 'arn:aws:iam::111122223333:role/r',
      inputs: { train: { from: 's3://b/x/', contentType: 'text/csv' }, more: 's3://b/y/' },
      output: 's3://b/m/',
      instanceType: 'ml.m5.large',
      hyperparameters: { rounds: '3' },
      spot: true,
      checkpoints: 's3://b/c/',
    }),
    tasks.sagemaker.train,
  ),
  task(
    'sagemaker.process',
    'process',
    'sagemaker/process',
    () => ({
      image: 'i',
      role: 'arn:aws:iam::111122223333:role/r',
      inputs: { code: { from: 's3://b/x/' } },
      outputs: { table: { to: 's3://b/y/' } },
      instanceType: 'ml.m5.large',
      subnets: ['subnet-1'],
      securityGroups: ['sg-1'],
    }),
    tasks.sagemaker.process,
  ),
  task(
    'sagemaker.transform',
    'transform',
    'sagemaker/transform',
    () => ({ model: 'm', input: 's3://b/x/', output: 's3://b/y/', instanceType: 'ml.m5.large', join: 'Input' }),
    tasks.sagemaker.transform,
  ),
  task(
    'sagemaker.model',
    'model',
    'sagemaker/model',
    () => ({ image: 'i', data: 's3://b/m.tar.gz', role: 'arn:aws:iam::111122223333:role/r' }),
    tasks.sagemaker.model,
  ),
  task(
    'sagemaker.endpoint',
    'endpoint',
    'sagemaker/endpoint',
    () => ({ name: 'e', model: 'm', serverless: { memoryMb: 2048, maxConcurrency: 5 } }),
    tasks.sagemaker.endpoint,
  ),
  task(
    'cloudformation.stack',
    'stack',
    'cloudformation/stack',
    () => ({
      name: 's',
      template: 's3://b/s.yaml',
      parameters: { A: 'b' },
      capabilities: ['CAPABILITY_IAM'],
      role: 'arn:aws:iam::111122223333:role/r',
    }),
    tasks.cloudformation.stack,
  ),
  task(
    'rds.exportSnapshot',
    'exportSnapshot',
    'rds/export-snapshot',
    () => ({
      snapshot: 'arn:aws:rds:eu-west-1:111122223333:snapshot:s',
      to: 's3://b/x/',
      role: 'arn:aws:iam::111122223333:role/r',
      kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      only: ['shop'],
    }),
    tasks.rds.exportSnapshot,
  ),
  task(
    'dms.task',
    'task',
    'dms/task',
    () => ({ task: 'arn:aws:dms:eu-west-1:111122223333:task:A', again: 'resume' }),
    tasks.dms.task,
  ),
  task('glue.crawl', 'crawl', 'glue/crawl', () => ({ database: 'd', role: 'r', path: 's3://b/x/' }), tasks.glue.crawl),
  task(
    'glue.pythonShell',
    'pythonShell',
    'glue/python-shell',
    () => ({ script: 's3://b/x.py', role: 'r' }),
    tasks.glue.pythonShell,
  ),
  // The same of a function of the project.
  ...(
    [
      ['glue.pythonShell', 'glue/python-shell', { role: 'r', maxCapacity: 1 }, tasks.glue.pythonShell],
      [
        'ecs.run',
        'ecs/run',
        {
          ...{ cluster: 'c', taskDefinition: 't', container: 'app' },
          ...{ role: 'arn:aws:iam::111122223333:role/r', passRoles: [] },
        },
        tasks.ecs.run,
      ],
      ['batch.job', 'batch/job', { queue: 'q', definition: 'd', role: 'r' }, tasks.batch.job],
    ] as const
  ).map(
    ([name, file, place, make]): Sample => ({
      name: `tasks.${name} of a function`,
      file: `tasks/${file}.ts`,
      path: name.split('.')[1]!,
      right: () => ({
        args: ['test/packaging/functions/clean.py', { handler: 'clean', input: { kept: 1 }, ...place }],
        call: compiled(make as never),
      }),
    }),
  ),
  task('glue.job', 'job', 'glue/job', () => ({ script: 's3://b/x.py', role: 'r', numberOfWorkers: 2 }), tasks.glue.job),
  task('glue.startJob', 'startJob', 'glue/start-job', () => ({ job: 'j' }), tasks.glue.startJob as never),
  task('lambda.invoke', 'invoke', 'lambda/invoke', () => ({ function: 'f', payload: { a: 1 } }), tasks.lambda.invoke),
  task(
    'bedrock.invoke',
    'invoke',
    'bedrock/invoke',
    () => ({ model: 'm', body: { a: 1 }, output: 's3://b/x.json' }),
    tasks.bedrock.invoke,
  ),
  task(
    'dynamodb.put',
    'put',
    'dynamodb/put',
    () => ({ table: 't', item: { id: 'a', n: 1, on: true, list: ['x', null], map: { y: 2 } } }),
    tasks.dynamodb.put,
  ),
  task('dynamodb.get', 'get', 'dynamodb/get', () => ({ table: 't', key: { id: 'a' } }), tasks.dynamodb.get),
  task(
    'dynamodb.exportTo',
    'exportTo',
    'dynamodb/export-to',
    () => ({ table: 't', to: 's3://b/x/', incremental: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' } }),
    tasks.dynamodb.exportTo,
  ),
  {
    name: 'tasks.dynamodb.number',
    path: 'number',
    file: 'tasks/dynamodb/attribute-value.ts',
    right: () => ({
      args: [3],
      call: compiled((given: never) =>
        tasks.dynamodb.put({ table: 't', item: { id: 'a', n: tasks.dynamodb.number(given) } }),
      ),
    }),
  },
  task(
    'http.call',
    'call',
    'http/call',
    () => ({
      connection: 'arn:aws:events:eu-west-1:111122223333:connection/c/0a1b',
      url: 'https://api.example.com/x',
      headers: { a: 'b' },
      query: { day: 'x' },
      body: { a: 1 },
    }),
    tasks.http.call,
  ),
  task('s3.copy', 'copy', 's3/copy', () => ({ from: 's3://b/x', to: 's3://b/y' }), tasks.s3.copy),
  task('s3.delete', 'deleteObjects', 's3/delete', () => ({ bucket: 'b', keys: ['x'] }), tasks.s3.delete),
  task('s3.list', 'list', 's3/list', () => ({ bucket: 'b', prefix: 'in/' }), tasks.s3.list),
  task('s3.put', 'put', 's3/put', () => ({ to: 's3://b/x', body: { a: 1 } }), tasks.s3.put),
  task(
    'stepFunctions.run',
    'run',
    'stepFunctions/run',
    () => ({ machine: 'nightly', input: { day: 'x' } }),
    tasks.stepFunctions.run,
  ),
  task(
    'events.put',
    'put',
    'events/put',
    () => ({ source: 'a.b', detailType: 'd', detail: { a: 1 } }),
    tasks.events.put,
  ),
  task(
    'ses.send',
    'send',
    'ses/send',
    () => ({ from: 'a@b.ch', to: ['c@d.ch'], subject: 's', text: 't' }),
    tasks.ses.send,
  ),
  task(
    'sns.publish',
    'publish',
    'sns/publish',
    () => ({ topic: 'alerts', message: { a: 1 }, subject: 's', attributes: { kind: 'daily', n: 1 } }),
    tasks.sns.publish,
  ),
  task(
    'sqs.send',
    'send',
    'sqs/send',
    () => ({ queue: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q', body: 'x', delay: '5s' }),
    tasks.sqs.send,
  ),
  task(
    'redshift.sql',
    'sql',
    'redshift/sql',
    () => ({ sql: 'SELECT 1', database: 'd', workgroup: 'sales' }),
    tasks.redshift.sql as never,
  ),
  task(
    'kaggle.download',
    'download',
    'kaggle/download',
    () => ({ cluster: 'j-2AXXXXXXGAPLF', dataset: 'o/d', files: ['*'], to: 's3://b/x/', script: 's3://b/x.py' }),
    tasks.kaggle.download,
  ),
  {
    name: 'tasks.sqlFiles',
    file: 'tasks/sql-files.ts',
    path: 'sqlFiles',
    right: () => ({ args: ['sql'], call: tasks.sqlFiles as never }),
  },
  making(
    'template',
    'authoring/template',
    [{ kind: 'x.y', service: 'x', lower: PASSES, permissions: () => [] }],
    (one) => one,
  ),
  making('expression', 'authoring/template', ['$states.input'], (Output) => lowers(Output)),
  making('builtIn', 'authoring/built-in-references', ['region'], (Output) => lowers(Output)),
  making('callFragment', 'tasks/call', [PUBLISH, message.parameters, {}, {}], (fragment) => ({
    ...lowers(),
    lower: () => fragment,
  })),
  making('answerShape', 'tasks/call', [PUBLISH, ['MessageId']], (outputShape) => ({ ...lowers(), outputShape })),
  making(
    'checkedTemplate',
    'tasks/checked',
    [{ topic: 't' }],
    (one) => one,
    (given: unknown) =>
      tasks.checkedTemplate<{ topic: string }, unknown>(
        'x.y',
        given,
        { topic: tasks.checks.required(tasks.checks.filled) },
        ({ topic }) => tasks.template(lowers(topic)),
      ),
  ),
  making('ownName', 'tasks/own-names', ['a'], (Output) => lowers(Output)),
  making('machineTag', 'tasks/own-names', [], (Output) => lowers(Output)),
  making('roleArnOf', 'tasks/own-names', ['role'], (Output) => lowers(Output)),
  making('located', 'tasks/s3-access', ['s3://b/x.py'], (Output) => lowers(Output)),
  making('assetsAmong', 'tasks/s3-access', [['s3://b/x.py']], (assets) => ({ ...lowers(), assets })),
  making('readsAssets', 'tasks/s3-access', [['x.py']], (given) => ({ ...lowers(), permissions: () => given })),
  making('readsAndWritesBuckets', 'tasks/s3-access', [['s3://b/x']], (given) => ({
    ...lowers(),
    permissions: () => given,
  })),
  {
    name: 'compiler.compileDag',
    file: 'compiler/index.ts',
    path: 'compileDag',
    right: () => {
      const dag = freshDag();
      dag.task('a', say());
      return { args: [dag], call: compiler.compileDag as never };
    },
  },
  {
    name: 'local.simulateChecked',
    file: 'simulate/checked-simulate.ts',
    path: 'simulateChecked',
    right: () => ({ args: [machine, {}], call: local.simulate as never }),
  },
  {
    name: 'jest.simulate',
    file: 'jest/simulate.ts',
    path: 'simulate',
    right: () => ({ args: [machine, {}], call: jest.simulate as never }),
  },
  {
    name: 'local.readMockConfig',
    file: 'simulate/mocks/read-mocks.ts',
    path: 'readMockConfig',
    right: () => ({
      args: [{ StateMachines: { m: { TestCases: { t: { a: 'r' } } } }, MockedResponses: { r: { 0: { Return: {} } } } }],
      call: (config: unknown) => local.readMockConfig(config).mocks('m', 't'),
    }),
  },
  {
    name: 'local.pictureOf',
    file: 'report/picture/picture.ts',
    path: 'pictureOf',
    right: () => ({ args: [machine, EVENTS, { title: 't', subtitle: 's' }], call: local.pictureOf as never }),
    whole: [0, 1],
    own: [asl.OtherMachine],
  },
  {
    name: 'asl.validate',
    file: 'asl/validate/validate.ts',
    path: 'validate',
    right: () => ({ args: [JSON.stringify(machine), {}], call: asl.validate as never }),
  },
  {
    name: 'asl.interpret',
    file: 'asl/interpret/interpret.ts',
    path: 'interpret',
    right: () => ({ args: [machine, world()], call: asl.interpret as never }),
    // `validate` says whether a machine is valid; `local.simulate` is for options of people who do not write an interpreter's world.
    whole: [0, 1],
  },
  {
    name: 'asl.testState',
    file: 'asl/interpret/test-state.ts',
    path: 'testState',
    right: () => ({
      args: [{ definition: '{"Type": "Pass", "End": true}', input: '{}', ...world() }],
      call: asl.testState as never,
    }),
    own: [asl.TestStateRefusal],
  },
  {
    name: 'asl.createVirtualClock',
    file: 'asl/interpret/clocks.ts',
    path: 'createVirtualClock',
    right: () => ({ args: [0], call: asl.createVirtualClock as never }),
  },
  {
    name: 'asl.trace',
    file: 'asl/history/trace.ts',
    path: 'trace',
    right: () => ({ args: [machine, EVENTS], call: asl.trace as never }),
    whole: [0, 1],
    own: [asl.OtherMachine],
  },
  {
    name: 'asl.readHistory',
    file: 'asl/history/read-history.ts',
    path: 'readHistory',
    right: () => ({ args: [JSON.stringify(EVENTS)], call: asl.readHistory as never }),
    own: [asl.NoHistory, asl.NotJson],
  },
  // Jest tells what a matcher throws; nothing of it is a diagnostic.
  ...Object.entries<readonly unknown[]>({
    toHaveSucceeded: [],
    toHaveFailed: [],
    toHaveFailedWith: ['States.Runtime', 'x'],
    toHaveRun: ['a'],
    toHaveRunTimes: ['a', 1],
    toHaveRunBefore: ['a', 'a'],
    toHaveRunInOrder: ['a', 'a'],
    toHaveTaskState: ['a', 'success'],
    toHaveTaskStates: [{ a: 'success' }],
    toHaveSkipped: ['a'],
    toHaveBeenCalledWithArguments: ['a'],
    toHaveTakenSeconds: [1],
  } satisfies { readonly [name in keyof typeof matchers]: readonly unknown[] }).map(
    ([name, rest]): Sample => ({
      name: `matchers.${name}`,
      file: 'jest/index.ts',
      path: name,
      right: () => ({
        args: [RUN, ...rest],
        call: (...args: never[]) => (matchers as { [name: string]: Function })[name]!.apply(MATCHER, args).message(),
      }),
      told: /^(This matcher takes|The machine has no|The machine was not compiled|The DAG has no|A task never ends) /,
      whole: [0],
    }),
  ),
];

/** What is no function of its own: a value, or an error that others throw. */
const NO_FUNCTION: readonly string[] = [
  'authoring.taskToken',
  'tasks.EXECUTION_TAG',
  'tasks.checks',
  'local.DEFAULT_NOW',
  'asl.realClock',
  ...['NoHistory', 'NotJson', 'OtherMachine', 'TestStateRefusal', 'Unreadable'].map((name) => `asl.${name}`),
];

const ENTRIES = {
  authoring: 'authoring',
  tasks: 'tasks',
  compiler: 'compiler',
  local: 'local',
  asl: 'asl',
  jest: 'jest',
} as const;

test('every exported function has a sample', () => {
  const names = new Set(SAMPLES.map(({ name }) => name));
  const has = (name: string) =>
    names.has(name) || NO_FUNCTION.includes(name) || [...names].some((one) => one.startsWith(`${name}.`));
  const missing = Object.keys(ENTRIES).flatMap((entry) =>
    exportsOf(`${entry}/index.ts`)
      .map((name) => `${entry}.${name}`)
      .filter((name) => !has(name)),
  );
  expect(missing).toEqual([]);
});

const values = wrongValues();
let turn = 0;

test.each(SAMPLES)('$name', async (sample) => {
  const { file, path, right, whole = [] } = sample;
  const wrong: string[] = [];
  const places = right().args;
  const fields = argumentFields(file, path);
  for (let at = 0; at < places.length; at++) {
    const known = [
      ...new Set([...(fields[at] ?? []), ...Object.keys((places[at] as object | undefined) ?? {})]),
    ].filter(() => typeof places[at] === 'object' && !Array.isArray(places[at]) && !whole.includes(at));
    for (const field of [undefined, ...known, 'unknwon']) {
      if (field === 'unknwon' && (typeof places[at] !== 'object' || whole.includes(at))) continue;
      // Another few of them for each field: together they are all there many times.
      const some = ALL ? values : values.filter((_, i) => (i + turn * 5) % (field === undefined ? 3 : 19) === 0);
      turn++;
      for (const [name, value] of some) {
        const { args, call } = right();
        args[at] = field === undefined ? value : { ...(args[at] as object), [field]: value };
        const told = await verdict(() => call(...(args as never[])), sample);
        if (told !== undefined)
          wrong.push(`argument ${at}${field === undefined ? '' : `.${field}`} = ${name}: ${told}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
