import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from './corpus.ts';
import { processorSeconds, table } from './measurement.ts';

const FOLDER = '.dagwright/bench-folder';
const FILES = 200;
const TASKS = 30;

/** A folder of many DAG files: all of them, and one of them by its id. Seconds of processor, the bundler's process included. */
export function folder(seed: number): string {
  writeFolder(seed);
  const program = join(process.cwd(), 'bin/dagwright.js');
  const compile = (...args: string[]) =>
    processorSeconds(process.execPath, [program, 'compile', ...args, '--out', 'dist'], { cwd: FOLDER });
  const all = compile();
  const again = compile('--check');
  const one = compile('pipeline_000');
  rmSync(FOLDER, { recursive: true, force: true });
  const each = (seconds: number) => `${((1000 * seconds) / FILES).toFixed(0)} ms`;
  return table(
    [`${FILES} files of ${TASKS} tasks`, 'processor time', 'a file'],
    [
      ['`compile`', `${all.toFixed(1)} s`, each(all)],
      ['`compile --check`', `${again.toFixed(1)} s`, each(again)],
      ['`compile` of one of them', `${one.toFixed(1)} s`, ''],
    ],
  );
}

function writeFolder(seed: number): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'dags/shared'), { recursive: true });
  writeFileSync(join(FOLDER, 'dags/shared/defaults.ts'), SHARED);
  const own = random(seed);
  for (let file = 0; file < FILES; file++) {
    const id = `pipeline_${String(file).padStart(3, '0')}`;
    const tasks = Array.from({ length: TASKS }, (_, task) => {
      const upstreams = task === 0 ? [] : [...new Set([task - 1 - own.int(0, 5), task - 1 - own.int(0, 5)])];
      const after = upstreams.filter((one) => one >= 0).map((one) => `t${one}`);
      const wait = after.length > 0 ? `.after(${after.join(', ')})` : '';
      return `/** Task ${task}. */\nconst t${task} = dag.task('t${task}', ${call(file, task)})${wait};`;
    });
    writeFileSync(
      join(FOLDER, 'dags', `${id}.ts`),
      `${HEAD.replace('ID', id)}\n${tasks.join('\n')}\nexport default dag;\n`,
    );
  }
}

const SHARED = `import type { DefaultArgs } from 'dagwright';
export const defaultArgs: DefaultArgs = { retries: 2, retryDelay: '1m', executionTimeout: '1h' };
export const table = (name: string) => \`analytics.\${name}\`;
`;

const HEAD = `import { Dag, env, expr, param } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';
import { defaultArgs, table } from './shared/defaults.ts';

/** Loads, joins and reports. */
const dag = new Dag('ID', {
  schedule: '@daily',
  startDate: '2026-01-01',
  env: { bucket: env.bucket() },
  params: { rows: param.integer({ default: 0 }) },
  defaultArgs,
});
const { bucket } = dag.env;
`;

function call(file: number, task: number): string {
  const aws = (service: string, action: string, parameters: string, pattern = '') =>
    `aws({ service: '${service}', action: '${action}',${pattern} parameters: { ${parameters} } })`;
  const calls = [
    aws('lambda', 'invoke', `FunctionName: 'load_${file}_${task}', Payload: { day: dag.logicalDate }`),
    aws(
      'glue',
      'startJobRun',
      `JobName: 'job_${file}_${task}', Arguments: { '--table': table('t${task}'), '--bucket': \`\${bucket}\` }`,
      " pattern: 'sync',",
    ),
    `athena.query({ sql: 'INSERT INTO t${task} SELECT * FROM raw_${file}', database: 'analytics', results: \`s3://\${bucket}/results/t${task}/\` })`,
    aws(
      'sqs',
      'sendMessage',
      `QueueUrl: 'https://sqs/q', MessageBody: expr(() => (dag.params.rows > ${task} ? \`more than \${dag.params.rows - ${task}}\` : 'few'))`,
    ),
    aws('dynamodb', 'putItem', `TableName: 'state', Item: { id: { S: 't${task}' } }`),
  ];
  return calls[task % calls.length] as string;
}
