import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, processorSeconds, table } from './measurement.ts';

const RUNS = 15;
const CDK_RUNS = 3;
const CDK = 'bench/cdk';
const FOLDER = '.dagwright/bench';
const ARROWS = 100;
const REFERENCE = 'dags/datalake.ts';

/** Processes from start to end, those that are compared in turn: `dagwright compile` by the processor time of a bare esbuild bundle-and-run. */
export function startUp(): string {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'dags'), { recursive: true });
  const arrows = join(FOLDER, 'dags/arrows.ts');
  writeFileSync(arrows, arrowsSource());
  const compile = (...args: string[]) => ['bin/dagwright.js', 'compile', ...args, '--out', join(FOLDER, 'dist')];
  const reference = inTurn(RUNS, {
    floor: () => processorSeconds(process.execPath, ['bench/floor.mjs', REFERENCE]),
    compile: () => processorSeconds(process.execPath, compile('datalake')),
  });
  const many = inTurn(RUNS, {
    floor: () => processorSeconds(process.execPath, ['bench/floor.mjs', arrows]),
    compile: () => processorSeconds(process.execPath, compile('--dags', join(FOLDER, 'dags'))),
  });
  if (!existsSync(join(CDK, 'node_modules')))
    processorSeconds('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: CDK });
  const output = join(process.cwd(), FOLDER, 'cdk.out');
  const { synth } = inTurn(CDK_RUNS, {
    synth: () => processorSeconds('npx', ['cdk', 'synth', '--quiet', '--output', output], { cwd: CDK }),
  });
  rmSync(FOLDER, { recursive: true, force: true });

  const times = (of: number, to: number) => `${(of / to).toFixed(2)} ×`;
  return table(
    ['', 'dagwright compile', 'compared with', '', 'ratio'],
    [
      [
        'the reference pipeline',
        ms(reference.compile),
        'esbuild bundles and Node runs the same file',
        ms(reference.floor),
        times(reference.compile, reference.floor),
      ],
      [
        `${ARROWS} arrow functions`,
        ms(many.compile),
        'esbuild bundles and Node runs the same file',
        ms(many.floor),
        times(many.compile, many.floor),
      ],
      [
        'the reference pipeline',
        ms(reference.compile),
        '`cdk synth` of an equal pipeline (bench/cdk)',
        ms(synth),
        `${(synth / reference.compile).toFixed(0)} times as fast`,
      ],
    ],
  );
}

/** The median of each, in seconds of processor, run in turn so that a busy machine is as busy for all of them. */
function inTurn<K extends string>(times: number, commands: Readonly<Record<K, () => number>>): Record<K, number> {
  const took = Object.fromEntries(Object.keys(commands).map((name) => [name, []])) as unknown as Record<K, number[]>;
  for (let i = 0; i < times; i++) {
    for (const name of Object.keys(commands) as K[]) {
      // What was written the last time is written again.
      rmSync(join(FOLDER, 'dist'), { recursive: true, force: true });
      took[name].push(commands[name]());
    }
  }
  return Object.fromEntries(Object.entries<number[]>(took).map(([name, values]) => [name, median(values)])) as Record<
    K,
    number
  >;
}

function ms(seconds: number): string {
  return `${(1000 * seconds).toFixed(0)} ms`;
}

/** A DAG of tasks that are each given an expression of its own. */
function arrowsSource(): string {
  const tasks = Array.from(
    { length: ARROWS },
    (_, i) =>
      `dag.task('t${i}', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', ` +
      `MessageBody: expr(() => (dag.params.rows > ${i} ? \`more than \${dag.params.rows - ${i}}\` : 'few')) } }));`,
  );
  return [
    "import { Dag, expr, param } from 'dagwright';",
    "import { aws } from 'dagwright/tasks';",
    "const dag = new Dag('arrows', { params: { rows: param.integer({ default: 0 }) } });",
    ...tasks,
    'export default dag;',
    '',
  ].join('\n');
}
