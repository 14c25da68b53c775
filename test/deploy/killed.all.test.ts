import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { thisProcess } from '../../deploy/lock.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { type FailingProxy, type Fate, startProxy } from '../aws/proxy.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { change, ENVIRONMENT, makeBucket, optionsOf, project, REGION } from './support.ts';

/** Time passes where somebody sleeps. */
const clock = { now: 0 };
const sleep = async (ms: number) => {
  clock.now += ms;
  // The endpoint makes functions ready in its own time.
  await pause(20);
};
const server = emptyEndpoint({ now: () => clock.now });
let proxy: FailingProxy;
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterAll(() => proxy.stop());

/** A process that is gone: what it held is left as a killed deploy leaves it. */
const GONE = { ...thisProcess(), pid: spawnSync(process.execPath, ['-e', '']).pid };
const NOW = () => new Date('2026-01-01T00:00:00Z');

/** A deploy whose calls go through the proxy, without a second try or with four. */
async function deployThrough(options: DeployOptions, more: Partial<DeployOptions> = {}, retried = false) {
  const before = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = proxy.url;
  // Only what is tried again has calls that are never answered; the others take their time on a busy machine.
  const clients = createClients({
    region: REGION,
    maxAttempts: retried ? 5 : 1,
    requestTimeoutMs: retried ? 2_000 : 60_000,
  });
  try {
    return await deploy({ ...options, clients, now: NOW, sleep, ...more });
  } finally {
    clients.destroy();
    process.env.AWS_ENDPOINT_URL = before;
  }
}

/** From the n-th call on nothing gets through, as for a process that was killed: it cannot even release its lock. */
const killedAt =
  (n: number, how: 'before' | 'after') =>
  (call: number): Fate =>
    call < n ? 'pass' : call === n ? how : 'before';

/** Roles and policies take half a minute to the services, and reads are of before the last write once. */
const AS_SLOW_AS_AWS = { propagationMs: 30_000, lag: 1 };
const AT_ONCE = { propagationMs: 0, lag: 0 };
beforeEach(() => server.aws.set(AT_ONCE));

interface Scenario {
  readonly name: string;
  /** What stands there before the deploy that is killed; answers its options. */
  readonly begin: () => Promise<DeployOptions>;
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'a first deploy', begin: async () => optionsOf(await project({ sql: 'SELECT 2' })) },
  {
    name: 'a deploy of changed code',
    begin: async () => {
      const at = await project({ extra: 'SELECT 3' });
      await deploy(optionsOf(at, { now: NOW }));
      await change(at.project, { sql: 'SELECT 2', script: 'print("better")\n', schedule: null });
      return optionsOf(at, { now: NOW });
    },
  },
  {
    name: 'a deploy that makes the roles which the machine hands on',
    begin: async () => {
      const at = await project();
      await deploy(optionsOf(at, { now: NOW }));
      const env = { ...ENVIRONMENT.env, emrRole: 'managed', emrProfile: 'managed' };
      return optionsOf(at, { now: NOW, environment: { ...ENVIRONMENT, env } });
    },
  },
  {
    name: 'a deploy of a changed function',
    begin: async () => {
      const at = await project({ answers: 1 });
      await deploy(optionsOf(at, { now: NOW }));
      await change(at.project, { answers: 2 });
      return optionsOf(at, { now: NOW });
    },
  },
];

describe.each(SCENARIOS)('$name', ({ begin }) => {
  test.each(['before', 'after'] as const)(
    'killed %s each of its calls is completed by the next one, as if nothing had happened',
    async (how) => {
      const reference = await (async () => {
        const options = await begin();
        server.aws.set(AS_SLOW_AS_AWS);
        proxy.begin(() => 'pass');
        await deployThrough(options);
        server.aws.set(AT_ONCE);
        return { calls: [...proxy.calls], current: await snapshot() };
      })();
      expect(reference.calls.length).toBeGreaterThan(50);
      for (const n of reference.calls.map((_, i) => i + 1)) {
        await server.reset();
        await makeBucket();
        const options = await begin();
        server.aws.set(AS_SLOW_AS_AWS);
        proxy.begin(killedAt(n, how));
        const ended = await deployThrough(options, { process: GONE }).then(
          () => 'done',
          () => 'killed',
        );
        // How often a function is asked whether it is ready differs: the last calls may not come.
        expect([n, ended]).toEqual([n, proxy.calls.length < n ? 'done' : 'killed']);
        proxy.begin(() => 'pass');
        await deploy({ ...options, now: NOW, sleep });
        server.aws.set(AT_ONCE);
        expect({ n, call: reference.calls[n - 1], current: await snapshot() }).toEqual({
          n,
          call: reference.calls[n - 1],
          current: reference.current,
        });
        expect(isEmpty(await plan(options))).toBe(true);
      }
    },
    1_200_000,
  );
});

describe('errors on the way', () => {
  /** Every call fails once, in one way after the other; asked again it succeeds. */
  const KINDS: readonly Fate[] = ['throttled', 'broken', 'before', 'after', 'silent'];

  test.each(KINDS.map((_, i) => i))(
    'throttling, 500, resets and timeouts (turn %d): the deploy succeeds, or the next one completes it',
    async (first) => {
      const reference = await (async () => {
        const options = await SCENARIOS[0]!.begin();
        await deploy({ ...options, now: NOW });
        return snapshot();
      })();
      await server.reset();
      await makeBucket();
      const options = await SCENARIOS[0]!.begin();
      proxy.begin((n, call, attempt) => {
        if (attempt > 1) return 'pass';
        const kind = KINDS[(first + n) % KINDS.length]!;
        // AWS answers a repeated PublishStateMachineVersion with the version that is there; ministack makes another.
        return kind === 'after' && call.endsWith('PublishStateMachineVersion') ? 'before' : kind;
      });
      await deployThrough(options, {}, true);
      expect(await snapshot()).toEqual(reference);
    },
    600_000,
  );
});
