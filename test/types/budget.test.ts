import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

/** What types cost, counted in the compiler's instantiations and not in seconds: a DAG's cost must grow with its tasks and no faster. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

function instantiations(tasks: number): number {
  const folder = mkdtempSync(join(root, 'build/types-'));
  try {
    const calls = Array.from({ length: tasks }, (_, i) => {
      const before = i === 0 ? "'first'" : `\`after \${t${i - 1}.output.ExecutedVersion}\``;
      return `const t${i} = dag.task('t${i}', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: dag.env.queue, Payload: { text: ${before} } } }), { retries: 1 });`;
    });
    const head =
      "import { Dag, env, param } from '../../authoring/index.ts';\nimport { aws } from '../../tasks/index.ts';\n";
    const dag =
      "const dag = new Dag('typed', { env: { queue: env.string() }, params: { full: param.boolean({ default: true }) } });\n";
    writeFileSync(join(folder, 'dag.ts'), `${head}${dag}${calls.join('\n')}\nexport default dag;\n`);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['dag.ts'], exclude: [] }),
    );
    const told = execFileSync(process.execPath, [tsc, '-p', folder, '--extendedDiagnostics'], { encoding: 'utf8' });
    return Number(/Instantiations:\s+(\d+)/.exec(told)?.[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('500 typed tasks cost five times what 100 do', () => {
  const [none, some, many] = [0, 100, 500].map(instantiations) as [number, number, number];
  const perTask = (some - none) / 100;
  expect(perTask).toBeGreaterThan(0);
  // Of which some forty are what a call answers by its pattern and its integration.
  expect(perTask).toBeLessThan(150);
  expect((many - none) / 500).toBeLessThan(perTask * 1.2);
}, 120_000);
