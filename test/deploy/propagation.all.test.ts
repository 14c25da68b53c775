import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { Stop } from '../../diagnostics/index.ts';
import { type FailingProxy, type Fate, startProxy } from '../aws/proxy.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { change, optionsOf, project, REGION } from './support.ts';

const server = emptyEndpoint();
let proxy: FailingProxy;
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterAll(() => proxy.stop());

/** What AWS answers to a call that hands on a role which is not spread yet, in its own words. */
const NOT_YET: readonly { readonly call: RegExp; readonly says: readonly [type: string, message: string] }[] = [
  {
    call: /\.CreateStateMachine$/,
    says: [
      'AccessDeniedException',
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    ],
  },
  {
    call: /\.UpdateStateMachine$/,
    says: ['AccessDeniedException', 'The state machine IAM Role is not authorized to access the Log Destination'],
  },
  {
    call: /^(POST|PUT) \/schedules\//,
    says: [
      'ValidationException',
      'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    ],
  },
  {
    call: /\.PutTargets$/,
    says: [
      'ValidationException',
      "Provided role 'arn:aws:iam::000000000000:role/dagwright-ratings-rule' cannot be assumed by principal 'events.amazonaws.com'.",
    ],
  },
];
const WRITES_ROLE = /^(CreateRole|PutRolePolicy|AttachRolePolicy|UpdateAssumeRolePolicy)$/;

/** A clock that goes on when somebody sleeps, and IAM that needs so many seconds of it to spread a role. */
function spreading(seconds: number) {
  const clock = { now: 0, said: [] as string[], refused: 0 };
  let written = Number.NEGATIVE_INFINITY;
  proxy.begin((_n, call): Fate => {
    if (WRITES_ROLE.test(call)) written = clock.now;
    const says = NOT_YET.find((one) => one.call.test(call))?.says;
    if (says === undefined || clock.now - written >= seconds * 1000) return 'pass';
    clock.refused += 1;
    return { status: 400, body: JSON.stringify({ __type: says[0], message: says[1] }) };
  });
  return clock;
}

async function deployOn(clock: ReturnType<typeof spreading>, options: DeployOptions) {
  const before = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = proxy.url;
  const clients = createClients({ region: REGION, maxAttempts: 1 });
  const sleep = async (ms: number) => {
    clock.now += ms;
  };
  try {
    return await deploy({ ...options, clients, sleep, onProgress: (text) => void clock.said.push(text) });
  } finally {
    clients.destroy();
    process.env.AWS_ENDPOINT_URL = before;
  }
}

describe.each([5, 30, 120])('IAM needs %d s to spread a role', (seconds) => {
  test('the first deploy into an empty account waits for it, says so, and leaves nothing to do', async () => {
    const options = optionsOf(await project());
    const clock = spreading(seconds);
    await deployOn(clock, options);
    expect(clock.refused).toBeGreaterThan(4);
    const waits = clock.said.filter((text) => text.startsWith('waiting'));
    for (const role of ['', '-cleanup', '-rule', '-start', '-schedule'])
      expect(waits).toContainEqual(
        expect.stringMatching(
          new RegExp(`^waiting until IAM has spread the role dagwright-ratings${role}: .* cannot assume it yet`),
        ),
      );
    expect(isEmpty(await plan(options))).toBe(true);
  });

  test('a policy that was added to a role is waited for as well', async () => {
    const at = await project();
    await deploy(optionsOf(at));
    await change(at.project, { extra: 'SELECT 3' });
    const clock = spreading(seconds);
    await deployOn(clock, optionsOf(at));
    expect(clock.said).toContainEqual(
      'waiting until IAM has spread the role dagwright-ratings: its policy does not let Step Functions deliver the log yet',
    );
    expect(isEmpty(await plan(optionsOf(at)))).toBe(true);
  });
});

async function refusal(options: DeployOptions, clock: ReturnType<typeof spreading>) {
  const stop = await deployOn(clock, options).then(
    () => undefined,
    (error: unknown) => error as Stop,
  );
  expect(stop).toBeInstanceOf(Stop);
  const { diagnostics, exitCode } = stop!;
  return { exitCode, code: diagnostics[0]!.code, message: diagnostics[0]!.message };
}

test('a role that never becomes usable is named after five minutes, and not the caller', async () => {
  const clock = spreading(Number.POSITIVE_INFINITY);
  const { exitCode, code, message } = await refusal(optionsOf(await project()), clock);
  expect({ exitCode, code }).toEqual({ exitCode: 3, code: 'AWS008' });
  expect(message).toBe(
    'Step Functions: CreateStateMachine was refused because of the role arn:aws:iam::000000000000:role/dagwright-ratings: Step Functions cannot assume it, and did not become so in 300 s. AWS says: Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  );
  expect(clock.said.filter((text) => /\(\d+ s so far\)$/.test(text)).length).toBeGreaterThan(5);
});

test('what the caller may not do is said at once', async () => {
  const clock = spreading(0);
  proxy.begin((_n, call) =>
    call.endsWith('.CreateStateMachine')
      ? {
          status: 400,
          body: JSON.stringify({
            __type: 'AccessDeniedException',
            message:
              'User: arn:aws:iam::000000000000:user/ann is not authorized to perform: states:CreateStateMachine on resource: arn:aws:states:us-east-1:000000000000:stateMachine:ratings because no identity-based policy allows the states:CreateStateMachine action',
          }),
        }
      : 'pass',
  );
  const { code, message } = await refusal(optionsOf(await project()), clock);
  expect({ code, slept: clock.now }).toEqual({ code: 'AWS004', slept: 0 });
  expect(message).toContain('arn:aws:iam::000000000000:user/ann may not states:CreateStateMachine');
});
