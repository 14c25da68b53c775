import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Dag, param, taskToken } from '../../authoring/index.ts';
import { compileDag, type Manifest } from '../../compiler/index.ts';
import { aws } from '../../tasks/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = mkdtempSync(join(tmpdir(), 'dagwright-graph-'));

function graph(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'bin/dagwright.js'), 'graph', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { stdout, stderr, status };
}

/** A DAG with everything that a picture shows, compiled into `dist`. */
function shop(): Dag<{}, { full: ReturnType<typeof param.boolean> }> {
  const dag = new Dag('shop', {
    params: { full: param.boolean({ default: false }) },
    description: 'Orders & <events>',
  });
  const call = (Name: string) => aws({ service: 'glue', action: 'getTable', parameters: { DatabaseName: 'd', Name } });
  const room = dag.setup('room', call('room'));
  const load = dag.taskGroup('load');
  const orders = load.task('orders', call('orders'), { estimate: '1m' }).after(room);
  const events = load.task('events', call('events'), { estimate: '10m' }).after(room);
  const checks = load.taskGroup('checks');
  checks.task('keys', call('keys'), { estimate: '5m' }).after(orders);
  checks.task('totals', call('totals'), { estimate: '5m' }).after(orders, events);
  const fresh = dag.shortCircuit('fresh', () => dag.params.full).after(load, room);
  const [all, some] = ['all', 'some'].map((id) => dag.task(id, call(id)));
  dag
    .if(() => dag.params.full, { id: 'how' })
    .then(all!)
    .else(some!)
    .after(fresh);
  const end = dag.task('end', call('end'), { triggerRule: 'none_failed' }).after(all!, some!);
  dag.teardown('close', call('close'), { setups: [room] }).after(end);
  return dag;
}

beforeAll(() => {
  for (const [name, files] of [
    ['shop', compileDag(shop()).files],
    ['broken', new Map([['manifest.json', '{']])],
    ['new', new Map([['manifest.json', '{"manifestVersion": 9}']])],
  ] as const) {
    mkdirSync(join(dist, name));
    for (const [file, text] of files) writeFileSync(join(dist, name, file), text);
  }
});
afterAll(() => rmSync(dist, { recursive: true }));

describe('dagwright graph', () => {
  test('draws what the README draws', () => {
    const { stdout, status } = graph('datalake');
    expect(status).toBe(0);
    expect(readFileSync(join(root, 'dist/datalake/README.md'), 'utf8')).toContain(`\`\`\`mermaid\n${stdout}\`\`\`\n`);
  });

  test('shows groups, branches, short circuits, setups, teardowns, implied dependencies and barriers', () => {
    const { stdout } = graph('shop', '--dist', dist);
    for (const line of [
      '  subgraph g_load["load"]',
      '    subgraph g_load_checks["checks"]',
      '      t_load_checks_keys["keys"]',
      '  t_how{"how"}',
      '  t_end["end<br/>none_failed"]',
      '  t_fresh{{"fresh"}}',
      '  t_room[/"room"\\]',
      '  t_close[\\"close"/]',
      '  t_load_events --> t_load_checks_totals',
      '  t_room -.-> t_fresh',
      '  b_1(["barrier"]):::barrier',
      '  t_load_checks_keys -.- b_1',
    ])
      expect(stdout.split('\n')).toContain(line);
    // Room's other ways to `fresh` imply this one; only implied dependencies and barriers are dotted.
    const dotted = stdout.split('\n').filter((line) => line.includes('-.-> t_'));
    expect(dotted.filter((line) => !line.includes(' b_'))).toEqual(['  t_room -.-> t_fresh', '  t_room -.-> t_close']);
  });

  test('draws an SVG that needs nothing else and is the same every time', () => {
    const first = graph('shop', '--dist', dist, '--format', 'svg').stdout;
    expect(graph('shop', '--dist', dist, '--format', 'svg').stdout).toBe(first);
    const manifest = JSON.parse(readFileSync(join(dist, 'shop/manifest.json'), 'utf8')) as Manifest;
    for (const { id } of manifest.tasks) expect(first).toContain(`<title>${id}</title>`);
    expect(first.match(/class="edge implied" d="[^"]*" marker/g)).toHaveLength(3);
    expect(first).toContain('<g class="barrier"><title>Barrier: ');
    expect(first).toContain('Orders &amp; &lt;events&gt;');
    expect(first).not.toMatch(/<script|<image|@import|url\((?!#)|href=|NaN|undefined/);
  });

  test('writes a file, whatever folders it lies in', () => {
    const out = join(dist, 'a/b/shop.svg');
    expect(graph('shop', '--dist', dist, '--format', 'svg', '--out', out)).toMatchObject({ status: 0 });
    expect(readFileSync(out, 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test.each([
    ['a DAG that is not there', ['shup', '--dist', dist], 1, ['CLI002', 'Did you mean "shop"?', 'broken, new, shop']],
    [
      'no compiled DAG at all',
      ['shop', '--dist', join(dist, 'nowhere')],
      1,
      ['CLI002', 'Run `dagwright compile` first'],
    ],
    ['a manifest that is no JSON', ['broken', '--dist', dist], 1, ['CLI003']],
    ['a manifest of another version', ['new', '--dist', dist], 1, ['CLI003', 'manifestVersion is 9']],
    ['a file that cannot be written', ['shop', '--dist', dist, '--out', dist], 3, ['CLI005', dist]],
    ['an unknown format', ['shop', '--format', 'png'], 2, ['mermaid, svg']],
  ])('tells of %s', (_, args, code, told) => {
    const { stdout, stderr, status } = graph(...args);
    expect([status, stdout]).toEqual([code, '']);
    for (const text of told) expect(stderr).toContain(text);
    expect(stderr).not.toContain('    at ');
  });

  test('the README says how the run waits for what a task calls', () => {
    const dag = new Dag('waits');
    const sns = { TopicArn: 't', Message: taskToken };
    dag.task('asks', aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 't', Message: 'm' } }));
    dag.task('awaits', aws({ service: 'sns', action: 'publish', pattern: 'callback', parameters: sns }), {
      executionTimeout: '1h',
    });
    const job = aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'j' } });
    dag.task('works', job);
    const rows = compileDag(dag).files.get('README.md')!.split('\n');
    const runsOn = (task: string) => rows.find((row) => row.startsWith(`| \`${task}\``))?.split(' | ')[1];
    expect(['asks', 'awaits', 'works'].map(runsOn)).toEqual([
      '`aws.sns.publish`',
      '`aws.sns.publish` (callback)',
      '`aws.glue.startJobRun` (sync)',
    ]);
  });

  test('says which format draws a DAG that is too large for Mermaid', () => {
    const dag = new Dag('wide');
    const ping = aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 't', Message: 'm' } });
    const first = dag.task('first', ping);
    for (let i = 0; i < 501; i++) dag.task(`t${i}`, ping).after(first);
    const { files } = compileDag(dag);
    mkdirSync(join(dist, 'wide'));
    for (const [file, text] of files) writeFileSync(join(dist, 'wide', file), text);
    expect(files.get('README.md')).toContain('`dagwright graph wide --format svg` draws it.');
    expect(graph('wide', '--dist', dist)).toMatchObject({ status: 1, stderr: expect.stringContaining('--format svg') });
    expect(graph('wide', '--dist', dist, '--format', 'svg')).toMatchObject({ status: 0 });
  });
});
