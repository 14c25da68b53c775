import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What becomes of a call: `pass`; `before`: the connection breaks before the server has heard of it; `after`: the server has done it, and the
 * answer is lost; `silent`: nothing is ever answered; `throttled`, `broken`: a 400 (S3: a 503) or a 500 in place of the server's answer, in the
 * service's own format; or another answer, as JSON or XML.
 */
export type Fate =
  | 'pass'
  | 'before'
  | 'after'
  | 'silent'
  | 'throttled'
  | 'broken'
  | { readonly status: number; readonly body: string };

export interface FailingProxy {
  readonly url: string;
  /** The calls since `begin`, the first is 1: method, path and X-Amz-Target. */
  readonly calls: readonly string[];
  /** Counts from 1 again, and asks for each call what becomes of it. */
  readonly begin: (fate: (n: number, call: string, attempt: number) => Fate) => void;
  readonly stop: () => Promise<void>;
}

/** An HTTP proxy between clients and an endpoint, which can fail at any call in every way that networks and services do. */
export async function startProxy(target: string): Promise<FailingProxy> {
  const calls: string[] = [];
  const sockets = new Set<Socket>();
  let fateOf: (n: number, call: string, attempt: number) => Fate = () => 'pass';
  const { hostname, port } = new URL(target);

  const forward = async (
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ answer: IncomingMessage; text: Buffer }> => {
    const outgoing = request({
      // A connection that is kept may be one that the server is closing: what then fails is the proxy, and not what the test asked for.
      agent: false,
      hostname,
      port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    });
    outgoing.end(body);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
    });
    return { answer, text: await read(answer) };
  };
  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await read(incoming);
    const call = nameOf(incoming, body);
    calls.push(call);
    const attempt = Number(/attempt=(\d+)/.exec(String(incoming.headers['amz-sdk-request']))?.[1] ?? 1);
    const fate = fateOf(calls.length, call, attempt);
    if (fate === 'before') return incoming.socket.destroy();
    if (fate === 'silent') return undefined;
    const instead =
      typeof fate === 'object'
        ? fate
        : fate === 'throttled' || fate === 'broken'
          ? failure(fate, incoming, call)
          : undefined;
    if (instead !== undefined) {
      const type = instead.body.startsWith('{') ? 'application/x-amz-json-1.0' : 'text/xml';
      return response.writeHead(instead.status, { 'content-type': type }).end(instead.body);
    }
    const { answer, text } = await forward(incoming, body);
    if (fate === 'after') return incoming.socket.destroy();
    return response.writeHead(answer.statusCode!, answer.headers).end(text);
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    begin: (fate) => {
      calls.length = 0;
      fateOf = fate;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function nameOf({ method, url = '', headers }: IncomingMessage, body: Buffer): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return String(target);
  const action = /(?:^|&)Action=(\w+)/.exec(body.toString('latin1', 0, 2000))?.[1];
  return action ?? `${method} ${url}`;
}

function failure(kind: 'throttled' | 'broken', { headers, url = '' }: IncomingMessage, call: string) {
  const json = headers['x-amz-target'] !== undefined || url.startsWith('/schedules');
  const s3 = !json && call.includes('/');
  const name = kind === 'broken' ? 'InternalFailure' : json ? 'ThrottlingException' : s3 ? 'SlowDown' : 'Throttling';
  const status = kind === 'broken' ? 500 : s3 ? 503 : 400;
  const message = kind === 'broken' ? 'try again' : s3 ? 'Please reduce your request rate.' : 'Rate exceeded';
  if (json) return { status, body: JSON.stringify({ __type: name, message }) };
  const error = `<Error><Code>${name}</Code><Message>${message}</Message></Error>`;
  return { status, body: s3 ? error : `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
}
