import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import { type Resource, readResource } from '../../services/index.ts';
import { hasFieldsLater, isFilledLater } from '../draft.ts';
import type { StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

const DISTRIBUTED_ONLY = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];
/** White space, control characters, and what an ARN cannot hold. */
const FORBIDDEN = /[\s?*<>{}[\]:;,\\|^~$#%&`"/\p{Cc}]/u;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const map: Rule = {
  purpose: "A Map's Label is allowed and unique, and its fields fit its mode.",
  check({ states }, report) {
    const labels = new Map<string, string>();
    for (const state of states) {
      if (state.type !== 'Map') continue;
      checkLabel(state, labels, report);
      checkMode(state, report);
    }
  },
};

function checkLabel({ json: { Label }, path }: StateNode, labels: Map<string, string>, report: Report): void {
  if (typeof Label !== 'string') return;
  const at = `${path}/Label`;
  const other = labels.get(Label);
  if (other !== undefined) report('ASL081', { label: Label, other }, at);
  labels.set(Label, path);
  if (isFilledLater(Label)) return;
  const bad = FORBIDDEN.exec(Label)?.[0];
  if (bad !== undefined) report('ASL080', { label: Label, detail: `has the character ${JSON.stringify(bad)}` }, at);
  if (Label === '') report('ASL080', { label: Label, detail: 'is empty' }, at);
  if ([...Label].length > LIMITS.label)
    report('ASL080', { label: Label, detail: `has more than ${LIMITS.label} characters` }, at);
}

function checkMode({ json, path, inner }: StateNode, report: Report): void {
  const processor = inner[0];
  if (processor === undefined || processor.distributed === 'later') return;
  const config = processor.json.ProcessorConfig;
  if (!processor.distributed) {
    for (const field of DISTRIBUTED_ONLY)
      if (json[field] !== undefined) report('ASL082', { field }, `${path}/${field}`, { onKey: true });
    if (isObject(config) && config.ExecutionType !== undefined)
      report('ASL082', { field: 'ExecutionType' }, `${processor.path}/ProcessorConfig/ExecutionType`, { onKey: true });
    return;
  }
  if (isObject(config) && config.ExecutionType === undefined && !hasFieldsLater(config))
    report('ASL083', {}, `${processor.path}/ProcessorConfig`);
}

/**
 * The pages of ItemReader, ItemBatcher and ResultWriter.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export const mapData: Rule = {
  purpose: 'What a distributed Map reads, batches and writes is said completely, and nothing is said in vain.',
  check({ states }, report) {
    for (const state of states) {
      if (state.type !== 'Map') continue;
      const { ItemReader, ItemBatcher, ResultWriter } = state.json;
      if (isObject(ItemReader)) checkReader(ItemReader, `${state.path}/ItemReader`, state, report);
      if (isObject(ItemBatcher)) checkBatcher(ItemBatcher, `${state.path}/ItemBatcher`, state, report);
      if (isObject(ResultWriter)) checkWriter(ResultWriter, `${state.path}/ResultWriter`, state, report);
    }
  },
};

function checkReader(reader: JsonObject, path: string, state: StateNode, report: Report): void {
  const called = checkCall(reader.Resource, ['getObject', 'listObjectsV2'], path, report);
  if (called !== undefined) needsArguments(reader, path, state, report);
  const needed = called === 'getObject' ? ['Bucket', 'Key'] : called === 'listObjectsV2' ? ['Bucket'] : [];
  needs(reader, needed, path, `s3:${called}`, state, report);
  const config = isObject(reader.ReaderConfig) ? reader.ReaderConfig : {};
  const at = `${path}/ReaderConfig`;
  const open = isFilledLater(reader.ReaderConfig) || hasFieldsLater(reader) || hasFieldsLater(config);
  if (called === 'getObject' && config.InputType === undefined && !open)
    report(
      'ASL086',
      { detail: 'It does not say with InputType what the object holds', instead: 'Add InputType.' },
      path,
    );
  if (config.CSVHeaderLocation === 'GIVEN' && config.CSVHeaders === undefined && !open)
    report('ASL010', { what: `The state "${state.name}": ReaderConfig`, field: 'CSVHeaders' }, at);
  for (const [field, of] of inVain(config))
    report(
      'ASL086',
      { detail: `${field} has no effect: it belongs to ${of}`, instead: `Remove ${field}.` },
      `${at}/${field}`,
      {
        onKey: true,
      },
    );
  atMost(config, 'MaxItems', LIMITS.mapItems, at, report);
}

const READ: { readonly [field: string]: readonly Json[] } = {
  CSVHeaderLocation: ['CSV', 'MANIFEST'],
  CSVHeaders: ['CSV', 'MANIFEST'],
  CSVDelimiter: ['CSV', 'MANIFEST'],
  ItemsPointer: ['JSON'],
  ManifestType: ['MANIFEST'],
};

/** Settings beside an InputType that they say nothing of. */
function inVain(config: JsonObject): [string, string][] {
  const { InputType: type, CSVHeaders: headers, CSVHeaderLocation: location } = config;
  const all = Object.entries(READ).flatMap(([field, types]): [string, string][] =>
    config[field] !== undefined && type !== undefined && !isFilledLater(type) && !types.includes(type)
      ? [[field, `the InputType ${types.join(' or ')}`]]
      : [],
  );
  if (headers !== undefined && location !== undefined && location !== 'GIVEN' && !isFilledLater(location))
    all.push(['CSVHeaders', 'the CSVHeaderLocation GIVEN']);
  return all;
}

const SIZES = ['MaxItemsPerBatch', 'MaxItemsPerBatchPath', 'MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'];

function checkBatcher(batcher: JsonObject, path: string, { name }: StateNode, report: Report): void {
  if (SIZES.every((field) => batcher[field] === undefined) && !hasFieldsLater(batcher))
    report('ASL014', { what: `The state "${name}": ItemBatcher`, fields: SIZES }, path);
  atMost(batcher, 'MaxInputBytesPerBatch', LIMITS.dataBytes, path, report);
}

/** "The ResultWriter field cannot be empty": a WriterConfig, or Resource with its arguments, or all of them. */
function checkWriter(writer: JsonObject, path: string, state: StateNode, report: Report): void {
  const what = `The state "${state.name}": ResultWriter`;
  const given = writer.Parameters !== undefined || writer.Arguments !== undefined;
  if (writer.Resource === undefined) {
    if (hasFieldsLater(writer)) return;
    if (given) report('ASL010', { what, field: 'Resource' }, path);
    else if (writer.WriterConfig === undefined) report('ASL014', { what, fields: ['WriterConfig', 'Resource'] }, path);
    return;
  }
  needsArguments(writer, path, state, report);
  if (checkCall(writer.Resource, ['putObject'], path, report) === 'putObject')
    needs(writer, ['Bucket'], path, 's3:putObject', state, report);
}

/** AWS: "These fields are required: [Parameters]". */
function needsArguments(call: JsonObject, path: string, { name, language }: StateNode, report: Report): void {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  if (call.Parameters !== undefined || call.Arguments !== undefined || hasFieldsLater(call)) return;
  report('ASL010', { what: `The state "${name}": ${path.slice(path.lastIndexOf('/') + 1)}`, field }, path);
}

/** The action of S3 that is called, where it is one of these; what else stands there is reported. */
function checkCall(
  resource: Json | undefined,
  actions: readonly string[],
  path: string,
  report: Report,
): string | undefined {
  if (typeof resource !== 'string' || resource === '') return undefined;
  const read: Resource = readResource(resource);
  const at = `${path}/Resource`;
  if (read.kind === 'broken') report('ASL070', { resource, detail: read.detail }, at);
  const fits =
    read.kind === 'integration' &&
    !read.sdk &&
    read.service === 's3' &&
    read.pattern === 'request' &&
    actions.includes(read.action);
  if (fits) return read.action;
  if (read.kind !== 'broken' && read.kind !== 'placeholder')
    report('ASL094', { field: path.slice(path.lastIndexOf('/') + 1), resource, instead: actions }, at);
  return undefined;
}

function needs(
  call: JsonObject,
  names: readonly string[],
  path: string,
  action: string,
  { language }: StateNode,
  report: Report,
): void {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = call[field];
  // An expression in place of the whole is known only when it runs.
  if (!isObject(given) || hasFieldsLater(given)) return;
  const [service, name] = action.split(':') as [string, string];
  for (const argument of names)
    if (given[argument] === undefined && given[`${argument}.$`] === undefined)
      report('ASL078', { service, action: name, name: argument }, `${path}/${field}`);
}

function atMost(json: JsonObject, field: string, most: number, path: string, report: Report): void {
  const value = json[field];
  if (typeof value === 'number' && value > most) report('ASL087', { field, value, most }, `${path}/${field}`);
}
