import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isBucketName, type Lake } from '../lake/lake.ts';
import { BucketFiles } from './bucket-files.ts';
import { S3Error } from './errors.ts';
import { list } from './listing.ts';
import { Uploads } from './multipart.ts';
import { copy, deleteMany, get, put } from './objects.ts';
import { S3Request } from './request.ts';
import { document } from './xml.ts';

/**
 * Speaks S3 over the lake's folders, on this machine alone, so that code with boto3 or an SDK of AWS reaches the lake: objects in buckets of
 * the lake, read, written, copied, deleted and listed, in one piece and in parts. Only an object's content is kept, for the folders hold
 * files and nothing about them.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class S3Server {
  readonly #server: Server;
  readonly #files: BucketFiles;
  readonly #uploads: Uploads;
  readonly #scratch: string;
  readonly #lake: Lake;
  readonly #isOpen: boolean;

  private constructor(lake: Lake, scratch: string, isOpen: boolean) {
    this.#lake = lake;
    this.#isOpen = isOpen;
    this.#files = new BucketFiles(lake);
    this.#scratch = scratch;
    this.#uploads = new Uploads(this.#files, join(scratch, 'uploads'));
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /**
   * @param scratch a folder for what is not whole yet, on the same disk as the lake where that can be
   * @param options `isOpen`: a bucket is there as soon as somebody names it
   */
  static async start(lake: Lake, scratch: string, { isOpen = false } = {}): Promise<S3Server> {
    const server = new S3Server(lake, scratch, isOpen);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** `http://127.0.0.1:49152`, as the variable AWS_ENDPOINT_URL_S3 has it. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let request: S3Request | undefined;
    try {
      request = new S3Request(incoming, response);
      // Nothing here checks a signature; what has none, a page in a browser perhaps, is refused as S3 refuses it.
      const isSigned = incoming.headers.authorization !== undefined || request.query.has('X-Amz-Credential');
      if (!isSigned && !request.query.has('AWSAccessKeyId')) throw new S3Error('AccessDenied');
      if (this.#isOpen && isBucketName(request.bucket)) await this.#lake.addBucket(request.bucket);
      await this.#answer(request);
    } catch (error) {
      fail(incoming, response, error);
    }
  }

  #answer(request: S3Request): Promise<void> | void {
    if (request.bucket === '') return this.#ofAll(request);
    return request.key === '' ? this.#ofBucket(request) : this.#ofObject(request);
  }

  #ofAll(request: S3Request): void {
    if (request.method !== 'GET') throw new S3Error('NotImplemented');
    const CreationDate = new Date(0).toISOString();
    request.answerXml('ListAllMyBucketsResult', {
      Owner: { ID: 'local' },
      Buckets: { Bucket: this.#files.buckets.map((Name) => ({ Name, CreationDate })) },
    });
  }

  #ofBucket(request: S3Request): Promise<void> | void {
    const { method, query, bucket } = request;
    if (method === 'PUT' && query.size === 0) {
      const isThere = this.#files.buckets.includes(bucket);
      throw new S3Error(
        isThere ? 'BucketAlreadyOwnedByYou' : 'AccessDenied',
        isThere
          ? undefined
          : `${bucket} is no bucket of the lake: declare it in the DAG's env, or name it in dagwright.yaml`,
      );
    }
    if (method === 'POST' && query.has('delete')) return deleteMany(this.#files, request);
    this.#files.mustHave(bucket);
    if (method === 'HEAD') return request.answer(200, { 'x-amz-bucket-region': 'us-east-1' });
    if (method !== 'GET') throw notHere(request);
    if (query.has('location')) return request.answerXml('LocationConstraint', '');
    if (query.has('uploads')) return this.#uploads.listUploads(request);
    if ([...query.keys()].every((name) => LISTING.has(name) || name.startsWith('X-Amz-')))
      return list(this.#files, request);
    throw notHere(request);
  }

  async #ofObject(request: S3Request): Promise<void> {
    const { method, query, bucket, key } = request;
    const isUpload = query.has('uploadId');
    const isCopy = request.header('x-amz-copy-source') !== undefined;
    if ([...query.keys()].some((name) => OTHER_PARTS.has(name))) throw notHere(request);
    if (method === 'POST' && query.has('uploads')) return this.#uploads.create(request);
    if (method === 'POST' && isUpload) return this.#uploads.complete(request);
    if (method === 'PUT' && isUpload) return this.#uploads.put(request);
    if (method === 'DELETE' && isUpload) return this.#uploads.abort(request);
    if (method === 'GET' && isUpload) return this.#uploads.listParts(request);
    if (method === 'GET' || method === 'HEAD') return get(this.#files, request);
    if (method === 'PUT')
      return isCopy ? copy(this.#files, request, this.#scratch) : put(this.#files, request, this.#scratch);
    if (method !== 'DELETE') throw notHere(request);
    await this.#files.delete(bucket, key);
    request.answer(204);
  }
}

/** What the query of a list may hold; any other name asks for something about the bucket that folders do not have. */
const LISTING: ReadonlySet<string> = new Set([
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'list-type',
  'marker',
  'max-keys',
  'prefix',
  'start-after',
  'x-id',
]);

/** What the query of an object asks for besides its content. */
const OTHER_PARTS: ReadonlySet<string> = new Set([
  'acl',
  'attributes',
  'legal-hold',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'versionId',
]);

function notHere({ method, query }: S3Request): S3Error {
  const what = [method, ...query.keys()].join(' ');
  return new S3Error(
    'NotImplemented',
    `The S3 of this machine keeps the contents of objects and nothing else: ${what}`,
  );
}

function fail(incoming: IncomingMessage, response: ServerResponse, error: unknown): void {
  const told = error instanceof S3Error ? error : new S3Error('InternalError', (error as Error).message);
  // An answer that has begun can only be broken off.
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const isBare = incoming.method === 'HEAD' || told.status === 304;
  const text = document('Error', {
    Code: told.code,
    Message: told.message,
    Resource: incoming.url ?? '',
    RequestId: 'local',
  });
  response.writeHead(told.status, {
    ...(!isBare && { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(text) }),
    // What was not read of the request would be taken for the next one.
    ...(!incoming.complete && { Connection: 'close' }),
  });
  response.end(isBare ? undefined : text);
  incoming.resume();
}
