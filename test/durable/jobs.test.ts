import { describe, expect, test } from '@jest/globals';
import type { Execution } from '../../asl/interpret/options.ts';
import type { JsonObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { OPTIMIZED, SDK_OF_OPTIMIZED } from '../../asl/services/index.ts';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { aws } from '../../tasks/index.ts';
import { jobOf } from '../../tasks/services.ts';
import { sized } from '../sized.ts';
import { type Aborted, Account, type Behaviour } from './account.ts';
import { SERVICES } from './services.ts';

const HOUR = 3600;
const PLACE = {
  partition: 'aws',
  region: 'us-east-1',
  account: '123456789012',
  machine: 'dag',
  cleanup: 'dag-cleanup',
};

const machines = new Map<string, { machine: StateMachine; cleanup: StateMachine }>();

/** A DAG of one job that is tried again once, and may take an hour. */
function machinesOf(title: string) {
  const known = machines.get(title);
  if (known !== undefined) return known;
  const { parameters } = SERVICES[title]!;
  const dag = new Dag('dag');
  dag.task('job', callOf(title, parameters), { retries: 1, retryDelay: '1m', executionTimeout: '1h' });
  const made = compiled(dag);
  machines.set(title, made);
  return made;
}

function callOf(title: string, parameters: JsonObject) {
  const [, integration = '', action = ''] = /^([^:]+):(\w+)\./.exec(SERVICES[title]!.start)!;
  return aws({ service: SDK_OF_OPTIMIZED[integration] ?? integration, action, pattern: 'sync', parameters } as never);
}

function compiled(dag: Dag) {
  const { files } = compileDag(dag);
  const read = (file: string) => fillPlaceholders(JSON.parse(files.get(file) as string), PLACE) as StateMachine;
  return { machine: read('step_function.json'), cleanup: read('cleanup.json') };
}

async function run(title: string, behaviour: Behaviour, aborted?: Aborted) {
  const { machine, cleanup } = machinesOf(title);
  const account = new Account(SERVICES[title]!, behaviour);
  const execution = await account.run(machine, cleanup, aborted);
  return { account, execution, cleanUp: () => account.cleanUp(cleanup, execution) };
}

/** Nothing ran twice at a time, and nothing runs any more. */
function expectAllEnded(account: Account, { stoppedAt }: Execution): void {
  expect(account.mostAtOnce()).toBeLessThanOrEqual(1);
  expect(account.running(stoppedAt)).toEqual([]);
}

const LATE = { seconds: 3 * HOUR };
const QUICK = { seconds: 60 };

test('every job that `.sync` waits for has its data, or is known to have no end of its own', () => {
  const waiting = Object.entries(OPTIMIZED).flatMap(([service, actions]) =>
    Object.entries(actions).flatMap(([action, patterns]) =>
      patterns.filter((one) => /^sync/.test(one)).map((pattern) => `${service}:${action}.${pattern}`),
    ),
  );
  const jobless = waiting.filter((call) => jobOf(`arn:aws:states:::${call}`) === undefined);
  expect(jobless.sort()).toEqual([
    // What is made to stay, and what ends something: to be called twice is no harm.
    'eks:createCluster.sync',
    'eks:createFargateProfile.sync',
    'eks:createNodegroup.sync',
    'eks:deleteCluster.sync',
    'eks:deleteFargateProfile.sync',
    'eks:deleteNodegroup.sync',
    'eks:runJob.sync',
    'elasticmapreduce:terminateCluster.sync',
    'emr-containers:deleteVirtualCluster.sync',
    'emr-serverless:cancelJobRun.sync',
    'emr-serverless:deleteApplication.sync',
    'emr-serverless:startApplication.sync',
    'emr-serverless:stopApplication.sync',
  ]);
  const titles = waiting.flatMap((call) => jobOf(`arn:aws:states:::${call}`)?.title ?? []);
  const tested = Object.keys(SERVICES);
  // SageMaker's five are made by one function.
  expect([...new Set(titles.map((one) => one.replace(/^SageMaker .* job$/, 'SageMaker training job')))].sort()).toEqual(
    tested.sort(),
  );
});

describe.each(Object.keys(SERVICES).filter((_, i) => i % sized(3, 1) === 0))('%s', (title) => {
  test('that timed out has ended before the next try', async () => {
    const { account, execution, cleanUp } = await run(title, { plans: [LATE, QUICK], stopSeconds: 45 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(account.jobs).toHaveLength(2);
    expectAllEnded(account, execution);
    // What the cleanup then finds is nothing, and it does not fail.
    expect((await cleanUp()).status).toBe('SUCCEEDED');
    expect(account.cleanups).toHaveLength(2);
  });

  test('whose call failed while it was asked how it is has ended before the next try', async () => {
    const throttled = { seconds: 3 * HOUR, says: { error: 'Any.ThrottlingException', after: 120 } };
    const { account, execution } = await run(title, { plans: [throttled, QUICK], stopSeconds: 45 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(account.jobs).toHaveLength(2);
    expectAllEnded(account, execution);
  });

  test('that timed out and whose end is throttled has ended before the next try', async () => {
    const { account, execution } = await run(title, { plans: [LATE, QUICK], throttled: 7 });
    expect(execution.status).toBe('SUCCEEDED');
    expect(account.jobs).toHaveLength(2);
    expectAllEnded(account, execution);
  });

  test('that nobody can end is not tried again', async () => {
    const { account, execution, cleanUp } = await run(title, {
      plans: [{ seconds: 100 * HOUR }],
      stopSeconds: Number.POSITIVE_INFINITY,
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Job.StillRunning' });
    expect(execution.cause).toMatch(/After States\.Timeout its job may still run/);
    expect(account.jobs).toHaveLength(1);
    // Asked for half an hour, twice, and the cleanup of the end says so as well.
    expect(execution.stoppedAt - execution.startedAt).toBeLessThan(2.5 * HOUR * 1000);
    expect(await cleanUp()).toMatchObject({ status: 'FAILED', error: 'Job.StillRunning' });
  });

  test('that failed by itself is tried again without more ado', async () => {
    const failed = { seconds: 60, says: { error: 'States.TaskFailed', after: 60 } };
    const { account, execution } = await run(title, { plans: [failed, QUICK] });
    expect(execution.status).toBe('SUCCEEDED');
    expect(account.cleanups).toEqual([]);
  });

  test('of a call that was refused is not there, and the call is made again', async () => {
    const account = new Account(SERVICES[title]!, { plans: [{ seconds: 0, refused: true }] });
    const { machine, cleanup } = machinesOf(title);
    const execution = await account.run(machine, cleanup);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Any.RefusedException' });
    expect(account.cleanups.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('of an execution that is aborted is ended by the cleanup, throttled as that may be', async () => {
    const behaviour = { plans: [{ ...LATE, hangs: true as const }], throttled: 5, stopSeconds: 45 };
    const { account, execution, cleanUp } = await run(title, behaviour, 'when submitted');
    expect(execution.status).toBe('ABORTED');
    expect(account.running(execution.stoppedAt)).toHaveLength(1);
    const cleanup = await cleanUp();
    expect(cleanup.status).toBe('SUCCEEDED');
    expectAllEnded(account, cleanup);
  });

  test('of an execution that is aborted while it is ended is ended by the cleanup', async () => {
    const { account, execution, cleanUp } = await run(
      title,
      { plans: [LATE], stopSeconds: 45 },
      'while a job is ended',
    );
    expect(execution.status).toBe('ABORTED');
    expect(account.running(execution.stoppedAt)).toHaveLength(1);
    const cleanup = await cleanUp();
    expect(cleanup.status).toBe('SUCCEEDED');
    expectAllEnded(account, cleanup);
  });

  test('of an execution that is aborted before it starts is never there', async () => {
    const { account, execution, cleanUp } = await run(title, { plans: [QUICK] }, 'at once');
    expect(execution.status).toBe('ABORTED');
    expect(account.jobs).toEqual([]);
    expect((await cleanUp()).status).toBe('SUCCEEDED');
  });

  test('of a task beside another that is given up goes on to its end', async () => {
    const { parameters } = SERVICES[title]!;
    const dag = new Dag('dag');
    const spec = { retries: 1, retryDelay: '1m' } as const;
    dag.task('a', callOf(title, parameters), { ...spec, executionTimeout: '1h' });
    // A name that is taken once is another one for the second task.
    const others = JSON.parse(JSON.stringify(parameters).replace('job-1', 'job-2')) as JsonObject;
    dag.task('b', callOf(title, others), { ...spec, executionTimeout: '5h' });
    const { machine, cleanup } = compiled(dag);
    const account = new Account(SERVICES[title]!, { plans: [LATE, { seconds: 2 * HOUR }, QUICK], stopSeconds: 45 });
    const execution = await account.run(machine, cleanup);
    expect(execution.status).toBe('SUCCEEDED');
    const [first, beside, second] = account.jobs;
    expect(account.jobs).toHaveLength(3);
    expect(first!.stopped).toBeLessThanOrEqual(second!.began);
    expect(beside!.stopped).toBeUndefined();
    expect(account.running(second!.began)).toEqual([beside, second]);
    expect((await account.cleanUp(cleanup, execution)).status).toBe('SUCCEEDED');
    expect(beside!.stopped).toBeUndefined();
  });
});

describe('a history of which a page is too large', () => {
  const title = 'Glue job run';
  const plans = [LATE, QUICK];

  test.each([
    ['is read by smaller pages', { from: 0, after: 10 }, ['100 from 0', '10 from 0']],
    ['is read event by event, if need be', { from: 0, after: 1 }, ['100 from 0', '10 from 0', '1 from 0']],
    ['is read anew from its start', { from: 3, after: 10 }, ['100 from 0', '100 from 3', '10 from 0', '10 from 3']],
  ])('%s', async (_, fits, first) => {
    const { account, execution } = await run(title, { plans, stopSeconds: 45, fits });
    expect(execution.status).toBe('SUCCEEDED');
    expect(account.jobs).toHaveLength(2);
    expect(account.jobs[0]!.stopped).toBeDefined();
    expectAllEnded(account, execution);
    expect(account.pages.slice(0, first.length).map(({ most, from }) => `${most} from ${from}`)).toEqual(first);
  });

  test('and of which one event is too large leaves the task without another try', async () => {
    const { account, execution, cleanUp } = await run(title, { plans, fits: { from: 0, after: 0 } });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Job.StillRunning' });
    expect(account.jobs).toHaveLength(1);
    expect(await cleanUp()).toMatchObject({ status: 'FAILED', error: 'Cleanup.HistoryTooLarge' });
  });
});
