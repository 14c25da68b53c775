import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { runLocally } from '../../local/run.ts';
import { compileIn } from '../deploy/support.ts';
import { runOptions } from '../local/pipeline.ts';
import { folderWith, REPOSITORY, repositoryPython } from '../local/support.ts';

/** The example of a Glue job, on real Spark with the part of Glue's library that works here, held against the policies of its roles. */
const DAG = 'shop_orders';
const EXAMPLES = join(REPOSITORY, 'examples');
const DAY = '2026-01-31';
const order = (id: string, code: string, total: string, state = 'paid') =>
  JSON.stringify({ id, shop: { code, name: code }, total, state });
const INBOX = {
  [`orders/${DAY}/a.json`]: `${order('1', 'be', '10.50')}\n${order('2', 'be', '4.25')}\n${order('3', 'zh', '9', 'open')}\n`,
  [`orders/${DAY}/late/b.json`]: `${order('4', 'zh', '7.00')}\n${order('5', 'xx', '7.00')}\n${order('6', 'zh', 'free')}\n`,
  'shops.csv': 'code,region\nbe,Bern\nzh,Zürich\n',
};

let project: string;
beforeAll(async () => {
  project = await folderWith({
    'package.json': '{"type": "module"}',
    'dagwright.yaml': 'local:\n  env: { lake: my-lake, glueRole: glue-jobs }\n',
    ...Object.fromEntries(
      Object.entries(INBOX).map(([name, text]) => [`.dagwright/local/s3/my-lake/inbox/${name}`, text]),
    ),
  });
  await mkdir(join(project, 'dags'));
  await cp(join(EXAMPLES, `dags/${DAG}.ts`), join(project, `dags/${DAG}.ts`));
  await cp(join(EXAMPLES, 'glue'), join(project, 'glue'), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  await repositoryPython();
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  await compileIn(project);
}, 600_000);

test('it runs to its end within its policies, and again for the same day', async () => {
  const input = join(project, 'input.json');
  await writeFile(input, JSON.stringify({ logical_date: `${DAY}T00:00:00Z` }));
  for (let time = 0; time < 2; time++) {
    const report = await runLocally({ ...runOptions(project, DAG), input, enforcePolicy: true });
    expect(report.denials).toEqual([]);
    expect([report.status, report.cause]).toEqual(['SUCCEEDED', undefined]);
    const history = await readFile(join(project, report.folder, 'history.json'), 'utf8');
    for (const row of [
      { region: 'Bern', orders: 2, amount: 14.75 },
      { region: 'Zürich', orders: 1, amount: 7 },
    ])
      expect(history).toContain(JSON.stringify(JSON.stringify(row)).slice(1, -1));
  }
}, 900_000);

test('a role that may not read what the shops sent fails the job, as on AWS', async () => {
  const file = join(project, 'dist', DAG, 'manifest.json');
  const manifest = await readFile(file, 'utf8');
  const whole = '"arn:${partition}:s3:::${lake}/*"';
  const read = manifest.indexOf('"s3:GetObject"');
  const at = manifest.indexOf(whole, read);
  expect(read).toBeGreaterThan(0);
  await writeFile(
    file,
    `${manifest.slice(0, at)}"arn:\${partition}:s3:::\${lake}/none/*"${manifest.slice(at + whole.length)}`,
  );
  const report = await runLocally({
    ...runOptions(project, DAG),
    input: join(project, 'input.json'),
    enforcePolicy: true,
  });
  await writeFile(file, manifest);
  expect(report.status).toBe('FAILED');
  expect(report.denials).toContainEqual(
    expect.objectContaining({ action: 's3:GetObject', resource: expect.stringContaining(':::my-lake/inbox/') }),
  );
  expect(report.tasks.find(({ task }) => task === 'orders')).toMatchObject({ state: 'failed' });
}, 900_000);
