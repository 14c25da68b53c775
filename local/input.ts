import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { schemaFault } from '../asl/json/schema-errors.ts';
import type { Json, JsonObject } from '../asl/json/value.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { inputFaults } from '../manifest/input-form.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parseJson, readText } from '../project/files.ts';
import { placedIn } from '../simulate/mocks/mocks.ts';
import type { LocalConfig } from './config.ts';

/** The input of an execution. */
export interface ExecutionInput {
  readonly params: JsonObject;
  readonly logical_date?: string;
}

/**
 * The execution's input: the DAG's defaults, over them `local.params` of dagwright.yaml, over them `--input`; checked against the
 * params that the DAG declares. All faults are named at once.
 */
export async function executionInput(
  manifest: Manifest,
  config: LocalConfig,
  file: string | undefined,
): Promise<ExecutionInput> {
  const given: Partial<ExecutionInput> = file === undefined ? {} : await readInput(file, manifest);
  const name = file ?? 'dagwright.yaml';
  const { properties } = manifest.params;
  const defaults = Object.fromEntries(
    Object.entries(properties).flatMap(([key, schema]) => ('default' in schema ? [[key, schema.default as Json]] : [])),
  );
  const ours = Object.fromEntries(Object.entries(config.params).filter(([key]) => Object.hasOwn(properties, key)));
  const params: JsonObject = { ...defaults, ...ours, ...given.params };
  checkParams(manifest, params, name);
  return { params, ...(given.logical_date !== undefined && { logical_date: given.logical_date }) };
}

/**
 * Checks params against the schema that the DAG declares.
 * @param from where they were written, for messages
 * @throws Stop that names all faults
 */
export function checkParams(manifest: Manifest, params: JsonObject, from: string): void {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(manifest.params);
  if (validate(params)) return;
  const known = Object.keys(manifest.params.properties);
  throw new Stop(
    validate.errors!.map((error) => describe(error, from, known)),
    1,
  );
}

/**
 * Reads an execution's input from a file; its params are not held against their schema yet (`checkParams`).
 * @throws Stop if the file is no input of a run of the DAG, with all that is wrong
 */
export async function readInput(file: string, { params }: Manifest): Promise<ExecutionInput> {
  const text = await readText(file);
  const input = parseJson(text, file);
  const faults = inputFaults(input, Object.keys(params.properties)).map(({ path, ...fault }) =>
    diagnose('RUN050', { file, ...fault }, { path }),
  );
  if (faults.length > 0) throw new Stop(placedIn(text, file, faults), 1);
  return { params: {}, ...(input as JsonObject) };
}

function describe(error: ErrorObject, file: string, known: readonly string[]): Diagnostic {
  const fault = schemaFault(error);
  const [name = '', ...deeper] = fault.path;
  const where = deeper.length > 0 ? ` at /${deeper.join('/')}` : '';
  if (fault.kind === 'value') return diagnose('RUN053', { file, name, detail: `must be ${fault.wanted}${where}` });
  return fault.kind === 'missing'
    ? diagnose('RUN052', { name: fault.field })
    : diagnose('RUN051', { file, name: fault.field, known: [...known].sort(), near: nearest(fault.field, known) });
}
