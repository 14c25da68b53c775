import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Dag, env } from '../../../authoring/index.ts';
import { compileDag } from '../../../compiler/index.ts';
import { batch, emrOnEks, emrServerless, glue, redshift } from '../../../tasks/index.ts';
import { pythonProgram } from '../../aws/ministack.ts';
import { folderWith, REPOSITORY } from '../../local/support.ts';

const SCRIPT = join(import.meta.dirname, 'held_against_botocore.py');

/** What botocore's models say against the calls of machines, and how many calls there are. */
async function heldAgainstBotocore(files: readonly string[]) {
  const { stdout } = await promisify(execFile)(await pythonProgram('python'), [SCRIPT, ...files], {
    maxBuffer: 2 ** 24,
  });
  return JSON.parse(stdout) as { readonly calls: number; readonly findings: readonly (readonly string[])[] };
}

const task = (Resource: string, Arguments: object) => ({ Type: 'Task', Resource, Arguments, End: true });

describe('the arguments of emitted calls', () => {
  it('are what botocore takes, in every machine that tests, examples and the reference pipeline emit', async () => {
    const files = ['test/cases', 'dist', 'examples/dist']
      .flatMap((folder) => readdirSync(join(REPOSITORY, folder)).map((name) => join(REPOSITORY, folder, name)))
      .flatMap((folder) => ['step_function.json', 'cleanup.json'].map((file) => join(folder, file)))
      .filter((file) => existsSync(file));
    const { calls, findings } = await heldAgainstBotocore(files);
    expect(findings).toEqual([]);
    expect(calls).toBeGreaterThan(600);
  });

  it('are so within groups, whose tasks have names with a dot, and where names are long', async () => {
    const dag = new Dag('g'.repeat(60), { env: { role: env.role() }, defaultArgs: { executionTimeout: '1h' } });
    const { role } = dag.env;
    const group = dag.taskGroup('a-group').taskGroup('inner');
    const script = 's3://lake/clean.py';
    const application = group.setup('application', emrServerless.application({ release: 'emr-7.13.0' }));
    group.task('spark', emrServerless.spark({ application, role, script }));
    group.task('pods', emrOnEks.spark({ virtualCluster: 'v', role, release: 'emr-7.13.0-latest', script }));
    group.task(`b${'o'.repeat(55)}`, batch.job({ queue: 'spot', definition: 'clean:3' }));
    group.task('job', glue.job({ script, role, workerType: 'G.1X', numberOfWorkers: 2 }));
    group.task('crawl', glue.crawl({ database: 'sales', role, path: 's3://lake/tables/' }));
    group.task('sql', redshift.sql({ workgroup: 'analytics', database: 'dw', sql: 'SELECT 1' }));
    const definition = compileDag(dag).files.get('step_function.json') as string;
    const folder = await folderWith({ 'step_function.json': definition.replaceAll('${machine}', 'm'.repeat(80)) });
    const { findings } = await heldAgainstBotocore([join(folder, 'step_function.json')]);
    expect(findings).toEqual([]);
  });

  it('are refused where botocore would refuse them', async () => {
    const States = {
      misspelt: task('arn:aws:states:::sqs:sendMessage', { QueueUrl: '${queue}', MesageBody: 'x' }),
      type: task('arn:aws:states:::ecs:runTask.sync', { TaskDefinition: 'a', Count: '{% $n %}', Tags: { a: 'b' } }),
      pattern: task('arn:aws:states:::aws-sdk:redshiftdata:executeStatement', {
        Sql: 'SELECT 1',
        Database: 'd',
        WorkgroupName: 'Not A Name',
      }),
      value: task('arn:aws:states:::elasticmapreduce:addStep.sync', {
        ClusterId: 'j-1',
        Step: { Name: 'a', ActionOnFailure: 'GO_ON', HadoopJarStep: { Jar: 'command-runner.jar' } },
      }),
      range: task('arn:aws:states:::aws-sdk:athena:getQueryResults', { QueryExecutionId: 'q', MaxResults: 5000 }),
      spelt: task('arn:aws:states:::aws-sdk:rds:createDBSnapshot', {
        DBInstanceIdentifier: 'a',
        DbSnapshotIdentifier: 'b',
      }),
    };
    const folder = await folderWith({ 'step_function.json': JSON.stringify({ StartAt: 'misspelt', States }) });
    const { findings } = await heldAgainstBotocore([join(folder, 'step_function.json')]);
    const said = (state: string) => findings.filter(([, name]) => name === state).map(([, , what]) => what);
    expect(said('misspelt').join()).toMatch(/Missing required parameter.*MessageBody.*Unknown parameter.*MesageBody/s);
    expect(said('type').join()).toMatch(/Invalid type for parameter tags/);
    expect(said('pattern').join()).toMatch(/WorkgroupName: 'Not A Name' is not/);
    expect(said('value').join()).toMatch(/ActionOnFailure: 'GO_ON' is none of its values/);
    expect(said('range').join()).toMatch(/MaxResults: 5000 is more than 1000/);
    expect(said('spelt').join()).toMatch(/Unknown parameter.*DBInstanceIdentifier/);
  });
});
