import type { Json, JsonObject } from '../../../json/value.ts';
import type { MapState } from '../../../language/types.ts';
import { type Flow, settled } from '../../flow.ts';
import { languageOf } from '../../languages/index.ts';
import type { ChildExecution } from '../../map-run.ts';
import { StateFailure } from '../../state-failure.ts';
import { awaitReply } from '../../task-call.ts';
import { isoTimestamp } from '../../timestamp.ts';
import type { Visit } from '../../visit.ts';
import type { Ledger } from './ledger.ts';
import type { Planned } from './plan.ts';

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

/** The Map's result when all has gone well: what its children gave, or where it was written. */
export function resultOf(writer: Writer | undefined, records: readonly ChildExecution[]): Json {
  if (writer?.to !== undefined) {
    const { mapRunArn, bucket, folder } = writer.to;
    return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}manifest.json` } };
  }
  const results = transformed(records, writer?.transformation ?? 'COMPACT', shortRecord);
  return writer?.lines === true ? linesOf(results) : results;
}

/** Writes a file for each of the kinds of end that children have come to, and the manifest that names them. */
export function* writeResults(
  visit: Visit<MapState>,
  writer: Writer | undefined,
  plan: readonly Planned[],
  records: readonly ChildExecution[],
  ledger: Ledger,
): Flow<void> {
  if (writer?.to === undefined) return;
  const { mapRunArn, bucket, folder } = writer.to;
  const children = plan.map(({ record }) => records[record.index] ?? record);
  const kinds: [name: string, of: ChildExecution[]][] = [
    ['FAILED', children.filter(({ status }) => status !== 'SUCCEEDED' && status !== 'PENDING')],
    ['PENDING', children.filter(({ status }) => status === 'PENDING')],
    ['SUCCEEDED', children.filter(({ status }) => status === 'SUCCEEDED')],
  ];
  const files: { [kind: string]: Json } = {};
  for (const [kind, of] of kinds) {
    const written: Json[] = [];
    files[kind] = written;
    if (of.length === 0) continue;
    for (const body of bodies(transformed(of, writer.transformation, fullRecord), writer.lines)) {
      const Key = `${folder}${kind}_${written.length}.${writer.lines ? 'jsonl' : 'json'}`;
      yield* put(visit, writer.to.resource, { Bucket: bucket, Key, Body: body });
      written.push({ Key, Size: Buffer.byteLength(body) });
    }
    for (const { status, itemCount } of of) if (status !== 'PENDING') ledger.written(itemCount);
  }
  const manifest = { DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: files };
  yield* put(visit, writer.to.resource, {
    Bucket: bucket,
    Key: `${folder}manifest.json`,
    Body: JSON.stringify(manifest),
  });
}

/** Whatever stands for the services puts the file. */
function* put(visit: Visit<MapState>, resource: string, given: JsonObject): Flow<void> {
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

/** Characters of a result file. The service begins another at 5 GB; a text here holds less. */
const FILE_CHARACTERS = 2 ** 27;

/** The results as the texts of as many files as they need; of one, if there are none. */
export function* bodies(results: readonly Json[], lines: boolean, most = FILE_CHARACTERS): Generator<string> {
  let texts: string[] = [];
  let length = 0;
  const body = () => (lines ? texts.map((text) => `${text}\n`).join('') : `[${texts.join(',')}]`);
  for (const result of results) {
    const text = JSON.stringify(result);
    if (texts.length > 0 && length + text.length > most) {
      yield body();
      texts = [];
      length = 0;
    }
    texts.push(text);
    length += text.length + 1;
  }
  yield body();
}

function linesOf(results: readonly Json[]): string {
  return [...bodies(results, true, Number.POSITIVE_INFINITY)].join('');
}

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/** A child as a result file has it: with all that is known of it. */
export function fullRecord(child: ChildExecution): JsonObject {
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

/** What the children have to show, in order; what failed stands in it unchanged, whatever the transformation. */
export function transformed(
  children: readonly ChildExecution[],
  transformation: Transformation,
  failed: (child: ChildExecution) => Json,
): Json[] {
  return children.flatMap((child): Json[] => {
    if (child.status !== 'SUCCEEDED') return [failed(child)];
    if (transformation === 'NONE') return [fullRecord(child)];
    const { output = null } = child;
    return transformation === 'FLATTEN' && Array.isArray(output) ? (output as Json[]) : [output];
  });
}

/** A tolerated failure where a Map's results stand in its output. */
export function shortRecord({ status, error, cause }: ChildExecution): JsonObject {
  return {
    Status: status,
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
  };
}
