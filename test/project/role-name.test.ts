import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Dag, env } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { readBuilt } from '../../deploy/built.ts';
import { desiredOf } from '../../deploy/desired/desired.ts';
import { exportedOf } from '../../deploy/export/exported.ts';
import { NO_ENVIRONMENT } from '../../deploy/export/inputs.ts';
import { samFiles } from '../../deploy/export/sam/template.ts';
import { terraformFiles } from '../../deploy/export/terraform/module.ts';
import { Stop } from '../../diagnostics/index.ts';
import { roleName } from '../../project/environment-values.ts';
import { filledValues } from '../../runs/resume/deployed-values.ts';
import { aws } from '../../tasks/index.ts';

const ACCOUNT = '111122223333';
const PLACE = { partition: 'aws', region: 'eu-west-1', account: ACCOUNT };
const folder = mkdtempSync(join(tmpdir(), 'dagwright-roles-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['job', 'job'],
  ['service-role/job', 'service-role/job'],
  ['/service-role/job', 'service-role/job'],
  [`arn:aws:iam::${ACCOUNT}:role/job`, 'job'],
  [`arn:aws-cn:iam::${ACCOUNT}:role/a/b/job`, 'a/b/job'],
  ['arn:aws:iam::1:role/job', undefined],
  [`arn:aws:iam::${ACCOUNT}:user/job`, undefined],
  ['a role', undefined],
  ['a//b', undefined],
  ['', undefined],
])('%j is the role %j', (text, name) => {
  expect(roleName(text)).toBe(name);
});

/** A DAG that gives one role by its name and by its ARN. */
async function built() {
  const dag = new Dag('roles', { env: { role: env.role() } });
  const { role } = dag.env;
  dag.task('named', aws({ service: 'glue', action: 'createJob', parameters: { Name: 'j', Role: role, Command: {} } }));
  dag.task(
    'whole',
    aws({
      service: 'emrserverless',
      action: 'startJobRun',
      pattern: 'sync',
      parameters: { ApplicationId: 'a', ExecutionRoleArn: role, ClientToken: 'c' } as never,
    }),
  );
  const { files } = compileDag(dag as never);
  await mkdir(join(folder, 'roles'), { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, 'roles', name), text);
  return { built: await readBuilt(folder, 'roles'), files };
}
const environment = (role: string) => ({
  ...NO_ENVIRONMENT,
  region: 'eu-west-1',
  artifacts: 'artifacts',
  env: { role },
});

describe.each([['job'], ['service-role/job'], [`arn:aws:iam::${ACCOUNT}:role/service-role/job`]])(
  'given as %s',
  (given) => {
    const name = roleName(given)!;
    const arn = `arn:aws:iam::${ACCOUNT}:role/${name}`;

    test('it is filled in by name and by ARN, in the machine and in the policy', async () => {
      const { built: dist, files } = await built();
      const { resources, needs } = desiredOf(dist, environment(given), PLACE);
      const definition = resources.find(({ kind }) => kind === 'machine')!.properties.definition as never;
      const text = JSON.stringify(definition);
      expect(text).toContain(`"Role":"${name}"`);
      expect(text).toContain(`"ExecutionRoleArn":"${arn}"`);
      expect(text).not.toContain('${');
      const passed = (needs as { Statement: { Action: string[]; Resource: string[] }[] }).Statement.filter(
        ({ Action }) => Action.includes('iam:PassRole'),
      );
      expect(new Set(passed.flatMap(({ Resource }) => Resource))).toEqual(new Set([arn]));
      // What is deployed tells its values again, for a resume.
      const machine = JSON.parse(files.get('step_function.json') as string);
      expect(filledValues(machine, definition, PLACE)).toMatchObject({ role: name });
    });

    test('an export asks for the name and makes the ARN of it', async () => {
      const { built: dist, files } = await built();
      const texts = new Map([['step_function.json', files.get('step_function.json') as string]]);
      const exported = exportedOf(dist, environment(given), texts);
      const input = exported.inputs.find((one) => one.name === 'role')!;
      expect(input.default).toBe(name);
      expect(new RegExp(input.pattern).test(name)).toBe(true);
      const sam = samFiles(exported).get('template.yaml') as string;
      expect(sam).toMatch(/DefinitionSubstitutions:\n(.*\n)*?\s+account: /);
      expect(sam).toContain(':role/${Role}');
      const terraform = [...terraformFiles(exported).values()].join('\n');
      expect(terraform).toMatch(/account\s*=\s*data\.aws_caller_identity/);
      expect(terraform).toContain('role/${role}');
    });
  },
);

test('a role of another account is refused, with what to write', async () => {
  const { built: dist } = await built();
  const wrong = ['arn:aws:iam::999999999999:role/job', 'not a role', `arn:aws:iam::${ACCOUNT}:user/x`];
  for (const given of wrong) {
    let stop: unknown;
    try {
      desiredOf(dist, environment(given), PLACE);
    } catch (error) {
      stop = error;
    }
    expect(stop).toBeInstanceOf(Stop);
    expect((stop as Stop).diagnostics.map(({ code }) => code)).toEqual(['CFG007']);
    expect((stop as Stop).diagnostics[0]!.remedy).toContain('of this account');
  }
});
