import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, processorSeconds, ratioText, table } from './measurement.ts';

const FOLDER = '.dagwright/bench-functions';
const FUNCTIONS = 50;
const ROUNDS = 5;

/**
 * A DAG of functions in TypeScript, all of one folder, against the same DAG of functions that exist: what the functions add is held against
 * bare esbuild, which bundles each of them. Seconds of processor, the bundler's processes included, in turn.
 */
export function functions(): string {
  writeProject();
  const compile = (dag: string) => () =>
    processorSeconds(process.execPath, [join(process.cwd(), 'bin/dagwright.js'), 'compile', dag], { cwd: FOLDER });
  const node = (code: string) => () =>
    processorSeconds(process.execPath, ['--input-type=module', '-e', code], { cwd: FOLDER });
  const sides = {
    brought: compile('brought'),
    called: compile('called'),
    esbuild: node(BUILDS),
    nothing: node(STARTS),
  };
  const taken = Object.entries(sides).map(([side, run]) => [side, run, [] as number[]] as const);
  for (let round = 0; round < ROUNDS; round++) for (const [, run, seconds] of taken) seconds.push(run());
  rmSync(FOLDER, { recursive: true, force: true });
  const of = Object.fromEntries(taken.map(([side, , seconds]) => [side, seconds])) as Record<
    keyof typeof sides,
    number[]
  >;
  const difference = (more: readonly number[], less: readonly number[]) => more.map((one, round) => one - less[round]!);
  const [added, bare] = [difference(of.brought, of.called), difference(of.esbuild, of.nothing)];
  const row = (what: string, seconds: readonly number[]) => [what, `${(1000 * median(seconds)).toFixed(0)} ms`, ''];
  return table(
    [`${FUNCTIONS} functions`, 'processor time', 'ratio'],
    [
      row('`compile` of the DAG that brings them', of.brought),
      row('`compile` of the same DAG of functions that exist', of.called),
      ['what they add', `${(1000 * median(added)).toFixed(0)} ms`, ratioText(added, bare)],
      row('esbuild bundles them, `buildSync`', bare),
    ],
  );
}

/** As `compile` calls it: bundled, with a source map and the list of inputs. */
const BUILDS = `import { buildSync } from 'esbuild';
for (let i = 0; i < ${FUNCTIONS}; i++)
  buildSync({ entryPoints: [\`functions/f\${i}.ts\`], outdir: 'none', write: false, bundle: true, format: 'esm', platform: 'node', sourcemap: 'linked', metafile: true });`;
const STARTS = "await import('esbuild');";

function writeProject(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  for (const folder of ['dags', 'functions']) mkdirSync(join(FOLDER, folder), { recursive: true });
  writeFileSync(join(FOLDER, 'dagwright.yaml'), '{}\n');
  writeFileSync(join(FOLDER, 'functions/common.ts'), 'export const doubled = (n: number) => n * 2;\n');
  const names = Array.from({ length: FUNCTIONS }, (_, i) => `f${i}`);
  for (const name of names)
    writeFileSync(
      join(FOLDER, 'functions', `${name}.ts`),
      `import { doubled } from './common.ts';\nexport async function ${name}({ n }: { n: number }): Promise<{ n: number }> {\n  return { n: doubled(n) };\n}\n`,
    );
  const dag = (id: string, template: (name: string) => string) =>
    writeFileSync(
      join(FOLDER, 'dags', `${id}.ts`),
      `import { Dag } from 'dagwright';\nimport { lambda } from 'dagwright/tasks';\n\nconst dag = new Dag('${id}');\n${names
        .map((name) => `dag.task('${name}', ${template(name)});`)
        .join('\n')}\nexport default dag;\n`,
    );
  dag(
    'brought',
    (name) => `lambda.typescript(() => import('../functions/${name}.ts'), { handler: '${name}', input: { n: 1 } })`,
  );
  dag('called', (name) => `lambda.invoke({ function: '${name}', payload: { n: 1 } })`);
}
