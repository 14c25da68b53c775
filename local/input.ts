import { readFile } from 'node:fs/promises';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../asl/json.ts';
import type { Manifest } from '../compiler/6-files/manifest.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { LocalConfig } from './config.ts';
import { nearest } from './nearest.ts';

/** The input of an execution. */
export interface ExecutionInput {
  readonly params: JsonObject;
  readonly logical_date?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The execution's input: the DAG's defaults, over them `local.params` of dagwright.yaml, over them `--input`; checked against the
 * params that the DAG declares. All faults are named at once.
 */
export async function executionInput(
  manifest: Manifest,
  config: LocalConfig,
  file: string | undefined,
): Promise<ExecutionInput> {
  const given: Partial<ExecutionInput> = file === undefined ? {} : await readInput(file);
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

/** @throws Stop where the file is no execution's input */
export async function readInput(file: string): Promise<ExecutionInput> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Stop(diagnose('CLI001', { file, detail: error.message }), 1);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Stop(diagnose('RUN050', { file, detail: `it is not JSON: ${(error as Error).message}` }), 1);
  }
  if (!isObject(value)) throw new Stop(diagnose('RUN050', { file, detail: 'it is not an object' }), 1);
  const { params = {}, logical_date: date, ...rest } = value as { params?: Json; logical_date?: Json };
  const faults: Diagnostic[] = Object.keys(rest).map((key) =>
    diagnose('RUN050', { file, detail: `it has a field "${key}" that no run takes` }),
  );
  if (!isObject(params)) faults.push(diagnose('RUN050', { file, detail: '"params" is not an object' }));
  if (date !== undefined && (typeof date !== 'string' || !DATE.test(date) || Number.isNaN(Date.parse(date))))
    faults.push(diagnose('RUN050', { file, detail: '"logical_date" is no date such as "2026-01-01T00:00:00Z"' }));
  if (faults.length > 0) throw new Stop(faults, 1);
  return { params: params as JsonObject, ...(date !== undefined && { logical_date: date as string }) };
}

function describe(error: ErrorObject, file: string, known: readonly string[]): Diagnostic {
  if (error.keyword === 'additionalProperties') {
    const name = (error.params as { additionalProperty: string }).additionalProperty;
    return diagnose('RUN051', { file, name, known: [...known].sort(), near: nearest(name, known) });
  }
  if (error.keyword === 'required')
    return diagnose('RUN052', { name: (error.params as { missingProperty: string }).missingProperty });
  const [, name = '', ...deeper] = error.instancePath.split('/');
  const where = deeper.length > 0 ? ` at /${deeper.join('/')}` : '';
  const allowed = (error.params as { allowedValues?: readonly Json[] }).allowedValues;
  return diagnose('RUN053', {
    file,
    name,
    detail: `${error.message}${where}${allowed ? ` (${allowed.map((v) => JSON.stringify(v)).join(', ')})` : ''}`,
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
