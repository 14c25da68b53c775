import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { SFNClient } from '@aws-sdk/client-sfn';
import { writeAtomically } from '../../project/files.ts';
import { emrAnswer, isEmr } from './emr-of-serve.ts';

/**
 * Stands before the emulator, so that it and the engines of `serve` are one account: objects are kept in the folders that are S3's to the
 * engines as well, and EMR is that of the engines.
 */
export async function startLakeMirror(endpoint: string, project: string, states: SFNClient) {
  const { hostname, port } = new URL(endpoint);
  const forward = async (incoming: IncomingMessage, body: Buffer) => {
    const { method, url: path, headers } = incoming;
    const outgoing = request({ hostname, port, method, path, headers });
    outgoing.end(body);
    return new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
  };
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await read(incoming);
    const target = incoming.headers['x-amz-target'];
    if (isEmr(target)) {
      const { status, body: text } = await emrAnswer(states, String(target), body.toString('utf8'));
      return response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
    }
    const answer = await forward(incoming, body).catch(() => undefined);
    if (answer === undefined) return incoming.socket.destroy();
    const file = fileOf(incoming);
    if (file !== undefined && answer.statusCode! < 300) {
      if (incoming.method === 'PUT') await writeAtomically(file, body);
      else await rm(file, { force: true });
    }
    return response.writeHead(answer.statusCode!, answer.headers).end(await read(answer));
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
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

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
