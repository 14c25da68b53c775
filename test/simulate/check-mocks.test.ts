import { describe, expect, it, test } from '@jest/globals';
import { distance } from 'fastest-levenshtein';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { StateMachine, States } from '../../asl/language/types.ts';
import { answerOf } from '../../asl/services/answers.ts';
import { sampleOf } from '../../asl/services/samples.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';
import type { Diagnostic, Stop } from '../../diagnostics/index.ts';
import { readMachine } from '../../jest/read-machine.ts';
import { simulate } from '../../local/index.ts';
import { checkMocks } from '../../simulate/mocks/check-mocks.ts';
import { chooseMocks } from '../../simulate/mocks/choose-mocks.ts';
import { missingMembers } from '../../simulate/mocks/missing-members.ts';
import { ALL } from '../sized.ts';

const arn = (name: string) => `arn:aws:states:::${name}`;

/** Actions of different services, and every way in which a service is called. */
const RESOURCES = [
  'athena:getQueryResults',
  'athena:startQueryExecution.sync',
  'aws-sdk:athena:getQueryExecution',
  'aws-sdk:cloudwatch:describeAlarms',
  'aws-sdk:dynamodb:query',
  'aws-sdk:ec2:describeInstances',
  'aws-sdk:ecs:describeTasks',
  'aws-sdk:emr:describeCluster',
  'aws-sdk:glue:getCrawler',
  'aws-sdk:glue:getTable',
  'aws-sdk:iam:getRole',
  'aws-sdk:lambda:getFunction',
  'aws-sdk:rds:describeDBClusters',
  'aws-sdk:s3:listObjectsV2',
  'aws-sdk:sagemaker:describeEndpoint',
  'aws-sdk:secretsmanager:getSecretValue',
  'aws-sdk:sfn:describeExecution',
  'aws-sdk:sqs:receiveMessage',
  'aws-sdk:ssm:getParameter',
  'aws-sdk:textract:analyzeDocument',
  'batch:submitJob.sync',
  'codebuild:startBuild.sync',
  'dynamodb:getItem',
  'ecs:runTask.sync',
  'elasticmapreduce:addStep.sync',
  'elasticmapreduce:createCluster.sync',
  'emr-serverless:startJobRun.sync',
  'events:putEvents',
  'glue:startJobRun',
  'glue:startJobRun.sync',
  'http:invoke',
  'lambda:invoke',
  'sagemaker:createTrainingJob.sync',
  'sns:publish',
  'sqs:sendMessage',
  'states:startExecution',
  'states:startExecution.sync',
  'states:startExecution.sync:2',
];

const machineOf = (Resource: string, more: object = {}) => ({
  QueryLanguage: 'JSONata' as const,
  StartAt: 'call',
  States: { call: { Type: 'Task', Resource, Arguments: {}, End: true, ...more } },
});

async function found(machine: object, mocks: object): Promise<Diagnostic[]> {
  return checkMocks(machine as unknown as States, chooseMocks(mocks, {}));
}
const returning = (Return: Json) => ({ call: { '0': { Return } } });

interface Place {
  readonly path: readonly (string | number)[];
  /** The members beside it. */
  readonly names: readonly string[];
}

/** Every member in a sample that a structure of the shape has. */
function members(value: Json, shape: ResultShape, path: Place['path'] = []): Place[] {
  if (shape.kind === 'structure') {
    const names = [...shape.members.keys()];
    return Object.entries(value as JsonObject).flatMap(([name, inner]) => [
      { path: [...path, name], names },
      ...members(inner, shape.members.get(name)!.shape(), [...path, name]),
    ]);
  }
  if (shape.kind !== 'list') return [];
  return (value as readonly Json[]).flatMap((item, at) => members(item, shape.of(), [...path, at]));
}

/** A copy in which the member at a path is called otherwise, or has another value. */
function changed(
  value: Json,
  [step, ...rest]: Place['path'],
  change: (key: string, held: Json) => [string, Json],
): Json {
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? changed(item, rest, change) : item));
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, held]) => {
      if (key !== step) return [key, held];
      return rest.length === 0 ? change(key, held) : [key, changed(held, rest, change)];
    }),
  );
}

/** Misspellings, one after the other: a letter left out, doubled, two exchanged, the case of the first. */
const SLIPS = [
  (name: string) => name.slice(0, -1),
  (name: string) => `${name}${name.at(-1)}`,
  (name: string) => `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}`,
  (name: string) => `${name[0]!.toLowerCase()}${name.slice(1)}`,
];

/** Of an answer with hundreds of members some are tried; `npm run test:all` tries all. */
function some(places: readonly Place[]): readonly Place[] {
  const every = ALL ? 1 : Math.ceil(places.length / 20);
  return places.filter((_, at) => at % every === 0);
}

const far = (a: string, b: string) => distance(a.toLowerCase(), b.toLowerCase());

describe.each(RESOURCES)('%s', (name) => {
  const resource = arn(name);
  const shape = answerOf(resource)!;
  const sample = sampleOf(shape);
  const machine = machineOf(resource);
  const places = some(members(sample, shape));

  it('has nothing said of its own answer', async () => {
    expect(places.length).toBeGreaterThan(0);
    expect(await found(machine, returning(sample))).toEqual([]);
  });

  it('has each misspelt member told, with its place and the name that is near', async () => {
    for (const [at, { path, names }] of places.entries()) {
      const right = path.at(-1) as string;
      const wrong = SLIPS[at % SLIPS.length]!(right);
      if (wrong === '' || names.includes(wrong)) continue;
      const faults = await found(machine, returning(changed(sample, path, (_, held) => [wrong, held])));
      const told = faults.filter(({ code }) => code === 'SIM011');
      expect(told).toHaveLength(1);
      const [fault] = told as [Diagnostic];
      expect(fault.severity).toBe('error');
      expect(fault.path).toBe(`/call/0/Return/${[...path.slice(0, -1), wrong].join('/')}`);
      expect(fault.message).toContain(`"${wrong}" at call.0.Return`);
      // Where two names are equally near, either will do.
      const suggested = /Did you mean "(.+?)"/.exec(fault.remedy)?.[1];
      expect(names).toContain(suggested);
      if (right.length > 6) expect(far(wrong, suggested!)).toBeLessThanOrEqual(far(wrong, right));
    }
  });

  it('has each wrong type told', async () => {
    for (const { path } of places) {
      let free = false;
      const faults = await found(
        machine,
        returning(
          changed(sample, path, (key, held) => {
            free = typeof held === 'object' && Object.keys(held ?? {}).length === 0;
            return [key, typeof held === 'string' ? 1 : 'text'];
          }),
        ),
      );
      if (free || (/sync/.test(name) && faults.length === 0)) continue;
      expect(faults.map(({ code }) => code)).toEqual(['SIM012']);
      expect(faults[0]!.path).toBe(`/call/0/Return/${path.join('/')}`);
    }
  });
});

test('the samples of the reference pipeline are what its services answer', async () => {
  const { definition, manifest } = await readMachine('dist/datalake');
  const samples: JsonObject = Object.assign({}, ...manifest!.tasks.map((task) => task.samples ?? {}));
  expect(Object.keys(samples).length).toBeGreaterThan(10);
  const mocks = Object.fromEntries(Object.entries(samples).map(([state, Return]) => [state, { '0': { Return } }]));
  expect(await found(definition as States, mocks)).toEqual([]);
  expect(await missingMembers(definition as StateMachine, chooseMocks(mocks, {}))).toEqual([]);
});

describe('what may be anything', () => {
  it.each([
    ['a function', 'arn:aws:lambda:us-east-1:123456789012:function:f', 'x'],
    ['an activity', 'arn:aws:states:us-east-1:123456789012:activity:a', ['x']],
    ['what a task token brings', arn('sqs:sendMessage.waitForTaskToken'), { any: 1 }],
    ['a service that is not known', arn('aws-sdk:nosuch:thing'), { any: 1 }],
    ['what is filled in when it is deployed', '${Resource}', { any: 1 }],
    ['the payload of a function', arn('lambda:invoke'), { Payload: { any: [1, null] } }],
    [
      'the body of a response',
      arn('http:invoke'),
      { StatusCode: 200, ResponseBody: { any: 1 }, Headers: { x: ['y'] } },
    ],
    ['how a request went', arn('sns:publish'), { MessageId: 'm', SdkHttpMetadata: {}, SdkResponseMetadata: {} }],
    ['times of a job that is waited for', arn('glue:startJobRun.sync'), { StartedOn: 1700000000000 }],
    ['nothing at all', arn('dynamodb:getItem'), {}],
  ] as [string, string, Json][])('is %s', async (_, resource, Return) => {
    expect(await found(machineOf(resource), returning(Return))).toEqual([]);
  });

  it('is what a task answers that hands its token on', async () => {
    const handing = { Arguments: { Input: { token: '{% $states.context.Task.Token %}' }, StateMachineArn: 'm' } };
    expect(await found(machineOf(arn('states:startExecution.sync'), handing), returning('done'))).toEqual([]);
  });
});

describe('a faulty mock', () => {
  it.each([
    ['what a function returns, without its Payload', 'lambda:invoke', { ok: true }, 'SIM014', /\{"Payload": …\}/],
    ['a function’s answer that is no object', 'lambda:invoke', 1, 'SIM014', /\{"Payload": …\}/],
    ['a misspelt Payload', 'lambda:invoke', { Paylod: 1 }, 'SIM011', /Did you mean "Payload"\?/],
    [
      'the answer of the request for that of the job',
      'glue:startJobRun.sync',
      { JobRunId: 'j' },
      'SIM011',
      /the job that has ended/,
    ],
    ['what stands deeper', 'aws-sdk:glue:getCrawler', { LastCrawl: {} }, 'SIM011', /It stands at Crawler\.LastCrawl/],
    [
      'a value that is not known',
      'glue:startJobRun.sync',
      { JobRunState: 'SUCCEDED' },
      'SIM013',
      /Did you mean "SUCCEEDED"\?/,
    ],
    ['a time as a number', 'states:startExecution', { ExecutionArn: 'a', StartDate: 1 }, 'SIM012', /a string/],
    ['null', 'sns:publish', { MessageId: null }, 'SIM012', /a string/],
    ['a list', 'sns:publish', [], 'SIM012', /an object/],
  ] as [string, string, Json, string, RegExp][])('is told: %s', async (_, name, Return, code, remedy) => {
    const faults = await found(machineOf(arn(name)), returning(Return));
    expect(faults.map((fault) => fault.code)).toEqual([code]);
    expect(faults[0]!.remedy).toMatch(remedy);
  });

  it('has one thing said of a fault that every item of a list has', async () => {
    const Return = { Items: [{ id: { S: 1 } }, { id: { S: 2 } }] };
    expect(await found(machineOf(arn('aws-sdk:dynamodb:query')), returning(Return))).toHaveLength(1);
  });

  it('is told with the errors that are nearly those the machine knows', async () => {
    const Retry = [{ ErrorEquals: ['Glue.ThrottlingException'] }];
    const thrown = async (name: string) =>
      (await found(machineOf(arn('glue:startJobRun'), { Retry }), { call: { '0': { Throw: { Error: name } } } })).map(
        ({ code, message }) => `${code} ${message}`,
      );
    expect(await thrown('Glue.ThrottlingExeption')).toEqual([
      expect.stringMatching(/^SIM015 .*"Glue.ThrottlingException"/),
    ]);
    expect(await thrown('States.TaskFaild')).toEqual([expect.stringMatching(/^SIM015 .*"States.TaskFailed"/)]);
    for (const name of ['Glue.ThrottlingException', 'States.Timeout', 'Glue.Other', 'Busy', 'Custom.Error'])
      expect(await thrown(name)).toEqual([]);
  });

  it('stops a simulation with all that is wrong, and not where the check is off', async () => {
    const machine = machineOf(arn('glue:startJobRun.sync'));
    const mocks = { call: { '0': { Return: { JobRunStat: 'FAILED', Attempt: '1' } } }, cal: { '0': { Return: 1 } } };
    const codes = await simulate(machine, { mocks }).catch((error: Stop) => error.diagnostics.map(({ code }) => code));
    expect(codes).toEqual(['SIM012', 'SIM011', 'SIM010']);
    expect(await simulate(machine, { mocks, checkMocks: false })).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('has its place in a mock configuration', async () => {
    const config = {
      StateMachines: { m: { TestCases: { t: { call: 'Crawled' }, u: { cal: 'Crawled' } } } },
      MockedResponses: { Crawled: { '0-1': { Return: { Crawler: { Stat: 'READY' } } } } },
    };
    const refused = async (testCase: string) =>
      simulate(machineOf(arn('aws-sdk:glue:getCrawler')), { mocks: config, testCase }).then(
        () => undefined,
        (error: Stop) => error.diagnostics[0],
      );
    expect(await refused('u')).toMatchObject({ code: 'SIM010', path: '/StateMachines/m/TestCases/u/cal' });
    expect(await refused('t')).toMatchObject({
      code: 'SIM011',
      path: '/MockedResponses/Crawled/0-1/Return/Crawler/Stat',
      message: expect.stringContaining('at MockedResponses.Crawled.0-1.Return.Crawler.Stat'),
    });
  });
});
