import { HERE } from '../../../engines/engine.ts';
import { s3Dataset } from '../../../engines/lineage/datasets.ts';
import { type Dataset, symlinksFacet } from '../../../engines/lineage/event.ts';
import type { Database, Table } from '../../glue/engine/catalog.ts';
import { nameInCatalog, tableSchema } from '../../glue/engine/lineage.ts';

/** A table as a query names it; without a database it is of the query's own. */
export type Named = readonly [database: string, table: string];

/**
 * The tables that a query reads, under Athena's names of OpenLineage; the catalog's are their other names. An Iceberg table has that of
 * its place too, by which Spark calls it. What the catalog does not have is no table: `information_schema`, for one.
 */
export function tablesRead(
  named: readonly Named[],
  databases: Readonly<Record<string, Database>>,
  own: string,
): Dataset[] {
  const tables = named.flatMap(([database, table]) => {
    const found = databases[(database || own).toLowerCase()]?.tables[table.toLowerCase()];
    return found === undefined ? [] : [found];
  });
  return tables.map(asAthena);
}

function asAthena(table: Table): Dataset {
  const place = table.snapshot === undefined ? undefined : s3Dataset(table.Location);
  return {
    namespace: `awsathena://athena.${HERE.region}.amazonaws.com`,
    name: `AwsDataCatalog.${table.DatabaseName}.${table.Name}`,
    facets: {
      schema: tableSchema(table),
      symlinks: symlinksFacet([nameInCatalog(table), ...(place === undefined ? [] : [place])]),
    },
  };
}
