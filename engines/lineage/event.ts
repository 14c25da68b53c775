import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../packaging/own-files.ts';

/** What OpenLineage's events consist of, as far as dagwright writes them: https://openlineage.io/docs/spec/object-model */
export interface RunEvent {
  readonly eventType: EventType;
  /** ISO 8601. */
  readonly eventTime: string;
  readonly run: { readonly runId: string; readonly facets?: Facets };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets?: Facets };
  readonly inputs?: readonly Dataset[];
  readonly outputs?: readonly Dataset[];
  readonly producer: string;
  readonly schemaURL: string;
}

export type EventType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL' | 'ABORT' | 'OTHER';

/** Named by OpenLineage's rules: https://openlineage.io/docs/spec/naming */
export interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets?: Facets;
}

export interface Facets {
  readonly [name: string]: Facet;
}

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [field: string]: unknown;
}

/** A run of a job, as those that it started name it. */
export interface RunOfJob {
  readonly namespace: string;
  readonly name: string;
  readonly runId: string;
}

/** The version of the specification that the events are of. */
export const SCHEMA_URL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

/** The versions of the facets that are written here, by their definition's name. */
const FACETS = {
  DocumentationJobFacet: '1-1-0',
  ErrorMessageRunFacet: '1-0-1',
  JobTypeJobFacet: '2-0-4',
  NominalTimeRunFacet: '1-0-1',
  ParentRunFacet: '1-2-0',
  ProcessingEngineRunFacet: '1-1-1',
  SchemaDatasetFacet: '1-2-0',
  SQLJobFacet: '1-1-0',
  SymlinksDatasetFacet: '1-0-1',
} as const;

let version: string | undefined;

/** The version of dagwright that writes the events. */
export function adapterVersion(): string {
  version ??= (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
  return version;
}

/** Whoever made an event or a facet says so by a URI; this is dagwright's. */
export function producer(): string {
  return `https://www.npmjs.com/package/dagwright/v/${adapterVersion()}`;
}

/**
 * A facet of OpenLineage's own.
 * @example facet('SQLJobFacet', { query: 'SELECT 1', dialect: 'athena' })
 */
export function facet(definition: keyof typeof FACETS, fields: Readonly<Record<string, unknown>>): Facet {
  const _schemaURL = `https://openlineage.io/spec/facets/${FACETS[definition]}/${definition}.json#/$defs/${definition}`;
  return { _producer: producer(), _schemaURL, ...fields };
}

/** The facet of a run that another one started; `root` is the first of them. */
export function parentFacet(parent: RunOfJob, root: RunOfJob): Facet {
  const named = ({ namespace, name, runId }: RunOfJob) => ({ run: { runId }, job: { namespace, name } });
  return facet('ParentRunFacet', { ...named(parent), root: named(root) });
}

/** The facet of a dataset's columns. */
export function schemaFacet(columns: readonly { readonly name: string; readonly type?: string }[]): Facet {
  return facet('SchemaDatasetFacet', { fields: columns.map(({ name, type }) => ({ name, ...(type && { type }) })) });
}

/** The facet of the other names that a dataset has. */
export function symlinksFacet(names: readonly { readonly namespace: string; readonly name: string }[]): Facet {
  return facet('SymlinksDatasetFacet', { identifiers: names.map((one) => ({ ...one, type: 'TABLE' })) });
}
