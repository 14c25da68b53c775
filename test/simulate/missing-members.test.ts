import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { findReads } from '../../asl/reads/reads.ts';
import { answerOf } from '../../asl/services/answers.ts';
import { sampleOf } from '../../asl/services/samples.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { simulate } from '../../local/index.ts';
import { ALL } from '../sized.ts';

const RESOURCES = [
  'athena:getQueryResults',
  'athena:startQueryExecution.sync',
  'aws-sdk:cloudwatch:describeAlarms',
  'aws-sdk:dynamodb:query',
  'aws-sdk:ec2:describeInstances',
  'aws-sdk:emr:describeCluster',
  'aws-sdk:glue:getCrawler',
  'aws-sdk:glue:getTable',
  'aws-sdk:iam:getRole',
  'aws-sdk:lambda:getFunction',
  'aws-sdk:rds:describeDBClusters',
  'aws-sdk:s3:listObjectsV2',
  'aws-sdk:sfn:describeExecution',
  'aws-sdk:sqs:receiveMessage',
  'aws-sdk:ssm:getParameter',
  'batch:submitJob.sync',
  'codebuild:startBuild.sync',
  'dynamodb:getItem',
  'ecs:runTask.sync',
  'elasticmapreduce:createCluster.sync',
  'events:putEvents',
  'glue:startJobRun',
  'glue:startJobRun.sync',
  'lambda:invoke',
  'sagemaker:createTrainingJob.sync',
  'sns:publish',
  'states:startExecution.sync:2',
];
const arn = (name: string) => `arn:aws:states:::${name}`;
const call = (name: string, fields: object) => ({ Type: 'Task', Resource: arn(name), ...fields });
const end = { Type: 'Pass', End: true };

/** A machine in which something reads a path of the answer of `call`, and the reader's name. */
type Reading = (name: string, path: string) => { readonly reader: string; readonly machine: object };
const jsonata = (states: object) => ({ QueryLanguage: 'JSONata', StartAt: 'call', States: states });
const jsonPath = (states: object) => ({ StartAt: 'call', States: states });

const READINGS: readonly Reading[] = [
  (name, path) => ({
    reader: 'call',
    machine: jsonata({ call: call(name, { Output: `{% $states.result.${path} %}`, End: true }) }),
  }),
  (name, path) => ({
    reader: 'call',
    machine: jsonata({ call: call(name, { Assign: { x: { y: `{% $states.result.${path} %}` } }, End: true }) }),
  }),
  (name, path) => ({
    reader: 'late',
    machine: jsonata({
      call: call(name, { Assign: { answer: '{% $states.result %}' }, Next: 'between' }),
      between: { Type: 'Wait', Seconds: 1, Next: 'late' },
      late: { Type: 'Pass', Output: { it: `{% $string($answer.${path}) %}` }, End: true },
    }),
  }),
  (name, path) => ({
    reader: 'next',
    machine: jsonata({
      call: call(name, { Next: 'next' }),
      next: {
        Type: 'Choice',
        Choices: [{ Condition: `{% $states.input.${path} = 'x' %}`, Next: 'end' }],
        Default: 'end',
      },
      end,
    }),
  }),
  (name, path) => ({
    reader: 'each',
    machine: jsonata({
      call: call(name, { Output: { held: '{% $states.result %}' }, Next: 'both' }),
      both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'each',
            States: { each: { Type: 'Pass', Output: `{% $states.input.held.${path} %}`, End: true } },
          },
        ],
        End: true,
      },
    }),
  }),
  (name, path) => ({
    reader: 'call',
    machine: jsonPath({ call: call(name, { ResultSelector: { 'x.$': `$.${path}` }, End: true }) }),
  }),
  (name, path) => ({
    reader: 'next',
    machine: jsonPath({
      call: call(name, { ResultPath: '$.a.b', Next: 'next' }),
      next: { Type: 'Pass', Parameters: { 'x.$': `States.Array($.a.b.${path})` }, End: true },
    }),
  }),
  (name, path) => ({
    reader: 'next',
    machine: jsonPath({
      call: call(name, { ResultPath: '$.a', OutputPath: '$.a', Next: 'next' }),
      next: { Type: 'Choice', Choices: [{ Variable: `$.${path}`, StringEquals: 'x', Next: 'end' }], Default: 'end' },
      end,
    }),
  }),
];

interface Member {
  readonly path: readonly (string | number)[];
  /** In a JSONata path, without the items; in a JSONPath with the first of them. */
  readonly names: readonly string[];
}

function members(value: Json, shape: ResultShape, path: Member['path'] = []): Member[] {
  if (shape.kind === 'list')
    return (value as readonly Json[]).flatMap((item, at) => members(item, shape.of(), [...path, at]));
  if (shape.kind !== 'structure') return [];
  return Object.entries(value as JsonObject).flatMap(([name, inner]) => {
    const here = [...path, name];
    const names = here.filter((step) => typeof step === 'string');
    return [{ path: here, names }, ...members(inner, shape.members.get(name)!.shape(), here)];
  });
}

function without(value: Json, [step, ...rest]: Member['path']): Json {
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? without(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value as JsonObject).flatMap(([key, held]) => {
      if (key !== step) return [[key, held]];
      return rest.length === 0 ? [] : [[key, without(held, rest)]];
    }),
  );
}

/** What is said of a mocked answer, the run once done. */
async function warnings(machine: object, Return: Json): Promise<Diagnostic[]> {
  const told: Diagnostic[] = [];
  await simulate(machine, { mocks: { call: { '0': { Return } } }, onWarning: (warning) => told.push(warning) });
  return told;
}

const MOST = ALL ? Number.POSITIVE_INFINITY : 8;

describe.each(RESOURCES)('an answer of %s', (name) => {
  const shape = answerOf(arn(name))!;
  const sample = sampleOf(shape);
  const all = members(sample, shape);
  const every = Math.max(1, Math.ceil(all.length / MOST));

  it('that lacks a member that is read has a warning that names the reader', async () => {
    for (const [at, { path, names }] of all.filter((_, i) => i % every === 0).entries()) {
      const reading = READINGS[at % READINGS.length]!;
      const steps = path
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
        .join('')
        .slice(1);
      const { machine, reader } = reading(
        name,
        'QueryLanguage' in reading(name, 'x').machine ? names.join('.') : steps,
      );
      expect(await warnings(machine, sample)).toEqual([]);
      const told = await warnings(machine, without(sample, path));
      expect(told.map(({ code }) => code)).toEqual(['SIM017']);
      expect(told[0]!.message).toMatch(new RegExp(`no "${names.at(-1)}" at call\\.0\\.Return.*"${reader}" \\(`));
      expect(told[0]!.path).toBe(
        `/call/0/Return${path
          .slice(0, -1)
          .map((step) => `/${step}`)
          .join('')}`,
      );
    }
  });
});

describe('nothing is said', () => {
  const crawler = (fields: object) => call('aws-sdk:glue:getCrawler', fields);

  it.each([
    [
      'of what the machine looks at whether it is there',
      { Output: '{% $exists($states.result.Crawler.LastCrawl) ? $states.result.Crawler.LastCrawl.Status : 1 %}' },
    ],
    ['of a condition', { Output: '{% $states.result.Crawler.State ? $states.result.Crawler.State : "none" %}' }],
    [
      'of a comparison with null',
      { Output: '{% $states.result.Crawler.State != null ? $states.result.Crawler.State : 0 %}' },
    ],
    [
      'of what a callback of the user computes',
      { Output: '{% ($f := function($k) { $lookup($states.result.Crawler, $k) }; $string($f("State"))) %}' },
    ],
    ['of what is read of the input', { Output: '{% $string($states.input.Crawler.State) %}' }],
    ['of what the service does not have', { Output: '{% $string($states.result.Crawler.Nothing) %}' }],
    ['of what is handed on as a whole', { Output: '{% $states.result %}' }],
  ] as [string, object][])('%s', async (_, fields) => {
    expect(await warnings(jsonata({ call: crawler({ ...fields, End: true }) }), { Crawler: { Name: 'c' } })).toEqual(
      [],
    );
  });

  it('of a reader that the run does not come to', async () => {
    const machine = jsonata({
      call: crawler({ Next: 'choose' }),
      choose: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $states.input.Crawler.State = 'READY' %}", Next: 'ready' }],
        Default: 'other',
      },
      ready: { Type: 'Pass', Output: 1, End: true },
      other: { Type: 'Fail', Cause: '{% $states.input.Crawler.LastCrawl.ErrorMessage %}' },
    });
    expect(await warnings(machine, { Crawler: { State: 'READY' } })).toEqual([]);
    expect((await warnings(machine, { Crawler: { State: 'RUNNING' } })).map(({ message }) => message)).toEqual([
      'The mock of "call" has no "LastCrawl" at call.0.Return.Crawler, which "other" (Cause) reads.',
    ]);
  });

  it.each(['ItemProcessor', 'Iterator'])(
    'is missing of what an iteration of a distributed Map reads, as %s',
    async (field) => {
      const machine = jsonata({
        call: crawler({ Assign: { x: '{% $states.result %}' }, Next: 'each' }),
        each: {
          Type: 'Map',
          Items: [1],
          [field]: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'read',
            States: { read: { Type: 'Pass', Output: '{% $states.input.Crawler.LastCrawl.Status %}', End: true } },
          },
          ItemSelector: '{% $x %}',
          End: true,
        },
      });
      expect((await warnings(machine, { Crawler: { Name: 'c' } })).map(({ code }) => code)).toEqual(['SIM017']);
    },
  );

  it('of a variable that is assigned anew before it is read', async () => {
    const machine = jsonata({
      call: crawler({ Assign: { x: '{% $states.result %}' }, Next: 'anew' }),
      anew: { Type: 'Pass', Assign: { x: { Crawler: { State: 'mine' } } }, Next: 'read' },
      read: { Type: 'Pass', Output: '{% $x.Crawler.State %}', End: true },
    });
    expect(await warnings(machine, { Crawler: { Name: 'c' } })).toEqual([]);
  });
});

describe('reads', () => {
  const told = (machine: object) =>
    findReads(machine as JsonObject, new Set(['call', 'one', 'two'])).map(
      ({ task, path, state, field }) => `${task}.${path.map((step) => step ?? '[]').join('.')} ${state} ${field}`,
    );
  const task = (fields: object) => call('lambda:invoke', fields);

  it('are found through the items of Maps, the branches of Parallels, and functions over lists', () => {
    expect(
      told(
        jsonata({
          call: task({ Assign: { v: '{% $states.result %}' }, Next: 'both' }),
          both: {
            Type: 'Parallel',
            Branches: [
              { StartAt: 'one', States: { one: task({ End: true }) } },
              { StartAt: 'two', States: { two: task({ End: true }) } },
            ],
            Assign: { a: '{% $states.result[0].A %}', b: '{% $states.result[1].B %}' },
            Next: 'map',
          },
          map: {
            Type: 'Map',
            Items: '{% $v.Items %}',
            ItemSelector: { i: '{% $states.context.Map.Item.Value.Key %}' },
            ItemProcessor: {
              StartAt: 'in',
              States: { in: { Type: 'Pass', Output: '{% $states.input.i.Deep %}', End: true } },
            },
            Output: '{% $map($v.L, function($e) { $e.E }) %}',
            End: true,
          },
        }),
      ),
    ).toEqual([
      'one.A both Assign',
      'two.B both Assign',
      'call.Items map Items',
      'call.Items.[].Key map ItemSelector',
      'call.Items.[].Key.Deep in Output',
      'call.L map Output',
      'call.L.[].E map Output',
    ]);
  });

  it('come to an end in loops that make ever larger values', () => {
    const machine = jsonata({
      call: task({ Output: { before: '{% $states.input %}', now: '{% $states.result %}' }, Next: 'again' }),
      again: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.now.Go %}', Next: 'call' }], Default: 'end' },
      end,
    });
    expect(told(machine)).toEqual(['call.Go again Choices/0/Condition']);
    const deep = (levels: number): object =>
      levels === 0
        ? { StartAt: 'call', States: { call: task({ End: true }) } }
        : {
            StartAt: `p${levels}`,
            States: {
              [`p${levels}`]: { Type: 'Parallel', Branches: [deep(levels - 1)], Next: `c${levels}` },
              [`c${levels}`]: {
                Type: 'Choice',
                Choices: [{ Condition: true, Next: `p${levels}` }],
                Default: `e${levels}`,
              },
              [`e${levels}`]: end,
            },
          };
    // Processor time: a machine on which others work shows nothing by its clock.
    const began = process.cpuUsage();
    told({ QueryLanguage: 'JSONata', ...deep(8) });
    expect(process.cpuUsage(began).user).toBeLessThan(20_000_000);
  });
});
