import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Account } from '../engine.ts';
import type { As, AwsCall, Denial } from '../iam/index.ts';
import { filesBelow, parseS3Uri } from '../lake/lake.ts';

/**
 * What a Spark job may do with its role, as far as it shows: it fetches the files of its command line before it runs; when it has ended,
 * its log says which files Spark read, and the lake which were written below the paths in its arguments.
 */
export class SparkAccess {
  readonly #account: Account;
  readonly #call: TaskCall;
  readonly #as: As;
  readonly #began: number;

  constructor(account: Account, call: TaskCall, as: As) {
    this.#account = account;
    this.#call = call;
    this.#as = as;
    this.#began = Date.now();
  }

  /** What keeps the job from beginning. @param files those that Spark fetches, `s3://…` */
  fetching(files: readonly string[]): Denial | undefined {
    for (const uri of files) {
      const denied = this.#denied('getObject', uri);
      if (denied !== undefined) return denied;
    }
    return undefined;
  }

  /** What the job did and may not. @param args the script's, with the paths that it writes below */
  async did(args: readonly string[], log: string): Promise<Denial | undefined> {
    for (const uri of await readIn(log)) {
      const denied = this.#denied('getObject', uri);
      if (denied !== undefined) return denied;
    }
    const paths = args.flatMap((arg) => arg.match(/s3[an]?:\/\/[^\s,;"']+/g) ?? []);
    for (const uri of new Set(paths)) {
      const denied = await this.#wrote(uri);
      if (denied !== undefined) return denied;
    }
    return undefined;
  }

  async #wrote(uri: string): Promise<Denial | undefined> {
    const folder = this.#account.lake.path(uri);
    if (folder === undefined) return undefined;
    const base = uri.endsWith('/') ? uri : `${uri}/`;
    for await (const file of filesBelow(folder)) {
      if (file.endsWith('.crc') || (await stat(file)).mtimeMs < this.#began) continue;
      const denied = this.#denied('putObject', `${base}${relative(folder, file).split(sep).join('/')}`);
      if (denied !== undefined) return denied;
    }
    return undefined;
  }

  #denied(action: string, uri: string): Denial | undefined {
    const { bucket, key } = parseS3Uri(uri) ?? {};
    if (bucket === undefined) return undefined;
    const asked: AwsCall = { service: 's3', action, arguments: { Bucket: bucket, Key: key } };
    return this.#account.access?.(this.#call, this.#as, asked);
  }
}

/** The files that Spark says it read: `INFO FileScanRDD: Reading File path: s3://…, range: …`. */
async function readIn(log: string): Promise<string[]> {
  const found = new Set<string>();
  const lines = createInterface({ input: createReadStream(log), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const [, uri] = /Reading File path: (s3[an]?:\/\/\S+?),? range/.exec(line) ?? [];
    if (uri !== undefined) found.add(decodeURI(uri));
  }
  return [...found];
}
