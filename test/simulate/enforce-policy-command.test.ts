import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StatementText } from '../../engines/iam/index.ts';
import { runCommand } from '../command.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

const DAG = join(REPOSITORY, 'dist/datalake');
let folder: string;
beforeAll(async () => {
  folder = await folderWith();
});

const simulate = (...args: string[]) => runCommand(['simulate', ...args], { cwd: folder, env: process.env });
const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const statementsIn = (name: string) =>
  (JSON.parse(readFileSync(join(DAG, name), 'utf8')) as { Statement: StatementText[] }).Statement;

describe('dagwright simulate --enforce-policy', () => {
  test('a compiled DAG is held against the policy beside it', async () => {
    const { code, out, err } = await simulate(
      join(DAG, 'step_function.json'),
      '--samples',
      '--enforce-policy',
      '--json',
    );
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ status: 'SUCCEEDED', denials: [] });
  });

  test('a denial fails the task as AWS’s does, and the statement that is missing is said, ready to be pasted', async () => {
    const rest = statementsIn('policy.json').filter(({ Action }) => !Action?.includes('glue:StartCrawler'));
    const policy = file('policy.json', { Version: '2012-10-17', Statement: rest });
    const machine = join(DAG, 'step_function.json');
    const { code, out, err } = await simulate(machine, '--samples', '--enforce-policy', '--policy', policy, '--json');
    expect(code).toBe(1);
    const { events, denials } = JSON.parse(out);
    const missing = {
      Effect: 'Allow',
      Action: [expect.stringMatching(/^glue:(Get|Start|Update)Crawler$/)],
      Resource: ['arn:${partition}:glue:${region}:${account}:crawler/${machine}_crawl_gold'],
    };
    expect(denials).toEqual([
      expect.objectContaining({
        role: 'datalake',
        policy,
        missing,
        because: [],
        state: expect.stringMatching(/^crawl_gold/),
      }),
    ]);
    const [{ action, resource }] = denials;
    const failed = events.find(({ type }: { type: string }) => type === 'TaskFailed' || type === 'TaskSubmitFailed');
    expect(failed.taskFailedEventDetails ?? failed.taskSubmitFailedEventDetails).toMatchObject({
      error: 'Glue.AccessDeniedException',
      cause: expect.stringMatching(
        new RegExp(
          `^User: arn:aws:sts::123456789012:assumed-role/datalake/[\\w-]+ is not authorized to perform: ${action} on resource: ${resource.replaceAll('*', '\\*')} because no identity-based policy allows the ${action} action \\(Service: Glue, Status Code: 400\\)$`,
        ),
      ),
    });
    expect(err).toContain(
      `error SIM022  "${denials[0].state}" was denied: the role datalake may not ${action} on ${resource}`,
    );
    expect(err).toContain(`The policy lacks ${JSON.stringify(denials[0].missing)}`);
  });

  test('a cleanup machine is held against its own policy', async () => {
    const execution = 'arn:aws:states:us-east-1:123456789012:execution:prod-datalake:1';
    const cluster = { Id: 'j-1', Tags: [{ Key: 'dagwright:execution', Value: execution }] };
    const detail = {
      executionArn: execution,
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:prod-datalake',
      status: 'ABORTED',
    };
    const input = file('event.json', { detail });
    const mocks = file('mocks.json', {
      history: { 0: { Return: { Events: [] } } },
      clusters: { 0: { Return: { Clusters: [{ Id: 'j-1' }] } } },
      describe: { 0: { Return: { Cluster: cluster } } },
    });
    const args = [join(DAG, 'cleanup.json'), '--input', input, '--mocks', mocks, '--enforce-policy', '--json'];
    const allowed = await simulate(...args);
    expect([allowed.code, JSON.parse(allowed.out).denials]).toEqual([0, []]);

    const rest = statementsIn('cleanup_policy.json').filter(
      ({ Action }) => !Action?.includes('elasticmapreduce:TerminateJobFlows'),
    );
    const denied = await simulate(...args, '--policy', file('cleanup_policy.json', { Statement: rest }));
    expect(JSON.parse(denied.out).denials[0]).toMatchObject({
      state: 'terminate',
      action: 'elasticmapreduce:TerminateJobFlows',
      resource: 'arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/j-1',
    });
  });

  test.each([
    ['without an input', []],
    ['as a task starts it', ['--input', 'task']],
  ])('a cleanup machine %s is held against what it may do to its own machine', async (_, given) => {
    const execution = 'arn:aws:states:us-east-1:123456789012:execution:datalake:1';
    const input = given.map((one) => (one === 'task' ? file('task.json', { execution, state: ['silver'] }) : one));
    const { code, out, err } = await simulate(
      ...[join(DAG, 'cleanup.json'), ...input, '--samples', '--enforce-policy', '--json'],
    );
    expect([code, JSON.parse(out).status, JSON.parse(out).denials, err]).toEqual([0, 'SUCCEEDED', [], '']);
  });

  test('a cleanup machine that is given samples reads one page of a history, and ends', async () => {
    const detail = {
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:datalake:1',
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:datalake',
    };
    const args = [join(DAG, 'cleanup.json'), '--input', file('end.json', { detail }), '--samples', '--enforce-policy'];
    const { code, out } = await simulate(...args, '--json');
    expect([code, JSON.parse(out).status, JSON.parse(out).denials]).toEqual([0, 'SUCCEEDED', []]);
  });

  test('a compiled DAG whose policy is not there is to be compiled', async () => {
    const copied = join(folder, 'dist/copied');
    mkdirSync(copied, { recursive: true });
    for (const name of ['step_function.json', 'manifest.json'])
      writeFileSync(join(copied, name), readFileSync(join(DAG, name)));
    const { code, err } = await simulate(join(copied, 'step_function.json'), '--enforce-policy');
    expect([code, err]).toEqual([1, expect.stringContaining('error SIM020')]);
    expect(err).toContain('Compile the DAG');
  });

  test('the statement that is missing is the DAG’s own: its env, its executions, all that the call needs there', async () => {
    const machine = join(DAG, 'step_function.json');
    const denied = async (actions: RegExp) => {
      const rest = statementsIn('policy.json').filter(({ Action }) => !actions.test(`${Action}`));
      const named = ['--policy', file('own.json', { Version: '2012-10-17', Statement: rest })];
      const { out } = await simulate(machine, '--samples', '--enforce-policy', '--json', ...named);
      return JSON.parse(out).denials[0].missing;
    };
    expect((await denied(/iam:PassRole/)).Resource).toEqual([
      expect.stringMatching(/^arn:\$\{partition\}:iam::\$\{account\}:role\/\$\{\w+\}$/),
    ]);
    expect((await denied(/events:PutRule/)).Action).toEqual([
      'events:DescribeRule',
      'events:PutRule',
      'events:PutTargets',
    ]);
    expect((await denied(/elasticmapreduce:RunJobFlow/)).Condition).toEqual({
      StringLike: {
        'elasticmapreduce:RequestTag/dagwright:execution':
          'arn:${partition}:states:${region}:${account}:execution:${machine}:*',
      },
    });
  });

  test('keys that every request has are there: whose the resource is, what calls, and when', async () => {
    const machine = file('keys.json', {
      StartAt: 'read',
      States: {
        read: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
          Parameters: { Bucket: 'b', Key: 'k' },
          End: true,
        },
      },
    });
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const code = async (statements: readonly unknown[], ...more: string[]) => {
      const named = ['--policy', file('keys-policy.json', { Version: '2012-10-17', Statement: statements })];
      return (await simulate(machine, '--enforce-policy', ...named, ...more)).code;
    };
    const where = (Condition: unknown) => ({ ...all, Condition });
    expect(await code([where({ StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } })])).toBe(0);
    expect(await code([where({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } })])).toBe(0);
    expect(await code([where({ StringEquals: { 'aws:ResourceAccount': '999999999999' } })])).toBe(1);
    const until = {
      ...all,
      Effect: 'Deny',
      Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-06-01T00:00:00Z' } },
    };
    expect(await code([all, until])).toBe(0);
    expect(await code([all, until], '--now', '2026-07-01T00:00:00Z')).toBe(1);
  });

  test('any machine is held against the policy that is named', async () => {
    const machine = file('any.asl.json', {
      StartAt: 'write',
      States: {
        write: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:putItem',
          Parameters: { TableName: 'orders', Item: { id: { S: '1' } } },
          End: true,
        },
      },
    });
    const policyFor = (table: string) => ({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'dynamodb:Put*',
        Resource: `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`,
      },
    });
    const held = (policy: unknown) =>
      simulate(machine, '--enforce-policy', '--policy', file('p.json', policy), '--json');
    expect((await held(policyFor('orders'))).code).toBe(0);
    const { code, out } = await held(policyFor('others'));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      error: 'DynamoDB.AmazonDynamoDBException',
      denials: [
        {
          missing: { Resource: ['arn:aws:dynamodb:us-east-1:123456789012:table/orders'] },
          because: [{ statement: 0, reason: 'its resources are others' }],
        },
      ],
    });
  });

  test('what is wrong with the policy is said before anything runs', async () => {
    const machine = file('bare.json', { StartAt: 'a', States: { a: { Type: 'Pass', End: true } } });
    const said = async (...args: string[]) => {
      const { code, out, err } = await simulate(machine, ...args);
      expect(out).toBe('');
      return [code, err.split('\n')[0]];
    };
    expect(await said('--enforce-policy')).toEqual([
      1,
      expect.stringContaining('SIM020  --enforce-policy has no policy for'),
    ]);
    expect(await said('--policy', machine)).toEqual([2, 'error: --policy is for --enforce-policy']);
    expect(await said('--enforce-policy', '--policy', 'not-there.json')).toEqual([
      expect.any(Number),
      expect.stringContaining('CLI001'),
    ]);
    for (const none of [
      machine,
      file('list.json', []),
      file('p1.json', { Statement: [{ Effect: 'allow', Action: '*', Resource: '*' }] }),
    ])
      expect(await said('--enforce-policy', '--policy', none)).toEqual([1, expect.stringContaining('SIM021')]);
    const batch = file('b.jsonl', '');
    const { code, err } = await simulate('--batch', batch, '--enforce-policy');
    expect([code, err.split('\n')[0]]).toEqual([2, 'error: --enforce-policy is for one run, not for a batch']);
  });
});
