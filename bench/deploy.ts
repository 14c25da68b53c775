import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import { pythonEnvironment } from '../engines/python/environment.ts';
import { type FailingProxy, startProxy } from '../test/aws/proxy.ts';
import { table } from './measurement.ts';

const CONFIG = `environments:
  bench:
    region: us-east-1
    artifacts: bench-artifacts
    env: { lake: lake, subnet: s, crawlerRole: managed, emrServiceRole: managed, emrInstanceProfile: managed, reportRole: managed, kaggleSecret: k }
`;

/** What a process loads to say at its end how much of the processor it took. */
const TELLS = `import { writeSync } from 'node:fs';
process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(2, '\\ncpu ' + (user + system)); });
`;

/** How many calls a deploy of the reference DAG makes, and how long it takes besides the network: on ministack, through a proxy that counts. */
export async function deploys(): Promise<string> {
  const { bin } = await pythonEnvironment({
    project: resolve('test/aws'),
    folder: resolve('.dagwright/ministack'),
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: () => {},
  });
  const port = 20_000 + (process.pid % 20_000);
  const project = mkdtempSync(join(tmpdir(), 'dagwright-bench-'));
  const server = spawn(join(bin, 'ministack'), [], {
    cwd: project,
    stdio: 'ignore',
    env: { ...process.env, BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
  });
  const target = `http://127.0.0.1:${port}`;
  let proxy: FailingProxy | undefined;
  try {
    while (!(await fetch(`${target}/_ministack/health`).catch(() => undefined)))
      await new Promise((r) => setTimeout(r, 100));
    proxy = await startProxy(target);
    return await measure(proxy, target, project);
  } finally {
    await proxy?.stop();
    server.kill('SIGKILL');
    rmSync(project, { recursive: true, force: true });
  }
}

async function measure(proxy: FailingProxy, target: string, project: string): Promise<string> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const s3 = new S3({ endpoint: target, region: 'us-east-1', forcePathStyle: true, credentials });
  await s3.createBucket({ Bucket: 'bench-artifacts' });
  s3.destroy();
  mkdirSync(join(project, 'dist'));
  cpSync('dist/datalake', join(project, 'dist/datalake'), { recursive: true });
  symlinkSync(resolve('spark'), join(project, 'spark'));
  writeFileSync(join(project, 'dagwright.yaml'), CONFIG);
  writeFileSync(join(project, 'tells.mjs'), TELLS);

  const run = async (title: string, ...args: string[]) => {
    proxy.begin(() => 'pass');
    const { code, error } = await dagwright(proxy.url, project, args);
    if (code !== 0) throw new Error(`${title}: ${error}`);
    const writes = proxy.calls.filter((call) => !/(Get|List|Describe|Validate|Simulate)[A-Z]|^GET /.test(call));
    const seconds = Number(/cpu (\d+)/.exec(error)![1]) / 1e6;
    return [title, String(proxy.calls.length), String(writes.length), `${seconds.toFixed(2)} s`];
  };
  const rows = [
    await run('the first deploy', 'deploy', '--yes'),
    await run('a deploy of what is there already', 'deploy', '--yes'),
  ];
  rows.push(await run('plan', 'plan'));
  const file = join(project, 'dist/datalake/step_function.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"MaxAttempts": 2', '"MaxAttempts": 3'));
  rows.push(await run('a deploy after one task has changed', 'deploy', '--yes'));
  return table(['', 'calls', 'of them writing', 'processor time'], rows);
}

function dagwright(url: string, cwd: string, args: readonly string[]): Promise<{ code: number | null; error: string }> {
  const child = spawn(process.execPath, [resolve('bin/dagwright.js'), ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      NODE_OPTIONS: `--import ${join(cwd, 'tells.mjs')}`,
    },
  });
  let error = '';
  child.stderr.on('data', (chunk) => {
    error += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, error })));
}
