import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateStateMachineCommand, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import { fillText } from '../../asl/placeholders/index.ts';
import { ROLE, startServer } from '../endpoint/support.ts';
import { until } from '../local/support.ts';
import { eventsIn } from './events.ts';
import { filmsProject } from './films.ts';
import { expectFilms } from './films-events.ts';

test('an execution at `serve` whose step is a real Spark: its listener tells the same as in a local run', async () => {
  const project = await filmsProject();
  const server = await startServer({ project, lineage: 'events.jsonl' });
  try {
    const { sfn } = server;
    // As a deploy does: its scripts in the lake, its placeholders filled.
    let definition = await readFile(join(project, 'dist/films/step_function.json'), 'utf8');
    for (const [, asset] of definition.matchAll(/\$\{assets\}\/([^"'\\]+\.py)/g)) {
      const file = join(project, '.dagwright/local/s3/my-assets', asset!);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, await readFile(join(project, 'jobs', asset!.split('/').at(-1)!)));
    }
    const names = { service: ROLE, machines: 'machines', crawler: ROLE, shell: ROLE };
    definition = fillText(definition, { lake: 'my-lake', assets: 's3://my-assets', ...names });
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({ name: 'films', definition, roleArn: ROLE }),
    );
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
    const described = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
    await until(async () => (await described()).status !== 'RUNNING');
    const { status, cause } = await described();
    expect([status, cause]).toEqual(['SUCCEEDED', undefined]);
  } finally {
    await server.stop();
  }
  expectFilms(await eventsIn(join(project, 'events.jsonl')));
}, 300_000);
