import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeAtomically } from '../../project/files.ts';

/** Stands before the emulator's S3, and keeps objects in the folders that are S3's to the engines of `serve` as well: both are one account. */
export async function startLakeMirror(endpoint: string, project: string) {
  const { hostname, port } = new URL(endpoint);
  const forward = async (incoming: IncomingMessage, body: Buffer) => {
    const { method, url: path, headers } = incoming;
    const outgoing = request({ hostname, port, method, path, headers });
    outgoing.end(body);
    return new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
  };
  const server = createServer(async (incoming, response) => {
    const body = await read(incoming);
    const answer = await forward(incoming, body).catch(() => undefined);
    if (answer === undefined) return incoming.socket.destroy();
    const file = fileOf(incoming);
    if (file !== undefined && answer.statusCode! < 300) {
      if (incoming.method === 'PUT') await writeAtomically(file, body);
      else await rm(file, { force: true });
    }
    const { 'content-length': _, ...headers } = answer.headers;
    return response.writeHead(answer.statusCode!, headers).end(corrected(incoming, await read(answer)));
  });
  const fileOf = ({ method, url = '', headers }: IncomingMessage): string | undefined => {
    if (method !== 'PUT' && method !== 'DELETE') return undefined;
    if (!String(headers.authorization).includes('/s3/aws4_request')) return undefined;
    const { pathname, searchParams } = new URL(url, endpoint);
    const [, bucket, ...key] = pathname.split('/').map(decodeURIComponent);
    if (bucket === undefined || key.join('') === '' || [...searchParams.keys()].some((name) => name !== 'x-id'))
      return undefined;
    return join(project, '.dagwright/local/s3', bucket, ...key);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The emulator's EMR writes times as texts, where AWS writes seconds. */
function corrected({ headers }: IncomingMessage, body: Buffer): Buffer {
  if (!String(headers['x-amz-target']).startsWith('ElasticMapReduce.')) return body;
  const text = body.toString('utf8');
  return Buffer.from(
    text.replace(/("\w+DateTime": ?)"([^"]+)"/g, (_, name, time) => `${name}${Date.parse(time) / 1000}`),
  );
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
