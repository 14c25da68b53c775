import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parseDocument } from 'yaml';
import { schemaFault } from '../asl/json/schema-errors.ts';
import type { JsonObject } from '../asl/json/value.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { CONFIG_FILE, type ProjectFile, readProjectFile } from '../project/config.ts';
import { roleName } from '../project/environment-values.ts';

/** The `local:` section of dagwright.yaml: what deploy and a caller would give, for runs on this machine. */
export interface LocalConfig {
  /** Values of the machine's placeholders. */
  readonly env: Readonly<Record<string, string>>;
  /** Params of a run; its `--input` goes before them. */
  readonly params: JsonObject;
  /** The folder of sample data, absolute; jobs get it as `DAGWRIGHT_SAMPLE`. */
  readonly sample?: string;
  /** Where the lineage of runs goes: a file or an address. */
  readonly lineage?: string;
}

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    env: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    params: { type: 'object' },
    sample: { type: 'string', minLength: 1 },
    lineage: { type: 'string', minLength: 1 },
  },
} as const;

/** The section as it is written, which is of the form that it should have. */
type LocalSection = { -readonly [key in keyof LocalConfig]?: LocalConfig[key] };

/** Reads the section and what its file says of places in it. @throws Stop (RUN041) where it is not of its form */
async function readSection(project: string): Promise<{ readonly local: LocalSection; readonly file: ProjectFile }> {
  const file = await readProjectFile(project);
  const local: unknown = file.content.local ?? {};
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<LocalSection>(SCHEMA);
  if (!validate(local))
    throw new Stop(
      validate.errors!.map((error) => schemaError(file, error)),
      1,
    );
  return { local, file };
}

/** Where the lineage of runs goes, for whoever runs no DAG alone. @throws Stop (RUN041) as `readConfig` */
export async function readLineage(project: string): Promise<string | undefined> {
  return (await readSection(project)).local.lineage;
}

/**
 * Reads the section, checked against its schema and against what the DAGs in dist/ declare: a name that none of them has is a slip of
 * the pen, and silently passing over it would run with another value than was written. A missing file is an empty section.
 */
export async function readConfig(project: string, dags: readonly Manifest[]): Promise<LocalConfig> {
  const { local, file } = await readSection(project);
  const unknown = [
    ...undeclared(
      'env',
      Object.keys(local.env ?? {}),
      dags.flatMap((dag) => Object.keys(dag.env)),
      file,
    ),
    ...undeclared(
      'params',
      Object.keys(local.params ?? {}),
      dags.flatMap((dag) => Object.keys(dag.params.properties)),
      file,
    ),
  ];
  if (unknown.length > 0) throw new Stop(unknown, 1);
  return {
    env: Object.fromEntries(Object.entries(local.env ?? {}).map(([name, value]) => [name, String(value)])),
    params: local.params ?? {},
    ...(local.sample !== undefined && {
      sample: isAbsolute(local.sample) ? local.sample : resolve(project, local.sample),
    }),
    ...(local.lineage !== undefined && { lineage: local.lineage }),
  };
}

/** The folder of sample data alone, for whoever runs no DAG; undefined if none is set, or the file is not to be read. */
export async function readSample(project: string): Promise<string | undefined> {
  const text = await readFile(join(project, CONFIG_FILE), 'utf8').catch(() => '');
  const sample = (parseDocument(text).toJS() as { local?: { sample?: unknown } } | null)?.local?.sample;
  return typeof sample === 'string' && sample !== '' ? resolve(project, sample) : undefined;
}

/** The value of every placeholder of a DAG. All that are missing are named at once, with what to write. */
export function envValues(manifest: Manifest, config: LocalConfig): Record<string, string> {
  const faults: Diagnostic[] = [];
  const values: Record<string, string> = {};
  for (const [name, { kind, description }] of Object.entries(manifest.env)) {
    const value = config.env[name];
    if (value === undefined)
      faults.push(
        diagnose(
          'RUN042',
          { name, kind, dag: manifest.dag, description },
          { place: { file: CONFIG_FILE, line: 1, column: 1 } },
        ),
      );
    else if (kind === 'bucket' && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value))
      faults.push(diagnose('RUN043', { name, value }, { place: { file: CONFIG_FILE, line: 1, column: 1 } }));
    else values[name] = kind === 'role' ? (roleName(value) ?? value) : value;
  }
  if (faults.length > 0) throw new Stop(faults, 1);
  return values;
}

function undeclared(
  section: 'env' | 'params',
  names: readonly string[],
  declared: readonly string[],
  { placeOf }: ProjectFile,
): Diagnostic[] {
  const known = [...new Set(declared)].sort();
  return names
    .filter((name) => !known.includes(name))
    .map((name) =>
      diagnose(
        'RUN044',
        { section, name, near: nearest(name, known), known },
        { place: placeOf(['local', section, name]) },
      ),
    );
}

function schemaError({ placeOf }: ProjectFile, error: ErrorObject): Diagnostic {
  const fault = schemaFault(error);
  const path = ['local', ...fault.path, ...(fault.kind === 'unknown' ? [fault.field] : [])];
  const detail =
    fault.kind === 'value'
      ? `must be ${fault.wanted}`
      : `is no setting; there are ${Object.keys(SCHEMA.properties).join(', ')}`;
  return diagnose('RUN041', { key: path.join('.'), detail }, { place: placeOf(path) });
}
