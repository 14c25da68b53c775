import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { etagOf } from '../lake/etag.ts';
import { receive } from './body.ts';
import type { BucketFiles } from './bucket-files.ts';
import { S3Error } from './errors.ts';
import { place, rangeOf, sourceOf, unquoted } from './objects.ts';
import type { S3Request } from './request.ts';
import { elements, textOf } from './xml.ts';

interface Part {
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: Date;
}

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly folder: string;
  readonly initiated: Date;
  readonly parts: Map<number, Part>;
}

/** Every part but the last, in bytes. */
const LEAST_PART = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

/** The multipart uploads that have begun: an object is there when its upload is complete. */
export class Uploads {
  readonly #files: BucketFiles;
  readonly #scratch: string;
  readonly #uploads = new Map<string, Upload>();

  constructor(files: BucketFiles, scratch: string) {
    this.#files = files;
    this.#scratch = scratch;
  }

  create(request: S3Request): void {
    const { bucket, key } = request;
    this.#files.mustHave(bucket);
    const id = randomBytes(24).toString('hex');
    const folder = join(this.#scratch, id);
    this.#uploads.set(id, { bucket, key, folder, initiated: new Date(), parts: new Map() });
    request.answerXml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id });
  }

  async put(request: S3Request): Promise<void> {
    const upload = this.#of(request);
    const number = request.number('partNumber', 0);
    if (number < 1 || number > MOST_PARTS)
      throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    const isCopy = request.header('x-amz-copy-source') !== undefined;
    const made = isCopy ? await this.#copied(request, upload, number) : await receive(request.incoming, upload.folder);
    const part = { ...made, modified: new Date() };
    upload.parts.set(number, part);
    if (!isCopy) request.answer(200, { ETag: part.etag });
    else request.answerXml('CopyPartResult', { LastModified: part.modified.toISOString(), ETag: part.etag });
  }

  /** UploadPartCopy: a part of an object that is there. */
  async #copied(request: S3Request, { folder }: Upload, number: number): Promise<Omit<Part, 'modified'>> {
    const source = await sourceOf(this.#files, request);
    const range = rangeOf(request.header('x-amz-copy-source-range'), source.size) ?? [0, source.size - 1];
    const file = join(folder, `copy-${number}-${randomBytes(8).toString('hex')}`);
    await mkdir(folder, { recursive: true });
    await pipeline(createReadStream(source.file, { start: range[0], end: range[1] }), createWriteStream(file));
    return { file, size: range[1] - range[0] + 1, etag: await etagOf(file) };
  }

  async complete(request: S3Request): Promise<void> {
    const upload = this.#of(request);
    const { bucket, key } = upload;
    const asked = elements(await request.body(), 'Part').map((one) => ({
      number: Number(textOf(one, 'PartNumber')),
      etag: textOf(one, 'ETag') ?? '',
    }));
    if (asked.length === 0) throw new S3Error('MalformedXML');
    if (asked.some(({ number }, at) => at > 0 && number <= asked[at - 1]!.number))
      throw new S3Error('InvalidPartOrder');
    const parts = asked.map(({ number, etag }) => {
      const part = upload.parts.get(number);
      if (part === undefined || unquoted(part.etag) !== unquoted(etag)) throw new S3Error('InvalidPart');
      return part;
    });
    if (parts.slice(0, -1).some(({ size }) => size < LEAST_PART)) throw new S3Error('EntityTooSmall');
    const draft = join(upload.folder, 'whole');
    for (const [at, { file }] of parts.entries())
      await pipeline(createReadStream(file), createWriteStream(draft, { flags: at === 0 ? 'w' : 'a' }));
    await place(this.#files, request, draft);
    await this.#end(request);
    const made = await this.#files.find(bucket, key);
    request.answerXml('CompleteMultipartUploadResult', {
      Location: `http://${request.header('host') ?? ''}/${bucket}/${encodeURIComponent(key)}`,
      Bucket: bucket,
      Key: key,
      ETag: await made.etag(),
    });
  }

  async abort(request: S3Request): Promise<void> {
    this.#of(request);
    await this.#end(request);
    request.answer(204);
  }

  listParts(request: S3Request): void {
    const { bucket, key, parts } = this.#of(request);
    const after = request.number('part-number-marker', 0);
    const most = Math.min(request.number('max-parts', 1000), 1000);
    const numbers = [...parts.keys()].filter((number) => number > after).sort((a, b) => a - b);
    const page = numbers.slice(0, most);
    request.answerXml('ListPartsResult', {
      Bucket: bucket,
      Key: key,
      UploadId: request.query.get('uploadId') ?? '',
      PartNumberMarker: after,
      NextPartNumberMarker: page.at(-1),
      MaxParts: most,
      IsTruncated: page.length < numbers.length,
      Part: page.map((number) => {
        const { modified, etag, size } = parts.get(number)!;
        return { PartNumber: number, LastModified: modified.toISOString(), ETag: etag, Size: size };
      }),
    });
  }

  listUploads(request: S3Request): void {
    this.#files.mustHave(request.bucket);
    const prefix = request.query.get('prefix') ?? '';
    const found = [...this.#uploads].filter(
      ([, { bucket, key }]) => bucket === request.bucket && key.startsWith(prefix),
    );
    request.answerXml('ListMultipartUploadsResult', {
      Bucket: request.bucket,
      Prefix: prefix,
      IsTruncated: false,
      Upload: found
        .sort(([, a], [, b]) => Buffer.from(a.key).compare(Buffer.from(b.key)))
        .map(([id, { key, initiated }]) => ({ Key: key, UploadId: id, Initiated: initiated.toISOString() })),
    });
  }

  #of(request: S3Request): Upload {
    const upload = this.#uploads.get(request.query.get('uploadId') ?? '');
    if (upload?.bucket !== request.bucket || upload.key !== request.key) throw new S3Error('NoSuchUpload');
    return upload;
  }

  async #end(request: S3Request): Promise<void> {
    const { folder } = this.#of(request);
    this.#uploads.delete(request.query.get('uploadId')!);
    await rm(folder, { recursive: true, force: true });
  }
}
