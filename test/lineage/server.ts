import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunEvent } from '../../engines/lineage/event.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LineageServer {
  /** Its address, without a path. */
  readonly url: string;
  readonly requests: Request[];
  /** The events that it was sent. */
  events(): RunEvent[];
  close(): Promise<void>;
}

/** Takes events as a server of OpenLineage does, and keeps them. @param status what it answers; undefined: nothing, ever */
export async function lineageServer(
  status: (nth: number) => number | undefined = () => 201,
  headers: Record<string, string> = {},
): Promise<LineageServer> {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '' } = request;
      requests.push({ method, path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const answer = status(requests.length);
      if (answer !== undefined) response.writeHead(answer, headers).end(answer < 300 ? '' : 'not like this\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    events: () => requests.map(({ body }) => JSON.parse(body) as RunEvent),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
