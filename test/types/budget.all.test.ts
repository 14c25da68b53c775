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
    const head = "import { Dag, env, param } from '../authoring/index.js';\nimport { aws } from '../tasks/index.js';\n";
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

test('250 typed tasks cost five times what 50 do, and what is looked up for the first call is looked up once', () => {
  const [none, one, some, many] = [0, 1, 50, 250].map(instantiations) as [number, number, number, number];
  const perTask = (many - some) / 200;
  expect(perTask).toBeGreaterThan(0);
  expect(perTask).toBeLessThan(40);
  expect(perTask).toBeLessThan(((some - one) / 49) * 1.2);
  // The actions of every service whose client is installed (EC2 alone has 700), and what the one that is called takes and answers.
  expect(one - none).toBeGreaterThan(0);
  expect(one - none).toBeLessThan(16_000);
}, 120_000);
