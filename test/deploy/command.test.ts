import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { ACCOUNT, ROOT } from '../aws/deployer.ts';
import { type FailingProxy, startProxy } from '../aws/proxy.ts';
import { type Ended, runCommand, startCommand } from '../command.ts';
import { writeFiles } from '../local/support.ts';
import { testOfAll } from '../sized.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { change, makeBucket, project } from './support.ts';

/** The commands as a user runs them, on what `npm run build` made. */
const server = emptyEndpoint();
let proxy: FailingProxy;
let at: { readonly project: string };
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterAll(() => proxy.stop());
beforeEach(async () => {
  at = await project();
  await writeFiles(at.project, { 'dagwright.yaml': CONFIG });
});

const CONFIG = `environments:
  dev:
    region: us-east-1
    artifacts: my-artifacts
    env: { lake: '\${LAKE}', emrRole: managed, emrProfile: managed }
`;

function dagwright(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  onStart?: (kill: () => void) => void,
): Promise<Ended> {
  const options = { cwd: at.project, env: { ...process.env, LAKE: 'my-lake', NO_COLOR: '1', ...env } };
  if (onStart === undefined) return runCommand(args, options);
  const { child, ended } = startCommand(args, options);
  onStart(() => child.kill('SIGKILL'));
  return ended;
}

test('plan, deploy, plan, rollback, destroy', async () => {
  const first = await dagwright(['plan', '--exit-code']);
  expect([first.code, first.err]).toEqual([4, '']);
  expect(first.out).toContain('ratings → dev (000000000000, us-east-1)\n');
  expect(first.out).toContain('  + the machine ratings\n');
  const deployed = await dagwright(['deploy', 'ratings', '--yes', '--json']);
  expect(deployed.code).toBe(0);
  expect(JSON.parse(deployed.out)).toMatchObject([{ dag: 'ratings', version: expect.stringMatching(/ratings:1$/) }]);
  expect(await dagwright(['plan', '--exit-code'])).toMatchObject({
    code: 0,
    out: 'ratings → dev (000000000000, us-east-1)\n  nothing to do\n',
  });
  await change(at.project, { sql: 'SELECT 2' });
  expect((await dagwright(['plan'])).out).toBe(
    [
      'ratings → dev (000000000000, us-east-1)',
      '  ~ the machine ratings',
      '      ~ state count',
      '        Arguments.QueryString: "SELECT 1" → "SELECT 2"',
      '  ~ what runs live',
      '      version: 1 → "the version of this machine"',
      '',
    ].join('\n'),
  );
  await dagwright(['deploy', '--yes']);
  const back = await dagwright(['rollback', '--yes', '--json']);
  expect(JSON.parse(back.out)).toMatchObject({ to: expect.stringMatching(/:1$/) });
  const destroyed = await dagwright(['destroy', '--yes']);
  expect([destroyed.code, destroyed.code === 0 ? '' : destroyed.err]).toEqual([0, '']);
  expect(await snapshot()).toEqual({});
});

testOfAll(
  'destroy with a run under way: refused with 1, with --stop it is stopped, both words at once are wrong usage',
  async () => {
    await dagwright(['deploy', '--yes']);
    const aws = createClients({ region: 'us-east-1', credentials: ROOT });
    const sfn = await aws.sfn();
    const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:ratings`;
    const waits = { StartAt: 'w', States: { w: { Type: 'Wait', Seconds: 600, End: true } } };
    await sfn.updateStateMachine({ stateMachineArn, definition: JSON.stringify(waits) });
    const ends = { StartAt: 'e', States: { e: { Type: 'Succeed' } } };
    await sfn.updateStateMachine({ stateMachineArn: `${stateMachineArn}-cleanup`, definition: JSON.stringify(ends) });
    await sfn.startExecution({ stateMachineArn, name: '20260101T000000Z-1' });
    const refused = await dagwright(['destroy', '--yes']);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/DEP030 +A run of "ratings" is under way: 20260101T000000Z-1\./);
    expect((await dagwright(['destroy', '--yes', '--wait', '--stop'])).code).toBe(2);
    const done = await dagwright(['destroy', '--yes', '--stop', '--json']);
    expect(done.err).toContain('  - the run 20260101T000000Z-1, which is stopped\n');
    expect({ code: done.code, out: JSON.parse(done.out) }).toMatchObject({
      code: 0,
      out: [{ dag: 'ratings', runs: ['20260101T000000Z-1'] }],
    });
    expect(await snapshot()).toEqual({});
    aws.destroy();
  },
);

describe('one message, and nothing is changed', () => {
  async function says(code: number, text: string, args: readonly string[], env?: NodeJS.ProcessEnv) {
    const current = await snapshot();
    const ran = await dagwright(args, env);
    expect({ code: ran.code, err: ran.err }).toEqual({ code, err: expect.stringContaining(text) });
    expect(ran.err).not.toMatch(/\n\s+at .*\(/);
    expect(await snapshot()).toEqual(current);
  }

  test('nobody to ask', () => says(2, 'DEP012', ['deploy']));
  test('no credentials', () =>
    says(3, 'AWS001', ['plan'], {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    }));
  test('a profile that is not there', () =>
    says(3, 'found by the profile nobody (AWS_PROFILE)', ['plan'], {
      AWS_PROFILE: 'nobody',
      AWS_CONFIG_FILE: '/nowhere',
    }));
  test('no endpoint', () => says(3, 'AWS005', ['plan'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }));
  test('a region that is none', async () => {
    await writeFiles(at.project, { 'dagwright.yaml': CONFIG.replace('us-east-1', 'eu-wset-1') });
    const none = 'none that is known is called eu-wset-1. Did you mean "eu-west-1"?';
    await says(3, none, ['plan'], { AWS_ENDPOINT_URL: 'http://nowhere.invalid', AWS_MAX_ATTEMPTS: '1' });
  });
  test('a region that is another than the bucket’s', async () => {
    await writeFiles(at.project, { 'dagwright.yaml': CONFIG.replace('us-east-1', 'eu-west-1') });
    await says(1, 'is in us-east-1, and the environment in eu-west-1.', ['deploy', '--yes']);
  });
  test('a variable that is not set', () => says(1, 'dagwright.yaml:5', ['plan'], { LAKE: undefined }));
  test('an environment that is not there', () => says(1, 'CFG002', ['plan', '--env', 'dve']));
  test('a DAG that is not there', () => says(1, 'CLI002', ['deploy', 'raitngs', '--yes']));
  test('no version to go back to', () => says(1, 'DEP013', ['rollback', '--yes']));
});

testOfAll(
  'a deploy that is really killed is completed by the next one at once',
  async () => {
    proxy.begin(() => 'pass');
    await dagwright(['deploy', '--yes'], { AWS_ENDPOINT_URL: proxy.url });
    const calls = proxy.calls.length;
    const lock = proxy.calls.findIndex((call) => call.includes('lock.json')) + 1;
    for (const n of [lock + 1, Math.floor((lock + calls) / 2), calls]) {
      await server.reset();
      await makeBucket();
      let kill = () => {};
      proxy.begin((call) => {
        if (call === n) kill();
        return call < n ? 'pass' : 'silent';
      });
      const killed = await dagwright(['deploy', '--yes'], { AWS_ENDPOINT_URL: proxy.url }, (end) => {
        kill = end;
      });
      expect(killed.code).toBe(null);
      expect(Object.keys(await snapshot())).toContain('object dagwright/ratings/lock.json');
      expect((await dagwright(['deploy', '--yes'])).code).toBe(0);
      expect((await dagwright(['plan', '--exit-code'])).code).toBe(0);
      expect(Object.keys(await snapshot())).not.toContain('object dagwright/ratings/lock.json');
    }
  },
  120_000,
);
