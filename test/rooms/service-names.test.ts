import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from 'oxc-parser';
import { SERVICES } from '../../tasks/services.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Services that dagwright calls itself, whatever a DAG does: deployment, starting, reading logs, keeping assets; Lambda, which ASL knows too. */
const CALLED_BY_DAGWRIGHT = [
  'S3',
  'IAM',
  'STS',
  'Step Functions',
  'Scheduler',
  'EventBridge',
  'Logs',
  'CloudWatch',
  'Lambda',
  // The topic of a deployment's alarms.
  'SNS',
  // The parts of a queue's URL, which deployment fills into policies.
  'SQS',
];

/** Names that are words of their own: the protocol, batches of items, and no services of AWS's. */
const WORDS = ['http', 'batch'];

/** Where a service's name may stand outside of its folder, and why. */
const ALLOWED: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^tasks\//, why: 'the folders of the services, and their index' },
  { path: /^asl\/services\//, why: 'AWS’s own catalogue of services, for any machine' },
  { path: /^asl\/(validate|interpret)\//, why: 'the language itself names some of them: `ManifestType: ATHENA_DATA`' },
  { path: /^diagnostics\//, why: 'texts for users, with examples' },
  { path: /\.generated\.ts$/, why: 'catalogues of AWS and of Airflow' },
];

const ROOMS = [
  'airflow',
  'asl',
  'authoring',
  'aws',
  'cli',
  'compiler',
  'deploy',
  'engines',
  'jest',
  'local',
  'manifest',
  'packaging',
  'project',
  'report',
  'runs',
  'serve',
  'simulate',
];

describe('a service’s name stands in its folder alone', () => {
  const names = namesOfServices();

  test('every folder of tasks/ is a service of the index, and has its data', () => {
    const folders = readdirSync(join(ROOT, 'tasks'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(SERVICES.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  test('names are found as code writes them', () => {
    expect(names).toEqual(
      expect.arrayContaining(['athena', 'emr', 'elasticmapreduce', 'glue', 'kaggle', 'dynamodb', 'ses', 'sesv2']),
    );
    expect(found('const client = new EMRClient(); // not Glue', names)).toEqual(['emr']);
    expect(found("const resource = 'arn:aws:states:::elasticmapreduce:addStep';", names)).toEqual(['elasticmapreduce']);
    expect(found('const emrCluster = startAthenaQuery(GLUE_ROLE);', names)).toEqual(['emr', 'athena', 'glue']);
    expect(found('const premrun = glued(athenaeum); /** EMR */', names)).toEqual([]);
  });

  test.each(ROOMS)('%s/', (room) => {
    expect(files(room)).not.toEqual([]);
    const told = files(room).flatMap((file) => {
      if (ALLOWED.some(({ path }) => path.test(file))) return [];
      const text = readFileSync(join(ROOT, file), 'utf8');
      return found(text, names).map((name) => `${file}: ${name}`);
    });
    expect(told).toEqual([]);
  });
});

/** The words by which the services are known: folders, titles, names in a Task's Resource and in IAM. */
function namesOfServices(): string[] {
  const names = SERVICES.filter(
    ({ name, title }) => name !== 'aws' && !CALLED_BY_DAGWRIGHT.includes(title) && !WORDS.includes(name),
  ).flatMap(({ name, title, integrations, iam }) =>
    [name, title, ...integrations, ...(iam ?? []).map(({ prefix }) => prefix)].map((text) => wordsOf(text).join(' ')),
  );
  return [...new Set(names)];
}

/** The names in a program, comments left out: an example or a reason may name a service. */
function found(text: string, names: readonly string[]): string[] {
  let code = text;
  for (const { start, end } of parseSync('file.ts', text).comments.toReversed())
    code = code.slice(0, start) + code.slice(end);
  const words = ` ${wordsOf(code).join(' ')} `;
  return names
    .map((name) => ({ name, at: words.indexOf(` ${name} `) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

/** `EMRClient` and `emr-client` are the words emr, client. */
function wordsOf(text: string): string[] {
  return (text.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? []).map((word) => word.toLowerCase());
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && extname(entry.name) === '.ts')
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}
