import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Stop } from '../../diagnostics/index.ts';
import { type RunEvent, SCHEMA_URL } from '../../engines/lineage/event.ts';
import { type Destination, Outbox } from '../../engines/lineage/outbox.ts';
import { lineageTarget } from '../../local/lineage.ts';
import { folderWith } from '../local/support.ts';
import { type LineageServer, lineageServer } from './server.ts';

const event = (n: number): RunEvent => ({
  eventType: 'START',
  eventTime: '2026-01-01T00:00:00.000Z',
  run: { runId: '00000000-0000-4000-8000-000000000000' },
  job: { namespace: 'n', name: `job ${n}` },
  producer: 'https://example.com',
  schemaURL: SCHEMA_URL,
});

const servers: LineageServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function serverThat(...args: Parameters<typeof lineageServer>): Promise<LineageServer> {
  const server = await lineageServer(...args);
  servers.push(server);
  return server;
}

const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as RunEvent).job.name);

/** Sends so many events; answers what became of them, and the jobs of the run's own file. */
async function send(count: number, to: Destination, limits?: ConstructorParameters<typeof Outbox>[2]) {
  const copy = join(await folderWith(), 'lineage.jsonl');
  const outbox = new Outbox(copy, to, limits);
  for (let n = 1; n <= count; n++) outbox.send(event(n));
  const delivered = await outbox.close();
  return { delivered, copy: await linesOf(copy) };
}
const jobs = (count: number) => Array.from({ length: count }, (_, n) => `job ${n + 1}`);

describe('events', () => {
  test('are added to a file, a line each, in order', async () => {
    const file = join(await folderWith({ 'events.jsonl': `${JSON.stringify(event(0))}\n` }), 'events.jsonl');
    expect(await send(50, { kind: 'file', file })).toEqual({ delivered: { events: 50 }, copy: jobs(50) });
    expect(await linesOf(file)).toEqual(['job 0', ...jobs(50)]);
  });

  test('are posted to an address, in order, with the key', async () => {
    const server = await serverThat();
    const to = { kind: 'url', url: `${server.url}/api/v1/lineage`, apiKey: 'k3y' } as const;
    expect(await send(20, to)).toEqual({ delivered: { events: 20 }, copy: jobs(20) });
    expect(server.events().map(({ job }) => job.name)).toEqual(jobs(20));
    for (const { method, path, headers } of server.requests)
      expect([method, path, headers.authorization, headers['content-type']]).toEqual([
        'POST',
        '/api/v1/lineage',
        'Bearer k3y',
        'application/json',
      ]);
  });

  test('have no key where there is none', async () => {
    const server = await serverThat();
    await send(1, { kind: 'url', url: server.url });
    expect(server.requests[0]!.headers.authorization).toBeUndefined();
  });
});

describe('an address', () => {
  test('that refuses one event gets the others', async () => {
    const server = await serverThat((nth) => (nth === 2 ? 422 : 201));
    expect((await send(4, { kind: 'url', url: server.url })).delivered).toEqual({
      events: 4,
      failed: { events: 1, why: 'it answered 422 (not like this)' },
    });
    expect(server.requests).toHaveLength(4);
  });

  test('at which nothing listens is given up; the run’s own file has all events', async () => {
    const server = await lineageServer();
    await server.close();
    expect(await send(9, { kind: 'url', url: server.url })).toEqual({
      delivered: { events: 9, failed: { events: 9, why: 'nothing listens there (ECONNREFUSED)' } },
      copy: jobs(9),
    });
  });

  test('that always fails is asked three times in a row, no more', async () => {
    const server = await serverThat((nth) => (nth === 1 ? 201 : 503));
    expect((await send(9, { kind: 'url', url: server.url })).delivered.failed).toEqual({
      events: 8,
      why: 'it answered 503 (not like this)',
    });
    expect(server.requests).toHaveLength(4);
  });

  test('that leads elsewhere is not followed: the key is for it alone', async () => {
    const other = await serverThat();
    const server = await serverThat(() => 307, { location: other.url });
    const { delivered } = await send(1, { kind: 'url', url: server.url, apiKey: 'k3y' });
    expect(delivered.failed?.why).toMatch(/^it answered 307/);
    expect(other.requests).toEqual([]);
  });

  test('that never answers holds the end of a run up for a while only', async () => {
    const to = { kind: 'url', url: (await serverThat(() => undefined)).url } as const;
    const why = 'it did not answer in time';
    expect((await send(2, to, { answer: 50, flush: 60_000 })).delivered).toEqual({
      events: 2,
      failed: { events: 2, why },
    });
    const { delivered, copy } = await send(4, to, { answer: 60_000, flush: 50 });
    expect([delivered.failed?.events, copy]).toEqual([4, jobs(4)]);
  });
});

describe('where events go', () => {
  const ask = async (asked: { option?: string; configured?: string; env?: NodeJS.ProcessEnv; project?: string }) =>
    lineageTarget({
      option: asked.option,
      configured: asked.configured,
      env: asked.env ?? {},
      project: asked.project ?? (await folderWith()),
    });
  const url = async (option: string, env: NodeJS.ProcessEnv = {}) => {
    const to = (await ask({ option, env }))!.to;
    return to.kind === 'url' ? to.url : to.kind;
  };

  test('is nowhere where nobody asks', async () => {
    expect(await ask({})).toBeUndefined();
    expect(
      await ask({ env: { OPENLINEAGE_URL: '', OPENLINEAGE_API_KEY: 'k', OPENLINEAGE_NAMESPACE: 'n' } }),
    ).toBeUndefined();
  });

  test('is what the command line says, else dagwright.yaml, else the environment', async () => {
    const env = { OPENLINEAGE_URL: 'http://third' };
    const of = async (asked: Parameters<typeof ask>[0]) => (await ask(asked))?.to;
    expect(await of({ option: 'http://first', configured: 'http://second', env })).toMatchObject({
      url: 'http://first/api/v1/lineage',
    });
    expect(await of({ configured: 'http://second', env })).toMatchObject({ url: 'http://second/api/v1/lineage' });
    expect(await of({ env })).toEqual({ kind: 'url', url: 'http://third/api/v1/lineage' });
  });

  test('can be switched off, but not against the command line', async () => {
    const env = { OPENLINEAGE_URL: 'http://third', OPENLINEAGE_DISABLED: 'True' };
    expect(await ask({ configured: 'http://second', env })).toBeUndefined();
    expect(await ask({ option: 'http://first', env })).toBeDefined();
  });

  test('has the path that OpenLineage’s servers have, or its own', async () => {
    expect(await url('http://host:5000')).toBe('http://host:5000/api/v1/lineage');
    expect(await url('http://host/')).toBe('http://host/api/v1/lineage');
    expect(await url('https://host/openlineage/v2')).toBe('https://host/openlineage/v2');
    expect(await url('http://host/a/', { OPENLINEAGE_ENDPOINT: '/b/c' })).toBe('http://host/a/b/c');
    expect(await url('http://host?team=x')).toBe('http://host/api/v1/lineage?team=x');
  });

  test('takes key and namespace from the environment', async () => {
    const env = { OPENLINEAGE_API_KEY: 'k3y', OPENLINEAGE_NAMESPACE: 'prod' };
    expect(await ask({ option: 'http://h', env })).toEqual({
      to: { kind: 'url', url: 'http://h/api/v1/lineage', apiKey: 'k3y' },
      namespace: 'prod',
    });
    expect((await ask({ option: 'http://h' }))!.namespace).toBe('default');
  });

  test('is a file of the project', async () => {
    const project = await folderWith({ 'out/other': '' });
    expect((await ask({ option: 'out/events.jsonl', project }))!.to).toEqual({
      kind: 'file',
      file: join(project, 'out/events.jsonl'),
    });
    expect(await readFile(join(project, 'out/events.jsonl'), 'utf8')).toBe('');
  });

  test.each<[string, string, RegExp]>([
    ['a folder', 'folder', /^RUN080.*--lineage names folder, which is a folder/],
    ['in a folder that is not there', 'no/such/events.jsonl', /^RUN080.*is in a folder that is not there/],
    ['below a file', 'file/events.jsonl', /^RUN080.*cannot be written/],
    ['another protocol', 'kafka://broker:9092', /^RUN080.*neither a file nor an http address/],
    ['no address', 'http://', /^RUN080.*is no address/],
    ['a password', 'https://me:s3cret@host', /^RUN081/],
    ['a password elsewhere', 'ftp://me:s3cret@host', /^RUN081/],
  ])('is not %s', async (_, option, said) => {
    const project = await folderWith({ file: '' });
    await mkdir(join(project, 'folder'));
    const error = await ask({ option, project }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Stop);
    const { code, message, remedy } = (error as Stop).diagnostics[0]!;
    expect(`${code} ${message}`).toMatch(said);
    expect(`${message} ${remedy}`).not.toContain('s3cret');
  });
});
