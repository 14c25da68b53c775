import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Dataset, Facet, RunEvent } from '../../engines/lineage/event.ts';

/** OpenLineage's definitions of events and facets, as its own client has them: scripts/openlineage-schema.py. */
const SPEC = JSON.parse(readFileSync(new URL('openlineage.generated.json', import.meta.url), 'utf8')) as {
  $defs: Record<string, object>;
};

const ajv = new Ajv2020({ allErrors: true, strict: false })
  .addFormat('uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i)
  .addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
  .addFormat('uri', (text) => URL.canParse(text))
  .addSchema(SPEC, 'openlineage');

/** Definitions that are not OpenLineage's own: its listener for Spark has some that no specification lists. */
const OF_SPARK =
  /^https:\/\/(?:raw\.githubusercontent|github)\.com\/OpenLineage\/|\/spec\/2-0-2\/OpenLineage\.json#\/\$defs\/(?:Run|Job|Dataset|\w+Dataset)Facet$/;

/** What of an event is not as OpenLineage's specification says; nothing, of one that is. */
export function faultsOf(event: RunEvent): string[] {
  return [...faults('RunEvent', event), ...facetsOf(event).flatMap(([name, facet]) => faultsOfFacet(name, facet))];
}

function faultsOfFacet(name: string, facet: Facet): string[] {
  const definition = /\/\$defs\/(\w+)$/.exec(facet._schemaURL ?? '')?.[1] ?? 'BaseFacet';
  if (definition in SPEC.$defs) return faults(definition, facet).map((fault) => `${name}: ${fault}`);
  const isKnown = OF_SPARK.test(facet._schemaURL);
  return [...faults('BaseFacet', facet), ...(isKnown ? [] : [`${facet._schemaURL} is no definition`])].map(
    (fault) => `${name}: ${fault}`,
  );
}

function faults(definition: string, value: unknown): string[] {
  const check = ajv.getSchema(`openlineage#/$defs/${definition}`)!;
  if (check(value)) return [];
  return (check.errors ?? []).map(({ instancePath, message }) => `${definition}${instancePath} ${message}`);
}

/** All facets of an event, with what they are facets of. */
function facetsOf({ run, job, inputs = [], outputs = [] }: RunEvent): [string, Facet][] {
  const ofDataset = (dataset: Dataset & { inputFacets?: object; outputFacets?: object }) =>
    [dataset.facets, dataset.inputFacets, dataset.outputFacets].flatMap((facets) => Object.entries(facets ?? {}));
  return [
    ...Object.entries(run.facets ?? {}),
    ...Object.entries(job.facets ?? {}),
    ...[...inputs, ...outputs].flatMap(ofDataset),
  ] as [string, Facet][];
}
