import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { build } from 'esbuild';
import { ACCOUNT } from '../aws/deployer.ts';
import { type FailingProxy, startProxy } from '../aws/proxy.ts';
import type { StrictAws } from '../aws/strict/strict-aws.ts';
import { type Ended, runProgram } from '../command.ts';
import { BUCKET, makeBucket, REGION } from '../deploy/support.ts';
import { REPOSITORY } from '../local/support.ts';
import { type AccountWithMachines, startAccountWithMachines } from './account-with-machines.ts';
import { startEnds } from './ends.ts';
import { startTicks } from './ticks.ts';

/** Who runs the suite: an administrator of the account. */
const KEY = 'administrator';
const ADMINISTRATOR = {
  arn: `arn:aws:iam::${ACCOUNT}:user/administrator`,
  policies: [
    {
      name: 'all',
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
    },
  ],
};

/** An account for the suite: the strict AWS before an emulator, whose S3 is the lake of a `serve` that runs the machines. */
export interface TestAccount {
  readonly aws: StrictAws;
  /** What stands before all of it, and can break off at any call. */
  readonly proxy: FailingProxy;
  readonly start: (...args: string[]) => { readonly child: ChildProcess; readonly ended: Promise<Ended> };
  /** Runs the suite to its end, with other variables where they are given. */
  readonly suite: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>;
}

export const PLACE = ['--region', REGION, '--bucket', BUCKET] as const;

/** Bundled as `npm run aws:acceptance` does. */
const PROGRAM = join(REPOSITORY, '.dagwright/acceptance/main.mjs');

export function testAccount(): TestAccount {
  let account: AccountWithMachines;
  let proxy: FailingProxy;
  const stops: (() => unknown)[] = [];
  beforeAll(async () => {
    await bundled();
    account = await startAccountWithMachines({ [KEY]: ADMINISTRATOR });
    proxy = await startProxy(account.aws.url);
    const ticks = startTicks(account.aws.url);
    const ends = startEnds(account.aws);
    stops.push(ticks.stop, ends.stop, proxy.stop, account.stop);
  }, 600_000);
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach(async () => {
    await account.reset();
    await makeBucket();
  });
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM, ...args], {
      cwd: REPOSITORY,
      env: environment(proxy.url),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const code = new Promise<number | null>((done) => child.once('close', done));
    const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([c, out, err]) => ({
      ...{ code: c, out, err },
    }));
    return { child, ended };
  };
  return {
    get aws() {
      return account.aws;
    },
    get proxy() {
      return proxy;
    },
    start,
    suite: (args, env) => runProgram(PROGRAM, args, { cwd: REPOSITORY, env: { ...environment(proxy.url), ...env } }),
  };
}

/** What lets the suite reach the account, and nothing of this machine's own AWS settings. */
function environment(url: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: KEY,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
}

async function bundled(): Promise<void> {
  await build({
    entryPoints: [join(REPOSITORY, 'acceptance/main.ts')],
    outfile: PROGRAM,
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', sourcemap: true, logLevel: 'warning' },
  });
}
