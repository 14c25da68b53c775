import { IAM } from '@aws-sdk/client-iam';
import { SFN } from '@aws-sdk/client-sfn';
import { describe, expect, test } from '@jest/globals';
import { deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer, ROOT } from '../aws/deployer.ts';
import { runMachine } from '../aws/strict/machine-run.ts';
import { executionEnded, tick } from '../aws/strict/triggers.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { change, ENVIRONMENT, optionsOf, project } from './support.ts';

const PARTITIONS = [
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-eusc', 'eusc-de-east-1'],
] as const;

describe.each(PARTITIONS)('in the partition %s', (partition, region) => {
  const server = emptyEndpoint({ partition, region, callers: { [DEPLOYER_KEY]: deployer({ partition }) } });
  const environment = {
    ...ENVIRONMENT,
    region,
    env: { ...ENVIRONMENT.env, emrRole: 'managed', emrProfile: 'managed' },
    alarms: { topic: `arn:${partition}:sns:${region}:${ACCOUNT}:ops` },
  };
  const machine = `arn:${partition}:states:${region}:${ACCOUNT}:stateMachine:ratings`;
  const where = { partition, region };

  test('all that is made is of it: machines, policies, trusts; and what deploy made is fired', async () => {
    const at = await project();
    const options = optionsOf(at, { environment });
    const { version } = await deploy(options);
    expect(version).toBe(`${machine}:1`);
    const sfn = new SFN({ region, credentials: ROOT });
    const iam = new IAM({ region, credentials: ROOT });
    const texts: string[] = [];
    for (const { stateMachineArn } of (await sfn.listStateMachines({})).stateMachines!)
      texts.push((await sfn.describeStateMachine({ stateMachineArn })).definition!);
    for (const { RoleName, AssumeRolePolicyDocument } of (await iam.listRoles({})).Roles!) {
      texts.push(decodeURIComponent(AssumeRolePolicyDocument!));
      for (const PolicyName of (await iam.listRolePolicies({ RoleName })).PolicyNames!)
        texts.push(decodeURIComponent((await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument!));
    }
    expect(texts.length).toBeGreaterThan(10);
    expect(new Set(texts.flatMap((text) => [...text.matchAll(/arn:([a-z-]+):/g)].map(([, of]) => of)))).toEqual(
      new Set([partition]),
    );
    expect(
      await tick(
        server.aws,
        { name: 'dagwright-ratings', group: 'dagwright-ratings', at: '2026-01-31T00:00:00Z' },
        where,
      ),
    ).toMatchObject({ status: 'SUCCEEDED' });
    const arn = `arn:${partition}:states:${region}:${ACCOUNT}:execution:ratings:20260131T000000Z-1`;
    expect(await executionEnded(server.aws, { arn, status: 'ABORTED' }, where)).toMatchObject([
      { status: 'SUCCEEDED' },
    ]);
    await change(at.project, { sql: 'SELECT 2' });
    expect((await deploy(options)).version).toBe(`${machine}:2`);
    expect(isEmpty(await plan(options))).toBe(true);
    expect(server.aws.denied).toEqual([]);
    for (const client of [sfn, iam]) client.destroy();
  });

  test('a machine with a resource of another partition ends with States.Runtime, which nothing catches', async () => {
    await deploy(optionsOf(await project(), { environment }));
    const sfn = new SFN({ region, credentials: ROOT });
    const call = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sfn:listStateMachines', Arguments: {}, End: true };
    const States = { a: { ...call, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'b' }] }, b: { Type: 'Succeed' } };
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'a', States });
    const roleArn = `arn:${partition}:iam::${ACCOUNT}:role/dagwright-ratings`;
    const { stateMachineArn } = await sfn.createStateMachine({ name: 'ratings-foreign', definition, roleArn });
    sfn.destroy();
    expect(await runMachine(server.aws, stateMachineArn!, {})).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The resource belongs to a different partition from the running execution.',
    });
  });
});
