import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineVersionsCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Dag, env } from '../../../authoring/index.ts';
import { planResume } from '../../../runs/resume/resume.ts';
import { startRemaining } from '../../../runs/resume/start.ts';
import { aws } from '../../../tasks/index.ts';
import { type FailingProxy, startProxy } from '../../aws/proxy.ts';
import { until } from '../../endpoint/support.ts';
import { alone, type Deployed, deployedProject } from './support.ts';

/** A resume that dies at its n-th call, whether that was done or not: after the next one the date has run once, and nothing is left over. */

let project: Deployed;
let proxy: FailingProxy;
beforeAll(async () => {
  project = await deployedProject();
  proxy = await startProxy(project.url);
});
afterAll(async () => {
  await proxy.stop();
  await project.close();
});

function dagOf(id: string): Dag {
  const dag = new Dag(id, { env: { lake: env.bucket() } });
  const get = (Key: string) => aws({ service: 's3', action: 'getObject', parameters: { Bucket: dag.env.lake, Key } });
  const [first, second] = [dag.task('first', get('there')), dag.task('second', get(`${id}/missing`))];
  dag.task('last', get('there')).after(first, second);
  return dag;
}

const machineArn = (dag: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${dag}`;

async function ended(dag: string, name: string): Promise<string> {
  const executionArn = `arn:aws:states:us-east-1:123456789012:execution:${dag}:${name}`;
  const describe = () => project.sfn.send(new DescribeExecutionCommand({ executionArn }));
  return (await until(describe, ({ status }) => status !== 'RUNNING')).status!;
}

async function standing(dag: string) {
  const stateMachineArn = machineArn(dag);
  const { definition } = await project.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const alias = await project.sfn.send(
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${stateMachineArn}:live` }),
  );
  const { stateMachineVersions } = await project.sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn }));
  return { definition, alias: alias.routingConfiguration, versions: stateMachineVersions!.length };
}

async function resume(dag: string, url: string): Promise<void> {
  process.env.AWS_ENDPOINT_URL_SFN = url;
  await project.operating(dag, async (operation) => {
    const plan = await planResume(operation, { dist: project.dist });
    if (plan.how === 'machine') await startRemaining(operation, plan, alone);
  });
}

test.each(['before', 'after'] as const)(
  'killed at every call, the connection breaking %s it is done',
  async (fate) => {
    await project.put('there');
    let whole = false;
    for (let n = 1; !whole; n++) {
      const dag = `killed-${fate}-${n}`;
      await project.deploy(dagOf(dag));
      await project.sfn.send(
        new StartExecutionCommand({ stateMachineArn: `${machineArn(dag)}:live`, name: '20260101T000000Z-1' }),
      );
      expect(await ended(dag, '20260101T000000Z-1')).toBe('FAILED');
      await project.put(`${dag}/missing`);
      const before = await standing(dag);
      // The n-th call and everything behind it: nobody is there any more.
      proxy.begin((call) => (call < n ? 'pass' : call === n ? fate : 'before'));
      await resume(dag, proxy.url).catch(() => undefined);
      whole = proxy.calls.length < n;
      const started = async () => {
        const stateMachineArn = machineArn(dag);
        const { executions } = await project.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
        return executions!.map(({ name }) => name!).sort();
      };
      const names = await started();
      expect((await standing(dag)).alias).toEqual(before.alias);
      if (names.length === 1) {
        await resume(dag, project.url);
        expect(await ended(dag, '20260101T000000Z-2')).toBe('SUCCEEDED');
        expect(await standing(dag)).toEqual(before);
      } else {
        // It was started: one version may be left, which the next resume or a deploy takes away.
        expect(await ended(dag, '20260101T000000Z-2')).toBe('SUCCEEDED');
        const { definition, versions } = await standing(dag);
        expect(definition).toBe(before.definition);
        expect(versions).toBeLessThanOrEqual(2);
        if (whole) expect(versions).toBe(1);
      }
      expect(await started()).toEqual(['20260101T000000Z-1', '20260101T000000Z-2']);
    }
  },
  300_000,
);

test('throttled, broken or cut off once at every call: it goes through', async () => {
  await project.put('there');
  const fates = ['throttled', 'broken', 'before', 'after'] as const;
  for (let n = 1; ; n++) {
    const dag = `troubled-${n}`;
    await project.deploy(dagOf(dag));
    await project.sfn.send(
      new StartExecutionCommand({ stateMachineArn: `${machineArn(dag)}:live`, name: '20260101T000000Z-1' }),
    );
    expect(await ended(dag, '20260101T000000Z-1')).toBe('FAILED');
    await project.put(`${dag}/missing`);
    const before = await standing(dag);
    proxy.begin((call) => (call === n ? fates[n % fates.length]! : 'pass'));
    await resume(dag, proxy.url);
    expect(await ended(dag, '20260101T000000Z-2')).toBe('SUCCEEDED');
    expect(await standing(dag)).toEqual(before);
    if (proxy.calls.length < n) break;
  }
}, 300_000);
