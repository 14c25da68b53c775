import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../packaging/own-files.ts';

/** Of the minor release that AWS’s clusters of 2026 carry: https://docs.aws.amazon.com/emr/latest/ReleaseGuide/Iceberg-release-history.html */
const ICEBERG = '1.10.2';
/** Iceberg's catalog in a file, which Spark and the queries of a run share. */
const SQLITE = 'org.xerial:sqlite-jdbc:3.54.1.0';
/** How long a commit waits for that of another job, in milliseconds. */
const BUSY_MS = 30_000;

const CATALOG = /^spark\.sql\.catalog\.([^.=]+)=org\.apache\.iceberg\.spark\.Spark(?:Session)?Catalog$/;
const KIND = /^spark\.sql\.catalog\.([^.=]+)\.(?:type|catalog-impl)=(.*)$/;
/** What a catalog of AWS's is configured with and the local one has otherwise. */
const REPLACED = /^spark\.sql\.catalog\.([^.=]+)\.(?:catalog-impl|type|uri|io-impl)=/;
/** Catalogs that are no service of AWS's: a job reaches them here as it does there. */
const ELSEWHERE = new Set(['hadoop', 'hive', 'jdbc', 'nessie', 'rest']);

/** The file of Iceberg's tables in the data catalog of this machine. */
export function icebergFile(root: string): string {
  return join(root, 'iceberg/catalog.db');
}

/**
 * The settings of a Spark job on this machine, where Iceberg's catalogs of AWS are kept in a file: a commit of a table is one change of
 * a row there, as it is one UpdateTable on AWS. Jobs without Iceberg keep their settings as they are.
 *
 * @param settings `property=value`, as in `--conf`
 * @returns the settings, and the packages that Spark needs for them, as in `--packages`
 */
export async function localIceberg(
  settings: readonly string[],
  root: string,
  { python, sparkHome }: { readonly python: string; readonly sparkHome: string },
): Promise<{ settings: string[]; packages: string[] }> {
  const catalogs = settings.flatMap((setting) => CATALOG.exec(setting)?.[1] ?? []);
  if (catalogs.length === 0) return { settings: [...settings], packages: [] };
  const ofAws = new Set(settings.flatMap((setting) => catalogOfAws(setting) ?? []));
  const kept = settings.filter((setting) => !ofAws.has(REPLACED.exec(setting)?.[1] ?? '') && !isJarOfCluster(setting));
  if (ofAws.size > 0) await makeCatalog(python, icebergFile(root));
  const local = catalogs
    .filter((name) => ofAws.has(name))
    .flatMap((name) => [
      `spark.sql.catalog.${name}.catalog-impl=org.apache.iceberg.jdbc.JdbcCatalog`,
      `spark.sql.catalog.${name}.uri=jdbc:sqlite:${icebergFile(root)}?busy_timeout=${BUSY_MS}`,
      `spark.sql.catalog.${name}.jdbc.schema-version=V1`,
      // They are there. When Iceberg looks for them it keeps the file locked for as long as the job lives, and no other job commits.
      `spark.sql.catalog.${name}.jdbc.init-catalog-tables=false`,
      `spark.sql.catalog.${name}.io-impl=org.apache.iceberg.hadoop.HadoopFileIO`,
    ]);
  return { settings: [...kept, ...local], packages: [await runtime(sparkHome), SQLITE] };
}

async function makeCatalog(python: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await promisify(execFile)(python, [join(packageRoot(), 'engines/iceberg_catalog.py'), file]);
}

/** The name of a catalog of AWS's that a setting says of what kind it is. */
function catalogOfAws(setting: string): string | undefined {
  const [, name, kind = ''] = KIND.exec(setting) ?? [];
  const isClass = kind.includes('.');
  return (isClass ? kind.startsWith('org.apache.iceberg.aws.') : !ELSEWHERE.has(kind)) ? name : undefined;
}

/** Clusters of AWS's have Iceberg at /usr/share/aws/iceberg; on this machine it is one of the packages. */
function isJarOfCluster(setting: string): boolean {
  return /^spark\.jars=\/usr\/share\/aws\/iceberg\/[^,]*$/.test(setting);
}

/** Iceberg is built for a Spark and a Scala: `spark-core_2.12-3.5.6.jar` says which these are. */
async function runtime(sparkHome: string): Promise<string> {
  const { spark, scala } = await buildOf(sparkHome);
  return `org.apache.iceberg:iceberg-spark-runtime-${spark}_${scala}:${ICEBERG}`;
}

/** The Scala that an installation of Spark is built with: `2.12`. */
export async function scalaOf(sparkHome: string): Promise<string> {
  return (await buildOf(sparkHome)).scala;
}

async function buildOf(sparkHome: string): Promise<{ spark: string; scala: string }> {
  const jars = await readdir(join(sparkHome, 'jars'));
  const [, scala, spark] = jars.map((jar) => /^spark-core_([\d.]+)-(\d+\.\d+)\./.exec(jar)).find(Boolean) ?? [];
  if (scala === undefined || spark === undefined) throw new Error(`${sparkHome} has no spark-core`);
  return { spark, scala };
}
