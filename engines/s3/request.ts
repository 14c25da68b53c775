import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { S3Error } from './errors.ts';
import { document, type Xml } from './xml.ts';

/** A request in S3's path style, and its answer. */
export class S3Request {
  readonly method: string;
  /** '' where it is about all buckets. */
  readonly bucket: string;
  /** '' where it is about the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly incoming: IncomingMessage;
  readonly #response: ServerResponse;

  /** @throws S3Error where its path cannot be read */
  constructor(incoming: IncomingMessage, response: ServerResponse) {
    // `new URL` would take `..` out of a key.
    const [path = '', query = ''] = (incoming.url ?? '').split(/\?(.*)/s);
    const [, bucket = '', key = ''] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
    this.method = incoming.method ?? 'GET';
    this.incoming = incoming;
    this.#response = response;
    this.query = new URLSearchParams(query);
    try {
      [this.bucket, this.key] = [decodeURIComponent(bucket), decodeURIComponent(key)];
    } catch {
      throw new S3Error('InvalidURI');
    }
  }

  header(name: string): string | undefined {
    const value = this.incoming.headers[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** A whole number of the query. */
  number(name: string, otherwise: number): number {
    const given = this.query.get(name);
    if (given === null || given === '') return otherwise;
    if (!/^\d+$/.test(given)) throw new S3Error('InvalidArgument', `Argument ${name} must be an integer`);
    return Number(given);
  }

  body(): Promise<string> {
    return text(this.incoming);
  }

  get response(): ServerResponse {
    return this.#response;
  }

  answer(status: number, headers: Readonly<Record<string, string | number>> = {}): void {
    this.#response.writeHead(status, headers).end();
  }

  answerXml(root: string, value: Xml, status = 200): void {
    const body = document(root, value);
    this.#response.writeHead(status, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) });
    this.#response.end(this.method === 'HEAD' ? undefined : body);
  }
}
