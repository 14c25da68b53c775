import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { ROOT } from '../aws/deployer.ts';
import { ACCOUNT } from '../aws/ministack.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { BUCKET, change, optionsOf, project, REGION } from './support.ts';

emptyEndpoint();
let sfn: SFN;
beforeAll(() => {
  sfn = new SFN({ region: REGION, credentials: ROOT });
});
afterAll(() => sfn.destroy());

const MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings`;

describe('deploy', () => {
  test('plan, deploy, plan: first everything is new, then nothing is to be done', async () => {
    const at = await project();
    const before = await plan(optionsOf(at));
    expect(before.changes.every(({ action }) => action === 'create')).toBe(true);
    expect(before.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'role dagwright-ratings',
      'log-group /aws/vendedlogs/states/ratings',
      'machine ratings',
      'alias live',
      'role dagwright-ratings-cleanup',
      'machine ratings-cleanup',
      'role dagwright-ratings-rule',
      'rule dagwright-ratings-cleanup',
      'role dagwright-ratings-start',
      'machine ratings-start',
      'role dagwright-ratings-schedule',
      'schedule-group dagwright-ratings',
      'schedule dagwright-ratings',
    ]);
    const { version } = await deploy(optionsOf(at));
    expect(version).toBe(`${MACHINE}:1`);
    expect(isEmpty(await plan(optionsOf(at)))).toBe(true);
    expect(await deploy(optionsOf(at))).toEqual({ plan: expect.objectContaining({ changes: [], assets: [] }) });
  });

  test('the definition at the endpoint is dist’s with its placeholders filled', async () => {
    const at = await project();
    await deploy(optionsOf(at));
    const built = JSON.parse(await readFile(join(at.dist, 'ratings/step_function.json'), 'utf8'));
    const { definition } = await sfn.describeStateMachine({ stateMachineArn: `${MACHINE}:1` });
    expect(definition).not.toContain('${');
    expect(JSON.parse(definition!)).toEqual(
      fillPlaceholders(built, {
        lake: 'my-lake',
        emrRole: 'emr-service',
        emrProfile: 'emr-ec2',
        assets: `s3://${BUCKET}/dagwright/ratings/assets`,
        machine: 'ratings',
        region: REGION,
        account: ACCOUNT,
        partition: 'aws',
      }),
    );
  });

  test('a changed task is the only change, and becomes the next version', async () => {
    const at = await project();
    await deploy(optionsOf(at));
    await change(at.project, { sql: 'SELECT 2' });
    const { changes } = await plan(optionsOf(at));
    expect(changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
      'update machine ratings',
      'update alias live',
    ]);
    expect(changes[0]!.machine).toEqual({
      added: [],
      removed: [],
      renamed: [],
      fields: [],
      changed: [{ state: 'count', fields: [{ field: 'Arguments.QueryString', from: 'SELECT 1', to: 'SELECT 2' }] }],
    });
    expect((await deploy(optionsOf(at))).version).toBe(`${MACHINE}:2`);
    const { routingConfiguration } = await sfn.describeStateMachineAlias({ stateMachineAliasArn: `${MACHINE}:live` });
    expect(routingConfiguration).toEqual([{ stateMachineVersionArn: `${MACHINE}:2`, weight: 100 }]);
    expect(isEmpty(await plan(optionsOf(at)))).toBe(true);
  });
});
