import { builtIn, type Permission } from '../../authoring/internal.ts';

const CATALOG = /^spark\.sql\.catalog\.([^.]+)\.(?:catalog-impl|type)$/;
const VALUES = new Set(['org.apache.iceberg.aws.glue.GlueCatalog', 'glue']);

/**
 * What a Spark job needs whose properties name the Data Catalog as one of Iceberg's catalogs: it makes the database and its tables, and
 * moves a table to its new snapshot. Each catalog's `default-namespace` says which database; without it, all of the account.
 * @see https://iceberg.apache.org/docs/latest/aws/#glue-catalog
 */
export function usesIceberg(conf: { readonly [property: string]: string }): Permission[] {
  const databases = Object.entries(conf).flatMap(([property, value]) => {
    const name = CATALOG.exec(property)?.[1];
    if (name === undefined || !VALUES.has(value)) return [];
    return [conf[`spark.sql.catalog.${name}.default-namespace`] ?? '*'];
  });
  if (databases.length === 0) return [];
  const arn = (resource: string) =>
    `arn:${builtIn('partition')}:glue:${builtIn('region')}:${builtIn('account')}:${resource}`;
  const named = [...new Set(databases)];
  return [
    {
      actions: [
        'glue:CreateDatabase',
        'glue:CreateTable',
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:UpdateTable',
      ],
      resources: [
        arn('catalog'),
        ...named.map((name) => arn(`database/${name}`)),
        ...named.map((name) => arn(`table/${name}/*`)),
      ],
    },
  ];
}
