import { createHash, type Hash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { S3Error } from './errors.ts';

/** What a request brought, in a file of its own. */
export interface Received {
  readonly file: string;
  readonly size: number;
  /** In quotation marks. */
  readonly etag: string;
}

/**
 * Writes the body of a request to a file, and holds it against the length and the checksums that came with it.
 * @param folder where the file is made
 * @throws S3Error where they differ; nothing is left then
 */
export async function receive(request: IncomingMessage, folder: string): Promise<Received> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, randomUUID());
  const handle = await open(file, 'w');
  const trailers = new Map<string, string>();
  const sums = new Sums();
  let size = 0;
  try {
    for await (const chunk of isChunked(request) ? unchunked(request, trailers) : request) {
      await handle.writeFile(chunk as Buffer);
      sums.add(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    const length = header(request, isChunked(request) ? 'x-amz-decoded-content-length' : 'content-length');
    if (length !== undefined && Number(length) !== size) throw new S3Error('IncompleteBody');
    const md5 = sums.digest('md5');
    for (const [name, given] of [...sumsIn(request), ...trailers])
      if (!sums.agrees(name, given)) throw new S3Error('BadDigest');
    return { file, size, etag: `"${Buffer.from(md5, 'base64').toString('hex')}"` };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The checksums in the headers of a request. */
function sumsIn({ headers }: IncomingMessage): [name: string, value: string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && (name === 'content-md5' || name.startsWith('x-amz-checksum-')) ? [[name, value]] : [],
  );
}

/** Checksums of what goes by, in base64. */
class Sums {
  readonly #hashes = new Map<string, Hash>(['md5', 'sha1', 'sha256'].map((name) => [name, createHash(name)]));
  readonly #digests = new Map<string, string>();
  #crc32 = 0;

  add(chunk: Buffer): void {
    for (const hash of this.#hashes.values()) hash.update(chunk);
    // Node.js has it since 20.15.
    this.#crc32 = zlib.crc32?.(chunk, this.#crc32) ?? 0;
  }

  digest(name: string): string {
    const known = this.#digests.get(name) ?? this.#hashes.get(name)!.digest('base64');
    this.#digests.set(name, known);
    return known;
  }

  /** Whether a checksum is that of what went by; of one of another kind nobody knows. */
  agrees(header: string, given: string): boolean {
    const name = header.replace(/^(?:content-|x-amz-checksum-)/, '');
    if (this.#hashes.has(name)) return this.digest(name) === given.trim();
    if (name !== 'crc32' || zlib.crc32 === undefined) return true;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#crc32);
    return bytes.toString('base64') === given.trim();
  }
}

function isChunked(request: IncomingMessage): boolean {
  return (
    /\baws-chunked\b/.test(header(request, 'content-encoding') ?? '') ||
    (header(request, 'x-amz-content-sha256') ?? '').startsWith('STREAMING-')
  );
}

/**
 * What stands in a body of signed or unsigned chunks; what follows the last of them goes into `trailers`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
async function* unchunked(body: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const bytes = new Bytes(body);
  for (;;) {
    const size = Number.parseInt(await bytes.line(), 16);
    if (!(size >= 0)) throw new S3Error('IncompleteBody');
    if (size === 0) break;
    yield* bytes.take(size);
    await bytes.line();
  }
  for (let line = await bytes.line(); line !== ''; line = await bytes.line()) {
    const colon = line.indexOf(':');
    trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1));
  }
}

/** Reads lines and so many bytes from pieces of any length. */
class Bytes {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done === true) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }

  /** Without its end; '' where the body has ended. */
  async line(): Promise<string> {
    let end = this.#rest.indexOf('\r\n');
    while (end < 0) {
      if (!(await this.#more())) return '';
      end = this.#rest.indexOf('\r\n');
    }
    const line = this.#rest.subarray(0, end).toString('latin1');
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  async *take(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#rest.length === 0 && !(await this.#more())) throw new S3Error('IncompleteBody');
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }
}
