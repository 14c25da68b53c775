import { execFileSync } from 'node:child_process';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import { environmentVariables, pythonEnvironment } from '../engines/python/environment.ts';
import { SPARK_OF_RELEASE } from '../tasks/emr/service.ts';

/** Silver's ratings beside the naive job and DuckDB; `bench/spark/measure.py` takes other sizes. */
export async function spark(): Promise<string> {
  const project = process.cwd();
  const python = await pythonEnvironment({
    project,
    folder: '.dagwright/python',
    spark: SPARK_OF_RELEASE['emr-7.13.0'],
    extra: ['requirements-test.txt'],
    env: process.env,
    groups: new ProcessGroups(),
    onProgress: (text) => process.stderr.write(`${text}\n`),
  });
  const measured = execFileSync(python.python, ['bench/spark/measure.py'], {
    env: environmentVariables(python, process.env),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return measured.trim();
}
