import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Dag, env } from '../../authoring/index.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { readBuilt } from '../../deploy/built.ts';
import { desiredOf } from '../../deploy/desired/desired.ts';
import { exportDag } from '../../deploy/export/export.ts';
import { Stop } from '../../diagnostics/index.ts';
import { aws } from '../../tasks/index.ts';
import { folderWith } from '../local/support.ts';
import { filesIn } from './export-support.ts';
import { type PolicyText, rolesOfSam, rolesOfTerraform, terraform } from './exported-roles.ts';
import { ENVIRONMENT } from './support.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const ROLE = 'dagwright-values';

/** A DAG whose calls take names, ARNs and addresses from dagwright.yaml. */
function values() {
  const dag = new Dag('values', {
    env: {
      fn: env.string(),
      secret: env.string(),
      definition: env.string(),
      url: env.string(),
      queue: env.string(),
      machineArn: env.string(),
      topic: env.string(),
      role: env.string(),
    },
  });
  const { fn, secret, definition, url, queue, machineArn, topic, role } = dag.env;
  dag.task('invoke', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: fn } }));
  dag.task('read', aws({ service: 'secretsmanager', action: 'getSecretValue', parameters: { SecretId: secret } }));
  dag.task(
    'contain',
    aws({
      service: 'ecs',
      action: 'runTask',
      pattern: 'sync',
      parameters: { Cluster: 'c', TaskDefinition: definition },
      permissions: [{ actions: ['iam:PassRole'], resources: [`${role}`] }],
    }),
  );
  dag.task('parameter', aws({ service: 'ssm', action: 'getParameter', parameters: { Name: url } }));
  dag.task('send', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: queue, MessageBody: '' } }));
  dag.task('tell', aws({ service: 'sns', action: 'publish', parameters: { TopicArn: topic, Message: '' } }));
  dag.task(
    'start',
    aws({ service: 'sfn', action: 'startExecution', pattern: 'sync', parameters: { StateMachineArn: machineArn } }),
  );
  return dag;
}

const WHOLE = {
  queue: 'https://sqs.eu-west-1.amazonaws.com/222233334444/q',
  machineArn: 'arn:aws:states:eu-west-1:222233334444:stateMachine:m:live',
  topic: 'arn:aws:sns:eu-west-1:222233334444:t',
  role: 'arn:aws:iam::111122223333:role/tasks/web',
};
const NAMES = { ...WHOLE, fn: 'score:live', secret: 'a/b', definition: 'web:3', url: '/prod/url' };
const ARNS = {
  ...WHOLE,
  fn: 'arn:aws:lambda:eu-west-1:222233334444:function:score',
  secret: 'arn:aws:secretsmanager:eu-west-1:222233334444:secret:a/b-a1B2c3',
  definition: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3',
  url: 'arn:aws:ssm:eu-west-1:222233334444:parameter/prod/url',
};
const ALIKE = [
  'sqs:SendMessage arn:aws:sqs:eu-west-1:222233334444:q',
  'sns:Publish arn:aws:sns:eu-west-1:222233334444:t',
  'states:StartExecution arn:aws:states:eu-west-1:222233334444:stateMachine:m',
  'states:StopExecution arn:aws:states:eu-west-1:222233334444:execution:m:*',
  'iam:PassRole arn:aws:iam::111122223333:role/tasks/web',
];
const BY_NAME = [
  ...ALIKE,
  'lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:score:live',
  'secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/b-??????',
  'ecs:RunTask arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3',
  'ssm:GetParameter arn:aws:ssm:eu-west-1:111122223333:parameter/prod/url',
];
const BY_ARN = [
  ...ALIKE,
  'lambda:InvokeFunction arn:aws:lambda:eu-west-1:222233334444:function:score',
  'secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:222233334444:secret:a/b-a1B2c3',
  'ecs:RunTask arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3',
  'ssm:GetParameter arn:aws:ssm:eu-west-1:222233334444:parameter/prod/url',
];

let dist: string;
beforeAll(async () => {
  dist = join(await folderWith({}), 'dist');
  const { dag, files } = compileDag(values() as never);
  writeDist(dist, new Map([[dag, files]]), true);
});

const environmentOf = (given: { readonly [name: string]: string }) => ({ ...ENVIRONMENT, env: given });

/** Every action on every resource, without those whose resource no value decides. */
function grants({ Statement }: PolicyText): string[] {
  return Statement.flatMap(({ Action, Resource = [] }) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
  );
}

describe.each([
  ['names', NAMES, BY_NAME],
  ['ARNs', ARNS, BY_ARN],
] as const)('values of dagwright.yaml that are %s', (_, given, wanted) => {
  test('make a policy of what the calls touch, by deploy', async () => {
    const { resources } = desiredOf(await readBuilt(dist, 'values'), environmentOf(given), PLACE);
    const role = resources.find(({ name, kind }) => kind === 'role' && name === ROLE)!;
    const text = JSON.stringify(role.properties.policy);
    expect(text).not.toContain('${');
    expect(text).not.toMatch(/arn:[^"]*arn:/);
    expect(grants(role.properties.policy as unknown as PolicyText)).toEqual(expect.arrayContaining([...wanted]));
  });

  test('and the same by both exports, whose parameters take values of that form alone', async () => {
    const out = await folderWith({});
    const exported = async (format: 'sam' | 'terraform') => {
      await exportDag({
        project: out,
        dist,
        dag: 'values',
        environment: environmentOf(given),
        format,
        out: join(out, format),
      });
      return filesIn(join(out, format, 'values'));
    };
    const sam = await exported('sam');
    const applied = { place: PLACE, given: { ...given, artifacts: 'artifacts' } };
    expect(grants(rolesOfSam(sam, applied)[ROLE]!.policy!)).toEqual(expect.arrayContaining([...wanted]));
    const other = given === NAMES ? ARNS.fn : NAMES.fn;
    expect(() => rolesOfSam(sam, { ...applied, given: { ...applied.given, fn: other } })).toThrow('Fn does not take');
    if (terraform === undefined) return;
    const made = await rolesOfTerraform(await exported('terraform'), applied);
    expect(grants(made[ROLE]!.policy!)).toEqual(expect.arrayContaining([...wanted]));
  }, 60_000);
});

test.each([
  ['machineArn', 'nightly', 'It is no ARN'],
  ['queue', 'orders', 'It is no address'],
  ['topic', 'alarms', 'It is no ARN'],
  ['role', 'tasks/web', 'It is no ARN'],
  ['fn', 'arn:aws:s3:::bucket', 'It has an ARN within an ARN'],
  ['topic', 'arn:aws-cn:sns:cn-north-1:222233334444:t', 'It is of the partition aws-cn, and the environment of aws'],
])('the value of %s cannot be %s: %s', async (name, value, why) => {
  const built = await readBuilt(dist, 'values');
  const thrown = (() => {
    try {
      desiredOf(built, environmentOf({ ...NAMES, [name]: value }), PLACE);
    } catch (error) {
      return error as Stop;
    }
    throw new Error('It was taken.');
  })();
  expect(thrown).toBeInstanceOf(Stop);
  expect(thrown.diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['DEP025', expect.stringContaining(`by "${name}", which is "${value}" in the environment "dev". ${why}`)],
  ]);
});

test('what the DAG itself names is of the partition of the environment', async () => {
  const dag = new Dag('literal', {});
  const [topic, other] = ['arn:aws:sns:eu-west-1:222233334444:t', 'arn:aws:sns:eu-west-1:222233334444:u'];
  dag.task('tell', aws({ service: 'sns', action: 'publish', parameters: { TopicArn: topic, Message: '' } }));
  dag.task('tell_also', aws({ service: 'sns', action: 'publish', parameters: { TopicArn: other, Message: '' } }));
  const { dag: name, files } = compileDag(dag);
  writeDist(dist, new Map([[name, files]]), false);
  const built = await readBuilt(dist, name);
  expect(() => desiredOf(built, environmentOf({}), PLACE)).not.toThrow();
  const china = { ...PLACE, partition: 'aws-cn', region: 'cn-north-1' };
  let said: Stop | undefined;
  try {
    desiredOf(built, environmentOf({}), china);
  } catch (error) {
    said = error as Stop;
  }
  expect(said?.diagnostics.map(({ code, message }) => [code, message])).toEqual(
    [topic, other].map((resource) => [
      'DEP039',
      `The policy of "literal" would have the resource ${resource}, of the partition aws; the environment "dev" is of aws-cn.`,
    ]),
  );
});
