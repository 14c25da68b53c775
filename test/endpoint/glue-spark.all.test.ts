import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { folderWith, REPOSITORY, repositoryPython } from '../local/support.ts';
import { ROLE, startServer, machine as statesOf } from './support.ts';

/** Spark jobs of Glue on an endpoint: one that the machine makes, and after a restart the same by a machine that only starts it. */
const SCRIPT = `import sys
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["to"])
context = GlueContext(SparkContext.getOrCreate())
read = context.create_dynamic_frame.from_options("s3", {"paths": ["s3://own-lake/in/"]}, format="json")
context.write_dynamic_frame.from_options(read, "s3", {"path": args["to"]}, format="json")
`;
const JOB = {
  Name: 'copy',
  Role: 'r',
  Command: { Name: 'glueetl', PythonVersion: '3', ScriptLocation: 's3://own-lake/jobs/copies.py' },
  GlueVersion: '5.1',
};
const start = (to: string): Json => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::glue:startJobRun.sync',
  Arguments: { JobName: 'copy', Arguments: { '--to': to } },
  Output: '{% $states.result.JobRunState %}',
  End: true,
});

const machine = (states: { readonly [name: string]: Json }) => statesOf(states, { QueryLanguage: 'JSONata' });

async function run(sfn: SFNClient, name: string, definition: string) {
  const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE }));
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  for (;;) {
    const { status, output, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return { status, output, cause };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('a job that the machine makes, and one that is there', async () => {
  await repositoryPython();
  const project = await folderWith({
    '.dagwright/local/s3/own-lake/in/a.json': '{"n": 1}\n',
    '.dagwright/local/s3/own-lake/jobs/copies.py': SCRIPT,
  });
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  const written = async (folder: string) =>
    (await readdir(join(project, '.dagwright/local/s3/own-lake', folder))).some((name) => name.endsWith('.json'));
  const made: Json = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:glue:createJob', Arguments: JOB, Next: 'run' };
  const succeeded = { status: 'SUCCEEDED', output: '"SUCCEEDED"', cause: undefined };

  const first = await startServer({ project });
  expect(await run(first.sfn, 'makes', machine({ make: made, run: start('s3://own-lake/one/') }))).toEqual(succeeded);
  expect(await written('one')).toBe(true);
  const refused: Json = { ...(made as object), Arguments: { ...JOB, Name: 'old', GlueVersion: '4.0' } };
  expect(await run(first.sfn, 'old', machine({ make: refused, run: start('s3://own-lake/none/') }))).toMatchObject({
    status: 'FAILED',
    cause: expect.stringContaining('which Spark Glue 4.0 carries'),
  });
  await first.stop();

  const second = await startServer({ project });
  expect(await run(second.sfn, 'starts', machine({ run: start('s3://own-lake/two/') }))).toEqual(succeeded);
  expect(await written('two')).toBe(true);
  await second.stop();
}, 900_000);
