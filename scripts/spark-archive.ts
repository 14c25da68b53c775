// Archives the classes of Spark, for tests whose jobs last for seconds: node scripts/run.mjs scripts/spark-archive.ts
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import { environmentVariables, pythonEnvironment } from '../engines/python/environment.ts';
import { SPARK_OF_RELEASE } from '../tasks/emr/service.ts';
// @ts-expect-error It has no types.
import { ARCHIVE, QUICK_JVM } from './short-jobs.mjs';

// Bundled into build/, which lies beside the others as scripts/ does.
const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const archive = join(project, ARCHIVE);
const python = await pythonEnvironment({
  project,
  folder: join(project, '.dagwright/python'),
  spark: SPARK_OF_RELEASE['emr-7.13.0'],
  env: process.env,
  groups: new ProcessGroups(),
  onProgress: (text) => process.stderr.write(`${text}\n`),
});
if ((await stat(archive).catch(() => undefined)) === undefined) await make();

/** One job of the reference pipeline loads what the others load. A JVM that cannot archive is no obstacle: jobs start slower then. */
async function make(): Promise<void> {
  process.stderr.write('Archiving the classes of Spark, so that its jobs start quicker …\n');
  const lake = await mkdtemp(join(tmpdir(), 'dagwright-archive-'));
  // Beside where it will be: a file is not renamed from one disk to another.
  const made = `${archive}.${process.pid}`;
  try {
    await cp(join(project, 'data/sample'), join(lake, 'bronze'), { recursive: true });
    const spark = ['--conf', 'spark.ui.enabled=false', '--conf', 'spark.sql.shuffle.partitions=2'];
    const job = [join(project, 'spark/main.py'), 'silver', 'netflix', pathToFileURL(lake).href];
    await promisify(execFile)(join(python.bin, 'spark-submit'), ['--master', 'local[2]', ...spark, ...job], {
      cwd: lake,
      env: {
        ...environmentVariables(python, process.env),
        SPARK_SUBMIT_OPTS: `${QUICK_JVM} -XX:ArchiveClassesAtExit=${made}`,
      },
    });
    await rename(made, archive);
  } catch (error) {
    process.stderr.write(`There is no archive, which costs time and nothing else: ${(error as Error).message}\n`);
  } finally {
    await rm(lake, { recursive: true, force: true });
    await rm(made, { force: true });
  }
}
