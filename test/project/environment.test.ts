import { describe, expect, test } from '@jest/globals';
import { Stop } from '../../diagnostics/index.ts';
import { readEnvironment } from '../../project/environment.ts';
import { folderWith } from '../local/support.ts';

const read = async (yaml: string, name?: string, variables: NodeJS.ProcessEnv = {}) =>
  readEnvironment(await folderWith({ 'dagwright.yaml': yaml }), name, variables);

async function faultsOf(work: Promise<unknown>): Promise<Stop['diagnostics']> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Stop);
  return (error as Stop).diagnostics;
}

const MINIMAL = 'environments:\n  dev:\n    region: eu-west-1\n    artifacts: my-artifacts\n';

describe('an environment', () => {
  test('has defaults for all but region and bucket', async () => {
    expect(await read(MINIMAL)).toEqual({
      name: 'dev',
      region: 'eu-west-1',
      artifacts: 'my-artifacts',
      prefix: '',
      env: {},
      role: 'managed',
      tags: {},
      logLevel: 'ERROR',
      tracing: false,
      schedule: 'enabled',
      keep: { versions: 10 },
    });
  });

  test('may stand in a region of any partition', async () => {
    for (const region of ['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-iso-east-1'])
      expect(await read(MINIMAL.replace('eu-west-1', region))).toMatchObject({ region });
  });

  test('takes variables from the environment of the process', async () => {
    const yaml = `${MINIMAL}    account: '\${ACCOUNT}'\n    env: { subnet: 'a-\${SUBNET}-$\${kept}' }\n`;
    expect(await read(yaml, undefined, { ACCOUNT: '111122223333', SUBNET: 's' })).toMatchObject({
      account: '111122223333',
      env: { subnet: 'a-s-${kept}' },
    });
    expect(await faultsOf(read(yaml, undefined, { ACCOUNT: '111122223333' }))).toMatchObject([
      { code: 'CFG004', place: { file: 'dagwright.yaml', line: 6 } },
    ]);
  });

  test('is the one that is named, or defaultEnv, or the only one', async () => {
    const two = `defaultEnv: prod\n${MINIMAL}  prod:\n    region: us-east-1\n    artifacts: other\n`;
    expect(await read(two)).toMatchObject({ name: 'prod' });
    expect(await read(two, 'dev')).toMatchObject({ name: 'dev' });
    expect(await faultsOf(read(two, 'prd'))).toMatchObject([
      { code: 'CFG002', remedy: expect.stringContaining('Did you mean "prod"?') },
    ]);
    expect(await faultsOf(read(two.replace(/.*\n/, '')))).toMatchObject([{ code: 'CFG001' }]);
    expect(await faultsOf(read(''))).toMatchObject([{ code: 'CFG001' }]);
  });

  test('another environment’s variables need not be set', async () => {
    const two = `defaultEnv: dev\n${MINIMAL}  prod:\n    region: '\${PROD_REGION}'\n    artifacts: other\n`;
    expect(await read(two)).toMatchObject({ name: 'dev' });
  });

  test.each([
    [`${MINIMAL}    rolePath: teams/data\n`, 5, 'environments.dev.rolePath is "teams/data", and must be a path of IAM'],
    [
      `${MINIMAL}    permissionsBoundary: bounds\n`,
      5,
      'environments.dev.permissionsBoundary is "bounds", and must be the ARN of a managed policy',
    ],
    [
      `${MINIMAL}    kmsKeys: { logs: alias/mine }\n`,
      5,
      'environments.dev.kmsKeys.logs is "alias/mine", and must be the ARN of a KMS key (not of an alias)',
    ],
    [`${MINIMAL}    kmsKeys: { log: x }\n`, 5, 'environments.dev.kmsKeys.log is no setting; there are artifacts, logs'],
    [
      `${MINIMAL}    alarms: arn:aws:sns:eu-west-1:111122223333:ops\n`,
      5,
      'and must be the topic that is notified: { topic: arn:… }',
    ],
    [`${MINIMAL}    artefacts: x\n`, 5, 'environments.dev.artefacts is no setting; there are region, account'],
    [
      `${MINIMAL}    account: 111122223333\n`,
      5,
      'environments.dev.account is the number 111122223333; write it in quotes',
    ],
    [`${MINIMAL}    logLevel: DEBUG\n`, 5, 'environments.dev.logLevel is "DEBUG", and must be "OFF" or "ERROR"'],
    [`${MINIMAL}    role: my-role\n`, 5, 'environments.dev.role is "my-role", and must be `managed`, or the ARN'],
    [`${MINIMAL}    env:\n      a: { secret: x }\n`, 6, 'environments.dev.env.a is {"secret":"x"}, and must be a text'],
    [`${MINIMAL}    keep: { versions: 0 }\n`, 5, 'environments.dev.keep.versions is 0, and must be at least 1'],
    ['environments:\n  dev:\n    region: eu-west-1\n', 2, 'environments.dev lacks artifacts'],
    ['environments:\n  dev:\n    region: Dublin\n    artifacts: abc\n', 3, 'and must be a region'],
    [`enviroments: {}\n${MINIMAL}`, 1, 'enviroments is no setting; there are defaultEnv, environments, local'],
  ])('%j is refused with line and key', async (yaml, line, message) => {
    const [fault, ...more] = await faultsOf(read(yaml));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ code: 'CFG003', place: { file: 'dagwright.yaml', line } });
    expect(fault!.message).toContain(message);
  });

  test('a secret is refused, a reference to one is taken', async () => {
    expect(await read(`${MINIMAL}    env: { key: { ssm: /kaggle/key } }\n`)).toMatchObject({
      env: { key: { ssm: '/kaggle/key' } },
    });
    expect(await faultsOf(read(`${MINIMAL}    env:\n      key: AKIAIOSFODNN7EXAMPLE\n`))).toMatchObject([
      { code: 'CFG005', place: { line: 6 } },
    ]);
    const fromVariable = `${MINIMAL}    env: { key: '\${KEY}' }\n`;
    expect(await faultsOf(read(fromVariable, 'dev', { KEY: 'AKIAIOSFODNN7EXAMPLE' }))).toMatchObject([
      { code: 'CFG005', message: expect.not.stringContaining('AKIA') },
    ]);
  });
});
