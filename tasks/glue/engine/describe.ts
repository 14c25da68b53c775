import type { Json } from '../../../asl/json/value.ts';
import type { Crawler, Database, Table } from './catalog.ts';
import type { Found } from './crawl.ts';

/** A crawler in GetCrawler's fields. */
export function describeCrawler(crawler: Crawler, startedAt: number | undefined, now: number): Json {
  return {
    Name: crawler.Name,
    Role: crawler.Role,
    Targets: { S3Targets: crawler.paths.map((path) => ({ Path: path })) },
    DatabaseName: crawler.DatabaseName,
    SchemaChangePolicy: { UpdateBehavior: crawler.updateBehavior, DeleteBehavior: crawler.deleteBehavior },
    State: startedAt === undefined ? 'READY' : 'RUNNING',
    CrawlElapsedTime: startedAt === undefined ? 0 : now - startedAt,
    CreationTime: crawler.CreationTime,
    LastUpdated: crawler.CreationTime,
    ...(crawler.LastCrawl !== undefined && { LastCrawl: { ...crawler.LastCrawl } }),
    Version: 1,
  };
}

/** A table in GetTable's fields, as the crawler makes them for Parquet. */
export function describeTable(table: Table): Json {
  return {
    Name: table.Name,
    DatabaseName: table.DatabaseName,
    CreateTime: table.CreateTime,
    UpdateTime: table.UpdateTime,
    TableType: 'EXTERNAL_TABLE',
    Parameters: { ...table.Parameters },
    PartitionKeys: table.PartitionKeys.map((column) => ({ ...column })),
    StorageDescriptor: {
      Columns: table.Columns.map((column) => ({ ...column })),
      Location: table.Location,
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        Parameters: { 'serialization.format': '1' },
      },
    },
  };
}

/** The database after a crawl: found tables new or updated, those of this crawler that are gone treated as its policy says. */
export function keepTables(database: Database, crawler: Crawler, found: readonly Found[], now: string): Database {
  const tables: Record<string, Table> = { ...database.tables };
  for (const { name, location, columns, partitionKeys, files } of found) {
    const before = tables[name];
    if (before !== undefined && crawler.updateBehavior === 'LOG') continue;
    tables[name] = {
      Name: name,
      DatabaseName: database.Name,
      Location: location,
      Columns: columns,
      PartitionKeys: partitionKeys,
      CreateTime: before?.CreateTime ?? now,
      UpdateTime: now,
      Parameters: {
        classification: 'parquet',
        CrawlerSchemaDeserializerVersion: '1.0',
        UPDATED_BY_CRAWLER: crawler.Name,
        objectCount: String(files),
      },
    };
  }
  for (const table of Object.values(tables)) {
    if (table.Parameters.UPDATED_BY_CRAWLER !== crawler.Name || found.some(({ name }) => name === table.Name)) continue;
    if (crawler.deleteBehavior === 'DELETE_FROM_DATABASE') delete tables[table.Name];
    if (crawler.deleteBehavior === 'DEPRECATE_IN_DATABASE')
      tables[table.Name] = { ...table, Parameters: { ...table.Parameters, DEPRECATED_BY_CRAWLER: now } };
  }
  return { ...database, tables };
}
