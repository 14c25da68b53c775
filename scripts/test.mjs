// `npm test`: lint, types and what tests need, then the tests in TypeScript and those in Python, side by side. With --all every property test, kill and interruption at its whole size.
import { spawn } from 'node:child_process';

const env = { ...process.env, ...(process.argv.includes('--all') && { DAGWRIGHT_TEST_ALL: '1' }) };

/** Runs an npm script. One that runs beside another says what it has to say when it has ended. */
function run(script, { beside = false } = {}) {
  const stdio = beside ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn('npm', ['run', '--silent', script], { stdio, env, shell: process.platform === 'win32' });
  const said = [];
  child.stdout?.on('data', (chunk) => said.push([process.stdout, chunk]));
  child.stderr?.on('data', (chunk) => said.push([process.stderr, chunk]));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      for (const [stream, chunk] of said) stream.write(chunk);
      resolve(code === 0);
    });
  });
}

const isBuilt = await run('test:build');
// The types that are checked are those of build/; while packages and Spark are waited for, lint and types are checked.
const checks = () => ['lint', 'typecheck'].map((script) => run(script, { beside: true }));
const isSound = isBuilt && (await Promise.all([run('test:prepare'), ...checks()])).every(Boolean);
// Waiting for Spark's JVM is time in which Jest's workers test.
const passed = isSound ? await Promise.all([run('test:jest'), run('test:spark', { beside: true })]) : [false];
process.exitCode = passed.every(Boolean) ? 0 : 1;
