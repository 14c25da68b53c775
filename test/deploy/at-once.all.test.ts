import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { ROOT } from '../aws/deployer.ts';
import { ACCOUNT } from '../aws/ministack.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { optionsOf, project, REGION } from './support.ts';

emptyEndpoint();
let sfn: SFN;
beforeAll(() => {
  sfn = new SFN({ region: REGION, credentials: ROOT });
});
afterAll(() => sfn.destroy());

const MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings`;

const TIMES = 50;

test(`two deploys of different code at once, ${TIMES} times: the result is one of the two, whole`, async () => {
  const variants = [
    await project({ sql: 'SELECT 1' }),
    await project({ sql: 'SELECT 2', extra: 'SELECT 3', script: 'print("other")\n', schedule: null }),
  ];
  let last = 0;
  for (let i = 0; i < TIMES; i += 1) {
    const done = await Promise.all(variants.map((at) => deploy(optionsOf(at))));
    const { routingConfiguration } = await sfn.describeStateMachineAlias({ stateMachineAliasArn: `${MACHINE}:live` });
    const live = routingConfiguration![0]!.stateMachineVersionArn!;
    expect(done.map(({ version }) => version)).toContain(live);
    // Of the one that is live nothing is to be done, and of the other something is.
    const plans = await Promise.all(variants.map((at) => plan(optionsOf(at))));
    expect(plans.map(isEmpty).sort()).toEqual([false, true]);
    // Each made its own version, or found that it was there already.
    const number = Number(live.split(':').at(-1));
    expect(number - last).toBeGreaterThanOrEqual(1);
    expect(number - last).toBeLessThanOrEqual(2);
    last = number;
  }
}, 600_000);
