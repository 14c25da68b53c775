import { readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { JsonObject } from '../asl/json.ts';
import type { Manifest } from '../compiler/6-files/manifest.ts';
import { type Diagnostic, diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { nearest } from './nearest.ts';

/** The `local:` section of dagwright.yaml: what deploy and a caller would give, for runs on this machine. */
export interface LocalConfig {
  /** Values of the machine's placeholders. */
  readonly env: Readonly<Record<string, string>>;
  /** Params of a run; its `--input` goes before them. */
  readonly params: JsonObject;
  /** The folder of sample data, absolute; jobs get it as `DAGWRIGHT_SAMPLE`. */
  readonly sample?: string;
}

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    env: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    params: { type: 'object' },
    sample: { type: 'string', minLength: 1 },
  },
} as const;

const FILE = 'dagwright.yaml';

/**
 * Reads the section, checked against its schema and against what the DAGs in dist/ declare: a name that none of them has is a slip of
 * the pen, and silently passing over it would run with another value than was written. A missing file is an empty section.
 */
export async function readConfig(project: string, dags: readonly Manifest[]): Promise<LocalConfig> {
  const file = join(project, FILE);
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): Place => ({
    file: FILE,
    line: lines.linePos(offset).line,
    column: lines.linePos(offset).col,
  });
  const broken = doc.errors.map((error) =>
    diagnose(
      'RUN040',
      { detail: error.message.split('\n')[0]!.replace(/ at line .*$/, '') },
      { place: at(error.pos[0]) },
    ),
  );
  if (broken.length > 0) throw new Stop(broken, 1);
  const local: unknown = (doc.toJS() as { local?: unknown } | null)?.local ?? {};

  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<{
    env?: Record<string, unknown>;
    params?: JsonObject;
    sample?: string;
  }>(SCHEMA);
  if (!validate(local))
    throw new Stop(
      validate.errors!.map((error) => schemaError(doc, error, at)),
      1,
    );
  const unknown = [
    ...undeclared(
      'env',
      Object.keys(local.env ?? {}),
      dags.flatMap((dag) => Object.keys(dag.env)),
      doc,
      at,
    ),
    ...undeclared(
      'params',
      Object.keys(local.params ?? {}),
      dags.flatMap((dag) => Object.keys(dag.params.properties)),
      doc,
      at,
    ),
  ];
  if (unknown.length > 0) throw new Stop(unknown, 1);
  return {
    env: Object.fromEntries(Object.entries(local.env ?? {}).map(([name, value]) => [name, String(value)])),
    params: local.params ?? {},
    ...(local.sample !== undefined && {
      sample: isAbsolute(local.sample) ? local.sample : resolve(project, local.sample),
    }),
  };
}

/** The folder of sample data alone, for whoever runs no DAG; undefined where none is set, or the file is not to be read. */
export async function readSample(project: string): Promise<string | undefined> {
  const text = await readFile(join(project, FILE), 'utf8').catch(() => '');
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
          { place: { file: FILE, line: 1, column: 1 } },
        ),
      );
    else if (kind === 'bucket' && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value))
      faults.push(diagnose('RUN043', { name, value }, { place: { file: FILE, line: 1, column: 1 } }));
    else values[name] = value;
  }
  if (faults.length > 0) throw new Stop(faults, 1);
  return values;
}

function undeclared(
  section: 'env' | 'params',
  names: readonly string[],
  declared: readonly string[],
  doc: Document,
  at: (offset: number) => Place,
): Diagnostic[] {
  const known = [...new Set(declared)].sort();
  return names
    .filter((name) => !known.includes(name))
    .map((name) =>
      diagnose(
        'RUN044',
        { section, name, near: nearest(name, known), known },
        { place: at(keyOffset(doc, ['local', section, name])) },
      ),
    );
}

function schemaError(doc: Document, error: ErrorObject, at: (offset: number) => Place): Diagnostic {
  const path = ['local', ...error.instancePath.split('/').slice(1)];
  const extra =
    error.keyword === 'additionalProperties'
      ? [(error.params as { additionalProperty: string }).additionalProperty]
      : [];
  const key = [...path, ...extra].join('.');
  const detail =
    extra.length > 0 ? `is no setting; there are ${Object.keys(SCHEMA.properties).join(', ')}` : error.message!;
  return diagnose('RUN041', { key, detail }, { place: at(keyOffset(doc, [...path, ...extra])) });
}

/** Where the key at the end of a path stands. */
function keyOffset(doc: Document, path: readonly string[]): number {
  const parent = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return 0;
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === path.at(-1));
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
}
