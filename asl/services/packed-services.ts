import { closeSync, openSync, readSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/**
 * A file of text by service, of which only the services in use are read: all of them are megabytes, and a DAG calls a few.
 *
 * The file's first line lists `service:bytes` for each service; after it come the services' texts in this order, each compressed with
 * Brotli on its own (scripts/generate-sdk-services.py writes it).
 */
export class PackedServices {
  private readonly file: URL;
  private index: { readonly start: number; readonly places: ReadonlyMap<string, Place> } | undefined;

  constructor(file: URL) {
    this.file = file;
  }

  /** The names of all services, in order. */
  names(): readonly string[] {
    return [...this.read().places.keys()];
  }

  has(service: string): boolean {
    return this.read().places.has(service);
  }

  /** A service's text; undefined where the file does not have the service. */
  text(service: string): string | undefined {
    const { start, places } = this.read();
    const place = places.get(service);
    if (place === undefined) return undefined;
    return brotliDecompressSync(bytesOf(this.file, start + place.offset, place.length)).toString();
  }

  private read(): NonNullable<PackedServices['index']> {
    if (this.index !== undefined) return this.index;
    let head = '';
    while (!head.includes('\n')) head += bytesOf(this.file, head.length, HEAD_BYTES).toString('latin1');
    const line = head.slice(0, head.indexOf('\n'));
    const places = new Map<string, Place>();
    let offset = 0;
    for (const entry of line.split(' ')) {
      const [service, length] = entry.split(':') as [string, string];
      places.set(service, { offset, length: Number(length) });
      offset += Number(length);
    }
    this.index = { start: line.length + 1, places };
    return this.index;
  }
}

interface Place {
  readonly offset: number;
  readonly length: number;
}

/** More than the list of services takes. */
const HEAD_BYTES = 16_384;

function bytesOf(file: URL, position: number, length: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
  } finally {
    closeSync(descriptor);
  }
}
