import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { localIceberg } from '../../engines/iceberg.ts';
import { folderWith } from '../local/support.ts';

async function settingsOf(conf: Readonly<Record<string, string>>, core = 'spark-core_2.12-3.5.6.jar') {
  const root = await folderWith();
  await mkdir(join(root, 'spark/jars'), { recursive: true });
  await writeFile(join(root, 'spark/jars', core), '');
  const given = Object.entries(conf).map(([property, value]) => `${property}=${value}`);
  const { settings, packages } = await localIceberg(given, root, { python: 'python3', sparkHome: join(root, 'spark') });
  return { settings: settings.map((setting) => setting.replaceAll(root, 'ROOT')), packages };
}

const LOCAL = (name: string) => [
  `spark.sql.catalog.${name}.catalog-impl=org.apache.iceberg.jdbc.JdbcCatalog`,
  `spark.sql.catalog.${name}.uri=jdbc:sqlite:ROOT/iceberg/catalog.db?busy_timeout=30000`,
  `spark.sql.catalog.${name}.jdbc.schema-version=V1`,
  `spark.sql.catalog.${name}.jdbc.init-catalog-tables=false`,
  `spark.sql.catalog.${name}.io-impl=org.apache.iceberg.hadoop.HadoopFileIO`,
];
const CATALOG = { 'spark.sql.catalog.lake': 'org.apache.iceberg.spark.SparkCatalog' };

describe('Iceberg on this machine', () => {
  test('a job without it keeps its settings and needs no package', async () => {
    const { settings, packages } = await settingsOf({ 'spark.executor.memory': '2g', 'spark.sql.catalog.x': 'my.Own' });
    expect(settings).toEqual(['spark.executor.memory=2g', 'spark.sql.catalog.x=my.Own']);
    expect(packages).toEqual([]);
  });

  test.each([
    ['by its class', { 'spark.sql.catalog.lake.catalog-impl': 'org.apache.iceberg.aws.glue.GlueCatalog' }],
    ['by its type', { 'spark.sql.catalog.lake.type': 'glue' }],
    [
      'with what only AWS has',
      {
        'spark.sql.catalog.lake.type': 'glue',
        'spark.sql.catalog.lake.io-impl': 'org.apache.iceberg.aws.s3.S3FileIO',
        'spark.jars': '/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar',
      },
    ],
  ])('a catalog of AWS’s, %s, is a file', async (_how, conf) => {
    const warehouse = { 'spark.sql.catalog.lake.warehouse': 's3://b/w/' };
    const { settings, packages } = await settingsOf({ ...CATALOG, ...conf, ...warehouse });
    expect(settings).toEqual([
      'spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog',
      'spark.sql.catalog.lake.warehouse=s3://b/w/',
      ...LOCAL('lake'),
    ]);
    expect(packages).toEqual([
      'org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.10.2',
      'org.xerial:sqlite-jdbc:3.54.1.0',
    ]);
  });

  test('jobs that start at once find one catalog', async () => {
    const root = await folderWith({ 'spark/jars/spark-core_2.12-3.5.6.jar': '' });
    const conf = ['spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog', 'spark.sql.catalog.lake.type=glue'];
    const where = { python: 'python3', sparkHome: join(root, 'spark') };
    await Promise.all([1, 2, 3, 4].map(() => localIceberg(conf, root, where)));
    const asked =
      'import sqlite3, sys; print([c[1] for c in sqlite3.connect(sys.argv[1]).execute("pragma table_info(iceberg_tables)")][-1])';
    const { stdout } = await promisify(execFile)('python3', ['-c', asked, join(root, 'iceberg/catalog.db')]);
    expect(stdout.trim()).toBe('iceberg_type');
  });

  test('a catalog that is no service of AWS’s stays as it is', async () => {
    const conf = {
      ...CATALOG,
      'spark.sql.catalog.lake.type': 'hadoop',
      'spark.sql.catalog.lake.warehouse': 's3://b/w',
    };
    const { settings, packages } = await settingsOf(conf);
    expect(settings).toEqual(Object.entries(conf).map(([property, value]) => `${property}=${value}`));
    expect(packages).toHaveLength(2);
  });

  test('Iceberg is that of the environment’s Spark and Scala', async () => {
    const conf = { ...CATALOG, 'spark.sql.catalog.lake.type': 'glue' };
    const { packages } = await settingsOf(conf, 'spark-core_2.13-4.0.2.jar');
    expect(packages[0]).toBe('org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.10.2');
  });
});
