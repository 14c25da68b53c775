import { HERE } from '../../../engines/engine.ts';
import { type Dataset, schemaFacet } from '../../../engines/lineage/event.ts';
import type { Column, Table } from './catalog.ts';

/** A table's name of OpenLineage in the Data Catalog: https://openlineage.io/docs/spec/naming */
export function nameInCatalog({ DatabaseName, Name }: Table): { namespace: string; name: string } {
  return { namespace: `arn:aws:glue:${HERE.region}:${HERE.account}`, name: `table/${DatabaseName}/${Name}` };
}

/** A table of the Data Catalog with its columns, as an event has it. */
export function catalogDataset(table: Table): Dataset {
  return { ...nameInCatalog(table), facets: { schema: tableSchema(table) } };
}

/** A table's columns, those of its partitions last. */
export function tableSchema({ Columns, PartitionKeys }: Table) {
  return schemaFacet([...Columns, ...PartitionKeys].map(({ Name: name, Type: type }: Column) => ({ name, type })));
}
