import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SFN } from '@aws-sdk/client-sfn';
import { parse } from '@cdktn/hcl2json';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { Dag, param } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileDag } from '../../compiler/index.ts';
import { deploy } from '../../deploy/deploy.ts';
import { exportDag, type Format } from '../../deploy/export/export.ts';
import { NO_ENVIRONMENT } from '../../deploy/export/inputs.ts';
import type { Environment } from '../../project/environment.ts';
import { ACCOUNT, type Ministack, pythonProgram, startMinistack, useEndpoint } from '../aws/ministack.ts';
import { folderWith, REPOSITORY, writeFiles } from '../local/support.ts';
import { testOfAll } from '../sized.ts';
import { createStack, filesIn, onPath, run } from './export-support.ts';
import { BUCKET, ENVIRONMENT, makeBucket, project, REGION } from './support.ts';

/** The reference pipeline as it is in dist/: every role made. */
const datalake = { project: REPOSITORY, dist: join(REPOSITORY, 'dist'), dag: 'datalake' };
const GIVEN = { artifacts: BUCKET, kaggleSecret: 'kaggle', lake: 'my-lake', subnet: 'subnet-1' };
const FILLED = {
  ...GIVEN,
  assets: `s3://${BUCKET}/dagwright/datalake/assets`,
  crawlerRole: 'dagwright-datalake-env-crawlerRole',
  emrInstanceProfile: 'dagwright-datalake-env-emrInstanceProfile',
  emrServiceRole: 'dagwright-datalake-env-emrServiceRole',
  reportRole: 'dagwright-datalake-env-reportRole',
  machine: 'datalake',
  cleanup: 'datalake-cleanup',
  partition: 'aws',
  region: REGION,
  account: ACCOUNT,
};

/** Everything that an environment can say at once, and a secret that is named. */
const RICH: Environment = {
  ...ENVIRONMENT,
  prefix: 'team-',
  env: { lake: 'my-lake', emrRole: 'emr-service', emrProfile: 'managed' },
  role: `arn:aws:iam::${ACCOUNT}:role/given`,
  tags: { team: 'data', 'cost center': 'a/b+c=d' },
  logLevel: 'OFF',
  tracing: true,
  alarms: { topic: `arn:aws:sns:${REGION}:${ACCOUNT}:alarms` },
  schedule: 'disabled',
};

async function exported(format: Format, environment: Environment = NO_ENVIRONMENT, of = datalake) {
  const out = await folderWith({});
  await exportDag({ ...of, environment, format, out });
  return { folder: join(out, of.dag), files: await filesIn(join(out, of.dag)) };
}
const rich = async (format: Format) => exported(format, RICH, { ...(await project()), dag: 'ratings' });
/** A machine that calls nothing, and whose log is off. */
async function bare(format: Format) {
  const dag = new Dag('bare', { params: { go: param.boolean() } });
  dag.shortCircuit('go', () => dag.params.go);
  const folder = await folderWith({ 'package.json': '{}' });
  const { dag: id, files } = withLoading({ root: folder }, () => compileDag(dag));
  writeDist(join(folder, 'dist'), new Map([[id, files]]), true);
  const environment: Environment = { ...ENVIRONMENT, env: {}, logLevel: 'OFF' };
  return exported(format, environment, { project: folder, dist: join(folder, 'dist'), dag: 'bare' });
}
const machine = async (name: string) => JSON.parse((await filesIn(join(REPOSITORY, 'dist/datalake'))).get(name)!);

describe.each(['sam', 'terraform'] as const)('export --format %s', (format) => {
  test('writes the same bytes twice, the definitions as they were reviewed, and every asset', async () => {
    const { files } = await exported(format);
    expect([...(await exported(format)).files]).toEqual([...files]);
    const dist = await filesIn(join(REPOSITORY, 'dist/datalake'));
    expect(files.get('machines/datalake.json')).toBe(dist.get('step_function.json'));
    expect(files.get('machines/datalake-cleanup.json')).toBe(dist.get('cleanup.json'));
    const keys = JSON.parse(dist.get('manifest.json')!).assets.map(({ key }: { key: string }) => `assets/${key}`);
    expect([...files.keys()].filter((path) => path.startsWith('assets/'))).toEqual(keys.sort());
  });

  test('does not look like something that deploy made, and holds no stand-in', async () => {
    for (const { files } of [await exported(format), await rich(format)])
      for (const [path, text] of files)
        if (!path.startsWith('assets/')) {
          expect(text).not.toMatch(/dagwright:(dag|env)\b/);
          expect(text).not.toMatch(/dagwright--/);
        }
  });

  test('has integrations of the partition in which the environment’s region is', async () => {
    const china = { ...RICH, region: 'cn-north-1', role: 'managed' };
    const { files } = await exported(format, china, { ...(await project()), dag: 'ratings' });
    const machines = [...files].filter(([path]) => path.startsWith('machines/'));
    expect(machines.map(([, text]) => /arn:aws:states:::/.test(text))).toEqual(machines.map(() => false));
    expect(files.get('machines/team-ratings.json')).toContain('"arn:aws-cn:states:::athena:startQueryExecution.sync"');
  });

  test('has no policy for a role that needs none: IAM refuses an empty one', async () => {
    const { files } = await bare(format);
    expect([...files.keys()].filter((path) => path.startsWith('policies/'))).toEqual([]);
    for (const [, text] of files) expect(text).not.toMatch(/"?Statement"?[:=\s]+\[\s*\]|Policies:/);
  });

  test('removes what an earlier export left behind', async () => {
    const out = await folderWith({});
    await writeFiles(join(out, 'datalake'), { 'assets/old-1/old.py': '', 'machines/old.json': '', 'mine.txt': 'mine' });
    await exportDag({ ...datalake, environment: NO_ENVIRONMENT, format, out });
    const paths = [...(await filesIn(join(out, 'datalake'))).keys()];
    expect(paths).toContain('mine.txt');
    expect(paths.filter((path) => /\bold\b/.test(path))).toEqual([]);
  });
});

describe('the SAM template', () => {
  let server: Ministack;
  let cfnLint: string;
  beforeAll(async () => {
    server = await startMinistack();
    useEndpoint(server.url);
    cfnLint = await pythonProgram('cfn-lint');
  }, 600_000);
  afterAll(() => server.stop());

  testOfAll(
    'is what cfn-lint has nothing to say about',
    async () => {
      for (const { folder } of [await exported('sam'), await rich('sam')])
        expect(await run(cfnLint, ['--regions', REGION, '--', 'template.yaml'], folder)).toEqual({
          code: 0,
          output: '',
        });
      // That it looks at all.
      const { folder, files } = await exported('sam');
      await writeFile(join(folder, 'template.yaml'), files.get('template.yaml')!.replace('RoleName:', 'RolName:'));
      expect((await run(cfnLint, ['--', 'template.yaml'], folder)).output).toContain("'RolName' was unexpected");
    },
    120_000,
  );

  test('makes the machine that dist/ has, with its placeholders filled, and what starts it', async () => {
    await makeBucket();
    const { files } = await exported('sam');
    const stack = await createStack('datalake', files, GIVEN);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');

    const sfn = new SFN({ region: REGION });
    const definitionOf = async (name: string) => {
      const stateMachineArn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;
      return JSON.parse((await sfn.describeStateMachine({ stateMachineArn })).definition!);
    };
    expect(await definitionOf('datalake')).toEqual(fillPlaceholders(await machine('step_function.json'), FILLED));
    expect(await definitionOf('datalake-cleanup')).toEqual(fillPlaceholders(await machine('cleanup.json'), FILLED));
    const { Arguments } = (await definitionOf('datalake-start')).States.start;
    expect(Arguments.StateMachineArn).toBe(`arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:datalake:live`);
    sfn.destroy();

    const scheduler = new Scheduler({ region: REGION });
    expect(await scheduler.getSchedule({ Name: 'dagwright-datalake', GroupName: 'dagwright-datalake' })).toMatchObject({
      ScheduleExpression: 'cron(0 0 1 * ? *)',
      State: 'ENABLED',
      Target: { Arn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:datalake-start` },
    });
    scheduler.destroy();

    // A deploy of the same names takes it for somebody else's.
    const env = {
      ...GIVEN,
      crawlerRole: 'managed',
      reportRole: 'managed',
      emrServiceRole: 'managed',
      emrInstanceProfile: 'managed',
    };
    await expect(deploy({ ...datalake, environment: { ...ENVIRONMENT, env } })).rejects.toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'DEP006' })]),
    });
  }, 120_000);
});

describe('the Terraform module', () => {
  const terraform = onPath('terraform');

  test('is what HashiCorp’s own parser reads, with a resource for all that deploy would make', async () => {
    const { files } = await exported('terraform');
    const main = (await parse('main.tf', files.get('main.tf')!)) as { resource: { [type: string]: object } };
    expect(Object.fromEntries(Object.entries(main.resource).map(([type, all]) => [type, Object.keys(all)]))).toEqual({
      aws_cloudwatch_event_rule: ['cleanup_rule'],
      aws_cloudwatch_event_target: ['cleanup_rule'],
      aws_cloudwatch_log_group: ['log_group'],
      aws_iam_instance_profile: ['env_emr_instance_profile'],
      aws_iam_role: expect.arrayContaining(['env_crawler_role', 'machine', 'starter', 'cleanup', 'schedule']),
      aws_iam_role_policy: expect.arrayContaining(['env_crawler_role', 'machine']),
      aws_iam_role_policy_attachment: ['env_emr_service_role'],
      aws_s3_object: ['asset'],
      aws_scheduler_schedule: ['schedule'],
      aws_scheduler_schedule_group: ['schedule_group'],
      aws_sfn_alias: ['alias'],
      aws_sfn_state_machine: ['cleanup', 'machine', 'starter'],
    });
    for (const { files: all } of [{ files }, await rich('terraform')])
      for (const [path, text] of all) if (path.endsWith('.tf')) await parse(path, text);
    await expect(parse('main.tf', files.get('main.tf')!.replace('{', '('))).rejects.toThrow();
  });

  test('refers to nothing that it does not declare', async () => {
    for (const { files } of [await exported('terraform'), await rich('terraform'), await bare('terraform')]) {
      const text = [...files]
        .filter(([path]) => path.endsWith('.tf'))
        .map(([, one]) => one)
        .join('\n');
      const declared = new Set(
        [...text.matchAll(/^(?:resource|data) "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`),
      );
      const variables = new Set([...text.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name));
      for (const [, reference] of text.matchAll(/(?<![\w."])(aws_\w+\.\w+)/g)) expect(declared).toContain(reference);
      for (const [, name] of text.matchAll(/\bvar\.(\w+)/g)) expect(variables).toContain(name);
      for (const [, file] of text.matchAll(/path\.module\}\/((?:machines|policies)\/[^"]+)"/g))
        expect([...files.keys()]).toContain(file);
    }
  });

  test('is laid out as terraform fmt lays it out: two blanks a level, equals signs of lines in a row below each other', async () => {
    for (const { files } of [await exported('terraform'), await rich('terraform')])
      for (const [path, text] of files) if (path.endsWith('.tf')) expect([path, ...misplaced(text)]).toEqual([path]);
    // That it looks at all.
    expect(misplaced('a "b" {\n  name = 1\n  x = 2\n}\n')).toEqual(['  x = 2']);
    expect(misplaced('a "b" {\n name = 1\n}\n')).toEqual([' name = 1']);
  });

  test('fills the definition and the policies as deploy does, by the rules of Terraform’s templates', async () => {
    const { files } = await exported('terraform');
    const { locals } = (await parse('main.tf', files.get('main.tf')!)) as {
      locals: { values: { [name: string]: string } }[];
    };
    const known: { [reference: string]: string } = {
      'data.aws_caller_identity.current.account_id': ACCOUNT,
      'data.aws_partition.current.partition': 'aws',
      'data.aws_region.current.region': REGION,
      'var.artifacts': BUCKET,
      'var.kaggle_secret': 'kaggle',
      'var.lake': 'my-lake',
      'var.subnet': 'subnet-1',
    };
    const values = locals.find(({ values }) => values !== undefined)!.values;
    const rendered = (path: string) =>
      JSON.parse(
        fillTemplate(files.get(path)!, (name) =>
          fillTemplate(values[name]!, (reference) => known[reference] ?? `no ${reference}`),
        ),
      );
    expect(rendered('machines/datalake.json')).toEqual(fillPlaceholders(await machine('step_function.json'), FILLED));
    const { Statement } = fillPlaceholders(await machine('policy.json'), FILLED);
    expect(rendered('policies/dagwright-datalake.json').Statement).toEqual(expect.arrayContaining(Statement));
  });

  (terraform === undefined ? test.skip : test)('is laid out as terraform fmt lays it out', async () => {
    for (const { folder } of [await exported('terraform'), await rich('terraform')])
      expect((await run(terraform!, ['fmt', '-check', '-diff', '-no-color'], folder)).code).toBe(0);
  });

  (terraform === undefined ? test.skip : test)(
    'fills the definition and the policies as deploy does, by terraform itself',
    async () => {
      const { files } = await exported('terraform');
      // Its locals and templates alone, with values in place of what needs the provider.
      const values = files.get('main.tf')!.match(/^ {2}values = \{[\s\S]*?^ {2}\}/m)![0];
      const place = {
        'data.aws_caller_identity.current.account_id': ACCOUNT,
        'data.aws_partition.current.partition': 'aws',
        'data.aws_region.current.region': REGION,
      };
      const known = Object.entries(place).reduce((text, [from, to]) => text.replaceAll(from, `"${to}"`), values);
      const scratch = await folderWith({});
      const own = [...files].filter(([path]) => /^(machines|policies)\//.test(path));
      await writeFiles(scratch, {
        ...Object.fromEntries(own),
        'variables.tf': files.get('variables.tf')!,
        'main.tf': `locals {\n${known}\n}\n`,
        'terraform.tfvars': Object.entries({
          artifacts: BUCKET,
          kaggle_secret: 'kaggle',
          lake: 'my-lake',
          subnet: 'subnet-1',
        })
          .map(([name, value]) => `${name} = "${value}"\n`)
          .join(''),
      });
      const rendered = async (file: string) => {
        const call = `base64encode(templatefile("\${path.module}/${file}", local.values))\n`;
        const { output } = await run(terraform!, ['console', '-no-color'], scratch, call);
        return JSON.parse(Buffer.from(/"([A-Za-z0-9+/=]+)"/.exec(output)![1]!, 'base64').toString());
      };
      expect(await rendered('machines/datalake.json')).toEqual(
        fillPlaceholders(await machine('step_function.json'), FILLED),
      );
      const { Statement } = fillPlaceholders(await machine('policy.json'), FILLED);
      expect((await rendered('policies/dagwright-datalake.json')).Statement).toEqual(expect.arrayContaining(Statement));
    },
    60_000,
  );
});

/** The lines that `terraform fmt` would move, of a text without heredocs. */
function misplaced(text: string): string[] {
  const found: string[] = [];
  const lines = text.split('\n');
  let depth = 0;
  for (const [i, line] of lines.entries()) {
    const closes = /^\s*[}\])]/.test(line) ? 1 : 0;
    const indent = /^ */.exec(line)![0].length;
    if (line.trim() !== '' && indent !== 2 * (depth - closes)) found.push(line);
    const code = line.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/#.*/, '');
    // Brackets that one line opens together are one level.
    depth += Math.sign((code.match(/[{[(]/g) ?? []).length - (code.match(/[}\])]/g) ?? []).length);
    // An attribute of one line stands below the equals sign of the one right before it.
    const equals = (at: string | undefined) => /^( *(?:"[^"]*"|[\w-]+) *)= .*[^{[(]$/.exec(at ?? '')?.[1]?.length;
    const [mine, before] = [equals(line), equals(lines[i - 1])];
    if (mine !== undefined && before !== undefined && mine !== before) found.push(line);
  }
  return found;
}

/** A text of Terraform with its references filled: https://developer.hashicorp.com/terraform/language/expressions/strings */
function fillTemplate(text: string, filled: (reference: string) => string): string {
  return text.replace(/\$\$\{|%%\{|%\{|\$\{([^}]*)\}/g, (found, reference?: string) => {
    if (found === '%{') throw new Error('A directive, which no export writes.');
    return reference === undefined ? found.slice(1) : filled(reference.trim());
  });
}
