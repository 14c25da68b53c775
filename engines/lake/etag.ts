import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The ETag of an object that was put in one piece: the MD5 of its content, in quotation marks. */
export async function etagOf(file: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return `"${hash.digest('hex')}"`;
}
