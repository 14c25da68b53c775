import { join } from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { expect } from '@jest/globals';
import { Dag, env } from '../../authoring/index.ts';
import { withLoading } from '../../authoring/internal.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { type Compiled, compileDag } from '../../compiler/index.ts';
import type { DeployOptions } from '../../deploy/deploy.ts';
import type { Environment } from '../../project/environment.ts';
import { athena, emr, lambda } from '../../tasks/index.ts';
import { ROOT } from '../aws/deployer.ts';
import { folderWith, writeFiles } from '../local/support.ts';

export const REGION = 'us-east-1';
export const BUCKET = 'my-artifacts';

export const ENVIRONMENT: Environment = {
  name: 'dev',
  region: REGION,
  artifacts: BUCKET,
  prefix: '',
  env: { lake: 'my-lake', emrRole: 'emr-service', emrProfile: 'emr-ec2' },
  role: 'managed',
  tags: { team: 'data' },
  logLevel: 'ERROR',
  tracing: false,
  schedule: 'enabled',
  keep: { versions: 3 },
};

export interface Variant {
  /** The query of the task `count`. */
  readonly sql?: string;
  readonly schedule?: string | null;
  /** A second query, which makes another task and more permissions. */
  readonly extra?: string;
  /** What stands in the script. */
  readonly script?: string;
  /** What a function answers, which is another task. */
  readonly answers?: number;
  /** The id of the task that counts. */
  readonly counts?: string;
}

/** Writes files into a project and compiles its DAGs into dist/, all of which must be sound. */
export async function compileIn(folder: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  await writeFiles(folder, files);
  const { compiled, faults } = await compileFolder(`${folder}/dags`, folder);
  expect(faults).toEqual([]);
  for (const { dag, files: made } of compiled)
    await writeFiles(folder, Object.fromEntries([...made].map(([name, text]) => [`dist/${dag}/${name}`, text])));
}

/** A project with one small DAG, compiled: a cluster with a step, and a query on what it wrote. */
export async function project(variant: Variant = {}): Promise<{ readonly project: string; readonly dist: string }> {
  const folder = await folderWith({ 'package.json': '{}' });
  await change(folder, variant);
  return { project: folder, dist: join(folder, 'dist') };
}

/** What a variant is compiled to: the same in each project. */
const compiled = new Map<string, Compiled>();

/** Compiles another variant into a project. */
export async function change(folder: string, variant: Variant): Promise<void> {
  await writeFiles(folder, {
    'spark/clean.py': variant.script ?? 'print("clean")\n',
    'functions/score.py': `def score(event):\n    return ${variant.answers ?? 0}\n`,
  });
  const key = JSON.stringify(variant);
  const one = compiled.get(key) ?? withLoading({ root: folder }, () => compileDag(ratings(variant)));
  compiled.set(key, one);
  writeDist(join(folder, 'dist'), new Map([[one.dag, one.files]]), true);
}

function ratings({ sql = 'SELECT 1', schedule = '@daily', extra, answers, counts = 'count' }: Variant) {
  const dag = new Dag('ratings', {
    schedule,
    env: { lake: env.bucket(), emrRole: env.role(), emrProfile: env.role() },
  });
  const { lake, emrRole, emrProfile } = dag.env;
  const cluster = dag.setup(
    'cluster',
    emr.cluster({
      release: 'emr-7.13.0',
      primary: { type: 'm5.xlarge' },
      serviceRole: emrRole,
      instanceProfile: emrProfile,
    }),
  );
  const clean = dag.task('clean', emr.spark({ cluster, script: 'spark/clean.py', args: [`s3://${lake}`] }));
  const count = dag
    .task(counts, athena.query({ sql, database: 'ratings', results: `s3://${lake}/answers/` }))
    .after(clean);
  if (answers !== undefined)
    dag.task('score', lambda.python('functions/score.py', { handler: 'score', memory: 256 + answers })).after(count);
  if (extra !== undefined)
    dag.task('more', athena.query({ sql: extra, database: 'other', results: `s3://${lake}/more/` })).after(count);
  return dag;
}

export async function makeBucket(name = BUCKET, region = REGION): Promise<void> {
  const s3 = new S3({ region, forcePathStyle: true, credentials: ROOT });
  const elsewhere = { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } };
  await s3.createBucket({ Bucket: name, ...(region !== 'us-east-1' && elsewhere) });
  s3.destroy();
}

export function optionsOf(
  { project, dist }: { readonly project: string; readonly dist: string },
  more: Partial<DeployOptions> = {},
): DeployOptions {
  return { project, dist, dag: 'ratings', environment: ENVIRONMENT, ...more };
}
