import { spawnSync } from 'node:child_process';
import type { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { deploy } from '../../deploy/deploy.ts';
import { type DestroyOptions, destroy } from '../../deploy/destroy.ts';
import { thisProcess } from '../../deploy/lock.ts';
import { Stop } from '../../diagnostics/index.ts';
import { ACCOUNT, ROOT } from '../aws/deployer.ts';
import { type FailingProxy, startProxy } from '../aws/proxy.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { makeBucket, optionsOf, project, REGION } from './support.ts';

/** A DAG is removed while it runs. The machines hold what a test wants: they wait, end well or fail. */
const server = emptyEndpoint();
let proxy: FailingProxy;
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterAll(() => proxy.stop());

const arn = (name: string) => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;
const RUN = `${arn('ratings').replace(':stateMachine:', ':execution:')}:20260101T000000Z-1`;
const waits = (seconds: number) => ({ StartAt: 'w', States: { w: { Type: 'Wait', Seconds: seconds, End: true } } });
const FAILS = { StartAt: 'f', States: { f: { Type: 'Fail', Error: 'EMR.Denied', Cause: 'not allowed' } } };

let sfn: SFN;
let before: Awaited<ReturnType<typeof snapshot>>;
beforeEach(async () => {
  sfn = await createClients({ region: REGION, credentials: ROOT }).sfn();
  before = await snapshot();
});

const holds = (machine: string, definition: object) =>
  sfn.updateStateMachine({ stateMachineArn: arn(machine), definition: JSON.stringify(definition) });

/** Deployed, with a run under way that takes so long. */
async function running(seconds: number, cleanup: object = waits(0)): Promise<DestroyOptions> {
  const options = optionsOf(await project());
  await deploy(options);
  await holds('ratings', waits(seconds));
  await holds('ratings-cleanup', cleanup);
  await sfn.startExecution({ stateMachineArn: arn('ratings'), name: '20260101T000000Z-1' });
  return { ...options, sleep: (ms) => new Promise((done) => setTimeout(done, Math.min(ms, 200))) };
}

async function said(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stop)) throw error ?? new Error('it succeeded');
  return error.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
}

describe('a run is under way', () => {
  test('nothing is removed, and it is said which', async () => {
    const options = await running(60);
    const current = await snapshot();
    let asked = false;
    const confirm = async () => {
      asked = true;
      return true;
    };
    expect(await said(destroy(options, confirm))).toBe('DEP030 A run of "ratings" is under way: 20260101T000000Z-1.');
    expect(asked).toBe(false);
    expect(await snapshot()).toEqual(current);
  });

  test('--stop stops it, and what cleans up after it has ended before anything of that is removed', async () => {
    const options = await running(60, waits(2));
    const steps: string[] = [];
    const ends: Promise<{ status?: string | undefined }>[] = [];
    const onProgress = (text: string) => {
      steps.push(text);
      if (text.startsWith('clean up after')) ends.push(sfn.describeExecution({ executionArn: RUN }));
    };
    const removed = await destroy({ ...options, runs: 'stop', onProgress });
    expect(removed!.runs).toEqual(['20260101T000000Z-1']);
    expect((await Promise.all(ends)).map(({ status }) => status)).toEqual(['ABORTED']);
    const at = (text: string) => steps.findIndex((step) => step.startsWith(text));
    const order = [
      'delete the schedule ',
      'delete the starter ',
      'stop the run 20260101T000000Z-1',
      'clean up after 20260101T000000Z-1',
      'wait for what cleans up after 20260101T000000Z-1',
      'delete the machine ',
      'delete what starts the cleanup',
      'delete the cleanup machine',
    ].map(at);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(await snapshot()).toEqual(before);
  });

  test('--wait waits for its end', async () => {
    const options = await running(3);
    const steps: string[] = [];
    await destroy({ ...options, runs: 'wait', onProgress: (text) => steps.push(text) });
    expect(steps.filter((step) => /the run/.test(step))).toEqual(['wait for the run 20260101T000000Z-1']);
    expect(steps).toContain('clean up after 20260101T000000Z-1');
    expect(await snapshot()).toEqual(before);
  });

  test('a cleanup that fails leaves itself, the rule and the roles, and the next destroy tries it again', async () => {
    const options = { ...(await running(60, FAILS)), runs: 'stop' as const };
    expect(await said(destroy(options))).toBe(
      'DEP031 What the run 20260101T000000Z-1 left could not be ended: EMR.Denied: not allowed.',
    );
    expect(Object.keys(await snapshot())).toEqual(
      expect.arrayContaining([arn('ratings'), arn('ratings-cleanup'), 'role dagwright-ratings-cleanup']),
    );
    await holds('ratings-cleanup', waits(0));
    await destroy(options);
    expect(await snapshot()).toEqual(before);
  });

  test('a cleanup that does not end is not waited for without an end', async () => {
    const options = { ...(await running(60, waits(60))), runs: 'stop' as const, cleanupWaitMs: 10_000 };
    expect(await said(destroy(options))).toMatch(/^DEP032 ratings-cleanup still cleans up after runs/);
    expect(Object.keys(await snapshot())).toContain(arn('ratings-cleanup'));
  });
});

/** A process that is gone: what it held is left as a killed one leaves it. */
const GONE = { ...thisProcess(), pid: spawnSync(process.execPath, ['-e', '']).pid };

test('killed at any of its calls while it stops a run, the next one cleans up and removes everything', async () => {
  const through = async (options: DestroyOptions) => {
    const url = process.env.AWS_ENDPOINT_URL;
    process.env.AWS_ENDPOINT_URL = proxy.url;
    const clients = createClients({ region: REGION, maxAttempts: 1 });
    try {
      return await destroy({ ...options, clients });
    } finally {
      clients.destroy();
      process.env.AWS_ENDPOINT_URL = url;
    }
  };
  proxy.begin(() => 'pass');
  await through({ ...(await running(60)), runs: 'stop' });
  const calls = [...proxy.calls];
  const first = calls.findIndex((call) => call.includes('lock.json'));
  const places = calls.map((_, i) => i + 1).filter((n) => n > first && n % 3 === 0);
  expect(places.length).toBeGreaterThan(2);
  for (const n of places) {
    await server.reset();
    await makeBucket();
    const options = await running(60);
    proxy.begin((call) => (call < n ? 'pass' : call === n ? (n % 2 === 0 ? 'before' : 'after') : 'before'));
    await expect(through({ ...options, runs: 'stop', process: GONE })).rejects.toThrow();
    const proxyCalls = [...proxy.calls].slice(0, n % 2 === 0 ? n - 1 : n);
    proxy.begin(() => 'pass');
    const cleaned: string[] = [];
    await destroy({ ...options, runs: 'stop', onProgress: (text) => cleaned.push(text) });
    const killedIn = calls[n - 1];
    expect({ killedIn, left: Object.keys(await snapshot()) }).toEqual({ killedIn, left: Object.keys(before) });
    // By the one or by the other, and before its machine went.
    const byTheFirst = proxyCalls.some((call) => call.includes('StartExecution'));
    expect({ killedIn, cleaned: byTheFirst || cleaned.includes('clean up after 20260101T000000Z-1') }).toEqual({
      killedIn,
      cleaned: true,
    });
  }
}, 1_200_000);
