import type { Json, JsonObject } from '../../../json/value.ts';
import { LIMITS } from '../../../language/limits.ts';
import type { MapState } from '../../../language/types.ts';
import { isoTimestamp } from '../../clocks.ts';
import { byteLength, dataLimitExceeded } from '../../data-size.ts';
import { type Flow, settled } from '../../flow.ts';
import { languageOf } from '../../languages/index.ts';
import type { ChildExecution } from '../../map-run.ts';
import { StateFailure } from '../../state-failure.ts';
import { awaitReply } from '../../task-call.ts';
import type { Visit } from '../../visit.ts';
import type { Ledger } from './ledger.ts';

/** A Map's `ResultWriter`, computed. */
export interface Writer {
  readonly transformation: Transformation;
  readonly lines: boolean;
  /** Where in S3 the results go; else they are the Map's result. */
  readonly to?: {
    readonly resource: string;
    readonly mapRunArn: string;
    readonly bucket: string;
    /** `<prefix>/<run>/`. */
    readonly folder: string;
  };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
export function* writerOf(visit: Visit<MapState>, input: Json, mapRunArn: string): Flow<Writer | undefined> {
  const { ResultWriter } = visit.state;
  if (ResultWriter === undefined) return undefined;
  const given = (yield* settled(languageOf(visit).compute(visit, input, ResultWriter, 'ResultWriter'))) as JsonObject;
  const { Transformation: transformation, OutputType } = (given.WriterConfig ?? {}) as JsonObject;
  const place = (given.Arguments ?? given.Parameters) as JsonObject | undefined;
  const id = mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1);
  const [bucket, prefix] = [place?.Bucket ?? '', place?.Prefix ?? ''];
  if (typeof bucket !== 'string' || typeof prefix !== 'string')
    throw new StateFailure(
      'States.ResultWriterFailed',
      'The Bucket and the Prefix of the ResultWriter must be strings',
    );
  return {
    transformation: (transformation ?? (place === undefined ? 'COMPACT' : 'NONE')) as Transformation,
    lines: OutputType === 'JSONL',
    ...(place !== undefined && {
      to: {
        resource: String(given.Resource),
        mapRunArn,
        bucket,
        folder: `${prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`}${id}/`,
      },
    }),
  };
}

/** Where a child's record goes: the kinds of files that a writer writes, in their order. */
type Kind = 'FAILED' | 'PENDING' | 'SUCCEEDED';
const KINDS: readonly Kind[] = ['FAILED', 'PENDING', 'SUCCEEDED'];

/** What a child has to show, made small: a large run has very many of them. */
interface Shown {
  readonly kind: Kind;
  readonly results: readonly Json[];
  readonly itemCount: number;
}

/**
 * The results of a Map run, taken as its children end, in whatever order, and shown in the children's. What is to be written goes into
 * texts, of which one is put as soon as a file is full of it; what is to be the Map's result is kept only while it is not too large.
 */
export class Results {
  readonly #visit: Visit<MapState>;
  readonly #writer: Writer | undefined;
  readonly #ledger: Ledger;
  readonly #transformation: Transformation;
  /** Of children whose turn has not come. */
  readonly #waiting = new Map<number, Shown>();
  readonly #files: { readonly [kind in Kind]: ResultFiles };
  readonly #kept: Json[] = [];
  #next = 0;
  #bytes = 0;

  constructor(visit: Visit<MapState>, writer: Writer | undefined, ledger: Ledger) {
    this.#visit = visit;
    this.#writer = writer;
    this.#ledger = ledger;
    this.#transformation = writer?.transformation ?? 'COMPACT';
    const lines = writer?.lines === true;
    this.#files = {
      FAILED: new ResultFiles(lines),
      PENDING: new ResultFiles(lines),
      SUCCEEDED: new ResultFiles(lines),
    };
  }

  /** Whether they go into files. */
  get areWritten(): boolean {
    return this.#writer?.to !== undefined;
  }

  /** Whether a file is full. */
  get hasFull(): boolean {
    return KINDS.some((kind) => this.#files[kind].isFull);
  }

  /** Takes the record of a child that has ended, or that was never started. */
  take(child: ChildExecution): void {
    this.#waiting.set(child.index, this.#shown(child));
    for (let next = this.#waiting.get(this.#next); next !== undefined; next = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      this.#show(next);
    }
  }

  /** Writes the files that are full. */
  *writeFull(): Flow<void> {
    for (const kind of KINDS) if (this.#files[kind].isFull) yield* this.#write(kind);
  }

  /** Writes a file for each of the kinds of end that children have come to, and the manifest that names them. */
  *writeAll(): Flow<void> {
    this.#showWaiting();
    if (this.#writer?.to === undefined) return;
    const { mapRunArn, resource, bucket, folder } = this.#writer.to;
    for (const kind of KINDS) {
      this.#files[kind].end();
      yield* this.#write(kind);
    }
    const written = Object.fromEntries(KINDS.map((kind) => [kind, this.#files[kind].written as Json]));
    const manifest = { DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: written };
    yield* putFile(this.#visit, resource, {
      Bucket: bucket,
      Key: `${folder}manifest.json`,
      Body: JSON.stringify(manifest),
    });
  }

  /** The Map's result when all has gone well: what its children gave, or where it was written. */
  result(): Json {
    if (this.#writer?.to !== undefined) {
      const { mapRunArn, bucket, folder } = this.#writer.to;
      return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}manifest.json` } };
    }
    this.#showWaiting();
    if (this.#bytes > LIMITS.dataBytes) throw dataLimitExceeded(this.#visit.name);
    if (this.#writer?.lines !== true) return this.#kept;
    return this.#kept.map((result) => `${JSON.stringify(result)}\n`).join('');
  }

  #shown(child: ChildExecution): Shown {
    const { status, itemCount } = child;
    const kind = status === 'SUCCEEDED' || status === 'PENDING' ? status : 'FAILED';
    return { kind, results: this.#resultsOf(child), itemCount };
  }

  /** What failed stands there unchanged, whatever the transformation. */
  #resultsOf(child: ChildExecution): readonly Json[] {
    if (child.status !== 'SUCCEEDED') return [this.#writer?.to === undefined ? shortRecord(child) : fullRecord(child)];
    if (this.#transformation === 'NONE') return [fullRecord(child)];
    const { output = null } = child;
    return this.#transformation === 'FLATTEN' && Array.isArray(output) ? (output as Json[]) : [output];
  }

  #show({ kind, results, itemCount }: Shown): void {
    if (this.#writer?.to !== undefined) {
      this.#files[kind].add(results, itemCount);
      return;
    }
    // Without what frames them they are at least so many bytes.
    for (const result of results) this.#bytes += byteLength(result);
    if (this.#bytes > LIMITS.dataBytes) this.#kept.length = 0;
    else for (const result of results) this.#kept.push(result);
  }

  /** Of children behind one that there is no record of. */
  #showWaiting(): void {
    for (const [, shown] of [...this.#waiting].sort(([a], [b]) => a - b)) this.#show(shown);
    this.#waiting.clear();
  }

  *#write(kind: Kind): Flow<void> {
    const to = this.#writer?.to;
    if (to === undefined) return;
    const { resource, bucket, folder } = to;
    const files = this.#files[kind];
    for (let full = files.full.shift(); full !== undefined; full = files.full.shift()) {
      const { number, body, children, items } = full;
      const Key = `${folder}${kind}_${number}.${this.#writer?.lines ? 'jsonl' : 'json'}`;
      let put = false;
      try {
        yield* putFile(this.#visit, resource, { Bucket: bucket, Key, Body: body });
        put = true;
      } finally {
        // The child whose results filled it may be ended meanwhile.
        if (!put) files.full.unshift(full);
      }
      files.written[number] = { Key, Size: Buffer.byteLength(body) };
      if (kind !== 'PENDING') this.#ledger.written(children, items);
    }
  }
}

/** Whatever stands for the services puts the file. */
function* putFile(visit: Visit<MapState>, resource: string, given: JsonObject): Flow<void> {
  try {
    yield* awaitReply(visit, {
      resource,
      given,
      timeout: undefined,
      heartbeat: undefined,
      asks: { writes: true },
    });
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    throw new StateFailure('States.ResultWriterFailed', error.cause);
  }
}

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/** A child as a result file has it: with all that is known of it. */
function fullRecord(child: ChildExecution): JsonObject {
  const { executionArn, stateMachineArn, name, input, output, error, cause, status, startDate, stopDate } = child;
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: executionArn,
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    Name: name,
    ...(output !== undefined && { Output: JSON.stringify(output), OutputDetails: { Included: true } }),
    RedriveCount: child.redriveCount,
    ...(status !== 'PENDING' && redriveStatus(status)),
    ...(startDate !== undefined && { StartDate: isoTimestamp(startDate) }),
    StateMachineArn: stateMachineArn,
    Status: status,
    ...(stopDate !== undefined && { StopDate: isoTimestamp(stopDate) }),
  };
}

function redriveStatus(status: string): JsonObject {
  if (status !== 'SUCCEEDED') return { RedriveStatus: 'REDRIVABLE' };
  return {
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}

/** A tolerated failure where a Map's results stand in its output. */
function shortRecord({ status, error, cause }: ChildExecution): JsonObject {
  return {
    Status: status,
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
  };
}

/** Characters of a result file. The service begins another at 5 GB; what is to be written is held here until then. */
const FILE_CHARACTERS = 2 ** 24;
/** So many texts are joined to one: each of a million short texts costs more than its characters. */
const JOINED = 1_000;

/** A file that is to be put. */
interface FullFile {
  /** Which of its kind it is, from 0. */
  readonly number: number;
  readonly body: string;
  /** Of how many children, and items of theirs, the results end in it. */
  readonly children: number;
  readonly items: number;
}

/** The results of one kind as the texts of as many files as they need. */
export class ResultFiles {
  /** Files that are to be put. */
  readonly full: FullFile[] = [];
  /** Those that have been put. */
  readonly written: { readonly Key: string; readonly Size: number }[] = [];
  readonly #lines: boolean;
  readonly #most: number;
  #ended = 0;
  #joined: string[] = [];
  #texts: string[] = [];
  #length = 0;
  #children = 0;
  #items = 0;
  #begun = false;

  constructor(lines: boolean, most = FILE_CHARACTERS) {
    this.#lines = lines;
    this.#most = most;
  }

  get isFull(): boolean {
    return this.full.length > 0;
  }

  /** Adds what one child, given so many items, has to show. */
  add(results: readonly Json[], items: number): void {
    this.#begun = true;
    for (const result of results) {
      const text = JSON.stringify(result);
      if (this.#length > 0 && this.#length + text.length > this.#most) this.end();
      this.#begun = true;
      this.#texts.push(text);
      this.#length += text.length + 1;
      if (this.#texts.length >= JOINED) this.#join();
    }
    this.#children++;
    this.#items += items;
  }

  /** Ends the file that was begun, if any: one without results where children had none to show. */
  end(): void {
    if (!this.#begun) return;
    this.#join();
    const text = this.#joined.join(this.#lines ? '' : ',');
    const body = this.#lines ? text : `[${text}]`;
    this.full.push({ number: this.#ended++, body, children: this.#children, items: this.#items });
    this.#joined = [];
    this.#length = 0;
    this.#children = 0;
    this.#items = 0;
    this.#begun = false;
  }

  #join(): void {
    if (this.#texts.length === 0) return;
    this.#joined.push(this.#lines ? `${this.#texts.join('\n')}\n` : this.#texts.join(','));
    this.#texts = [];
  }
}
