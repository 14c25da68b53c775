import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './protocol/api-error.ts';
import { dispatch, type WireAnswer, writeError } from './protocol/dispatch.ts';
import type { World } from './world.ts';

/** The largest request has a definition of 1 MB in it, every character of which may be escaped. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What is told of an answered request. */
export interface Answered {
  readonly target: string;
  readonly status: number;
  /** Of an error. */
  readonly error: string | undefined;
  readonly milliseconds: number;
}

export interface HttpOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  readonly onAnswered: (answered: Answered) => void;
  readonly onDefect: (error: unknown) => void;
}

/** Listens for AWS JSON 1.0: `POST /` with the action in the header X-Amz-Target. Any Host will do, `sync-…` too. */
export async function listen(
  world: World,
  options: HttpOptions,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    void answer(request, response, world, options).catch(options.onDefect);
  });
  // Longer than clients leave a connection idle: one that ends while a request is under way fails that request.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
  options: HttpOptions,
): Promise<void> {
  const began = performance.now();
  const target = header(request, 'x-amz-target');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let body: string | undefined;
  let result: WireAnswer;
  try {
    refuseBrowsers(request);
    body = await readText(request);
    const asked = { signal: gone.signal, traceHeader: header(request, 'x-amzn-trace-id') };
    result = await dispatch(target, body, world, asked, options.onDefect);
  } catch (error) {
    if (!(error instanceof ApiError)) {
      // The client has gone before it had said everything.
      response.destroy();
      return;
    }
    result = writeError(error);
  }
  response.writeHead(result.status, {
    'Content-Type': 'application/x-amz-json-1.0',
    'Content-Length': Buffer.byteLength(result.body),
    'x-amzn-RequestId': randomUUID(),
    // What was not read to its end is in the way of a next request.
    ...(body === undefined && { Connection: 'close' }),
    ...result.headers,
  });
  response.end(result.body);
  options.onAnswered({
    target: target ?? `${request.method} ${request.url}`,
    status: result.status,
    error: result.headers['x-amzn-ErrorType'],
    milliseconds: performance.now() - began,
  });
}

/** A web page must not reach this port from its visitor's browser, which says where the page is from. */
function refuseBrowsers(request: IncomingMessage): void {
  if (request.headers.origin !== undefined) {
    throw new ApiError('AccessDeniedException', 'This endpoint answers no web pages.');
  }
  if (request.method !== 'POST')
    throw new ApiError('UnknownOperationException', 'Requests are POST / with X-Amz-Target.');
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      throw new ApiError('RequestEntityTooLargeException', `A request has at most ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
