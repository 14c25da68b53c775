import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { SERVICES } from '../../tasks/services.ts';
import { runCommand } from '../command.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const TABLE = join(EXAMPLES, 'README.md');
const SOURCES = readdirSync(join(EXAMPLES, 'dags')).map((file) => ({
  name: file.replace('.ts', ''),
  source: readFileSync(join(EXAMPLES, 'dags', file), 'utf8'),
}));

/** What can be written in a DAG file, and how it is recognised there. */
const CONSTRUCTS: readonly (readonly [title: string, form: RegExp])[] = [
  ['A schedule by cron', /schedule: '[\d*]/],
  ['in a time zone', /timezone:/],
  ['Missed intervals are run', /catchup: true/],
  ['A limit of the whole run', /dagrunTimeout:/],
  ['The first failure ends the run', /failFast: true/],
  ['Params with a schema', /param\.(?:enum|integer|number|boolean)\(/],
  ['Defaults of all tasks', /defaultArgs:/],
  ['Retries with growing pauses', /retryExponentialBackoff: true/],
  ['An error that skips', /skipOn: \[/],
  ['How long a task takes', /estimate:/],
  ['if, then, else', /\.else\(/],
  ['switch', /\.switch\(/],
  ['A branch over tasks and groups', /\.branch\(/],
  ['A short circuit', /\.shortCircuit\(/],
  ['A trigger rule', /triggerRule:/],
  ['Task groups', /\.taskGroup\(/],
  ['A setup that brings its teardown', /dag\s*\.setup\([^;]*(?:emr\.cluster|emrServerless\.application)\(/],
  ['Setup and teardown of one’s own', /\.teardown\(/],
  ['chain', /\bchain\(/],
  ['Tasks made in a loop', /\.map\(\(\w+\) =>\s+dag\.task|^for \(const/m],
  ['Several DAGs of one file', /export default \w+\.map\(/],
  ['Outputs in texts and arguments', /\.output\./],
  ['An expression', /\bexpr\(/],
  ['What may be missing', /\bmaybe\(/],
  ['A function in TypeScript, imported', /lambda\.typescript\(\(\) => import/],
  ['A function in TypeScript, in place', /lambda\.typescript\(\s*async/],
  ['A function in Python', /lambda\.python\(/],
  [
    'The same on Glue, for longer work',
    /glue\.pythonShell<[^>]*>\('[^']*\.py', \{\s+handler|glue\.pythonShell<[^>]*>\(\s*'functions/,
  ],
  ['Any call of AWS', /\baws\(\{/],
  ['A job of such a call is waited for', /pattern: 'sync'/],
  ['Somebody sends a token back', /pattern: 'callback'/],
  ['Another machine', /stepFunctions\.run/],
  ['A template of one’s own', /from '\.\.\/templates\//],
];

const shownBy = (form: RegExp) => SOURCES.filter(({ source }) => form.test(source)).map(({ name }) => name);
const servicesIn = (source: string) =>
  SERVICES.map(({ name }) => name)
    .filter((name) => new RegExp(`\\b${name}(?:\\.\\w+[(<]|\\(\\{)`).test(source))
    .sort();

/** The comment above the DAG: what it does, and which of Airflow’s examples do the same. */
function saidOf(source: string): { readonly does: string; readonly airflow: string } {
  const [, comment = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(?:const dag|export default)\b/.exec(source) ?? [];
  const [does = '', airflow = ''] = comment
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .split('Airflow: ');
  return { does: does.trim(), airflow: airflow.trim().replace(/\.$/, '') };
}

function table(): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const link = (name: string) => `[\`${name}\`](dags/${name}.ts)`;
  const examples = SOURCES.map(({ name, source }) => {
    const { does, airflow } = saidOf(source);
    return `| ${link(name)} | ${does} | ${code(servicesIn(source))} | ${code(airflow === '' ? [] : airflow.split(', '))} |`;
  });
  const constructs = CONSTRUCTS.map(([title, form]) => `| ${title} | ${shownBy(form).map(link).join(', ')} |`);
  return `# Examples

A project of its own: run \`npx dagwright\` in this folder. \`dagwright compile\` writes [\`dist/\`](dist); \`dagwright simulate dist/<dag>/step_function.json --samples\` goes through a DAG, where there are files of its name with \`--input inputs/<dag>.json\` and \`--mocks mocks/<dag>.json\`. The tables are written by \`UPDATE=1 npm run test:node -- test/reference/example-table\`.

| example | what it does | services | Airflow's examples |
| --- | --- | --- | --- |
${examples.join('\n')}

| how to write | is shown by |
| --- | --- |
${constructs.join('\n')}
`;
}

test('the page says what each example does, and which shows what', () => {
  if (process.env.UPDATE === '1') writeFileSync(TABLE, table());
  expect(readFileSync(TABLE, 'utf8')).toBe(table());
  for (const { name, source } of SOURCES)
    expect([name, saidOf(source).does]).toEqual([name, expect.stringMatching(/[\w`]\.$/)]);
});

test.each(SERVICES.map(({ name }) => name))('the service %s has an example', (service) => {
  expect(SOURCES.filter(({ source }) => servicesIn(source).includes(service))).not.toEqual([]);
});

test.each(CONSTRUCTS)('%s: there is an example', (_, form) => {
  expect(shownBy(form)).not.toEqual([]);
});

test.each(readdirSync(join(EXAMPLES, 'dist')))('%s is simulated to its end, without a warning', async (dag) => {
  const given = (option: string, folder: string) => {
    const file = `${folder}/${dag}.json`;
    return existsSync(join(EXAMPLES, file)) ? [option, file] : [];
  };
  const { code, out, err } = await runCommand(
    [
      'simulate',
      `dist/${dag}/step_function.json`,
      '--samples',
      ...given('--input', 'inputs'),
      ...given('--mocks', 'mocks'),
    ],
    { cwd: EXAMPLES, env: { ...process.env, NO_COLOR: '1' } },
  );
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^SUCCEEDED/);
});
