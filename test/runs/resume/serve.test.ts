import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListStateMachineVersionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Dag, env, type TaskRef } from '../../../authoring/index.ts';
import { Stop } from '../../../diagnostics/index.ts';
import { planResume, type Resuming } from '../../../runs/resume/resume.ts';
import { type Hold, redrive, startRemaining } from '../../../runs/resume/start.ts';
import type { Started } from '../../../runs/start.ts';
import { aws } from '../../../tasks/index.ts';
import { until } from '../../endpoint/support.ts';
import { testOfAll } from '../../sized.ts';
import { alone, type Deployed, deployedProject } from './support.ts';

/** Against `dagwright serve`: tasks read and write files of a bucket, and fail while one is missing. */

let project: Deployed;
beforeAll(async () => {
  project = await deployedProject();
});
afterAll(() => project.close());

const object = (
  dag: Dag<{ lake: ReturnType<typeof env.bucket> }>,
  action: 'getObject' | 'putObject' | 'deleteObject',
  Key: string,
  more: { readonly Body?: string } = {},
) => aws({ service: 's3', action, parameters: { Bucket: dag.env.lake, Key, ...more } as never });

const withLake = (id: string) => new Dag(id, { env: { lake: env.bucket() } });

/** A space that is made and cleared, two readers in it, and what follows them. */
function spaceDag(id: string, file = `${id}/second`): Dag {
  const dag = withLake(id);
  const space = dag.setup('space', object(dag, 'putObject', `${id}/space`, { Body: 'x' }));
  const first = dag.task('first', object(dag, 'getObject', `${id}/first`)).after(space);
  const second = dag.task('second', object(dag, 'getObject', file)).after(space);
  dag.teardown('clear', object(dag, 'deleteObject', `${id}/space`), { setups: [space] }).after(first, second);
  const text = (first as TaskRef<{ Body: string }>).output.Body;
  dag.task('join', object(dag, 'putObject', `${id}/joined`, { Body: text })).after(first, second);
  return dag;
}

/** Two that read, one after the other. */
function chainDag(id: string, file = `${id}/b`): Dag {
  const dag = withLake(id);
  dag.task('b', object(dag, 'getObject', file)).after(dag.task('a', object(dag, 'getObject', `${id}/a`)));
  return dag;
}

const arnOf = (dag: string, name: string) => `arn:aws:states:us-east-1:123456789012:execution:${dag}:${name}`;
const machineArn = (dag: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${dag}`;

async function start(dag: string, name: string, qualifier = ':live'): Promise<string> {
  const stateMachineArn = `${machineArn(dag)}${qualifier}`;
  const input = JSON.stringify({ params: {}, logical_date: '2026-01-01T00:00:00Z' });
  await project.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  return ended(dag, name);
}

async function ended(dag: string, name: string): Promise<string> {
  const executionArn = arnOf(dag, name);
  const describe = () => project.sfn.send(new DescribeExecutionCommand({ executionArn }));
  return (await until(describe, ({ status }) => status !== 'RUNNING')).status!;
}

async function scheduled(dag: string, name: string): Promise<string[]> {
  const executionArn = arnOf(dag, name);
  const { events } = await project.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return events!.flatMap(({ type, stateEnteredEventDetails: entered }) =>
    type === 'TaskStateEntered' ? [entered!.name!] : [],
  );
}

/** What of a machine a resume must leave as it is. */
async function machineState(dag: string) {
  const arn = machineArn(dag);
  const [latest, alias, versions] = await Promise.all([
    project.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn })),
    project.sfn.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:live` })),
    project.sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn: arn })),
  ]);
  return {
    definition: latest.definition,
    role: latest.roleArn,
    alias: alias.routingConfiguration,
    versions: versions.stateMachineVersions!.map(({ stateMachineVersionArn }) => stateMachineVersionArn),
  };
}

async function resume(
  dag: string,
  request: { readonly execution?: string; readonly from?: string } = {},
  hold: Hold = alone,
): Promise<{ readonly plan: Resuming; readonly started: Started | 'taken' }> {
  return project.operating(dag, async (operation) => {
    const plan = await planResume(operation, { dist: project.dist, ...request });
    if (plan.how === 'machine') return { plan, started: await startRemaining(operation, plan, hold) };
    await redrive(operation, plan.run.arn);
    return { plan, started: { name: plan.run.name, arn: plan.run.arn } };
  });
}

async function refusedWith(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stop) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

test('what succeeded does not run again, setups are made anew, and the machine stays as it was; resumed twice', async () => {
  await project.deploy(spaceDag('space'));
  await project.put('space/first', 'first of all');
  expect(await start('space', '20260101T000000Z-1')).toBe('FAILED');
  const before = await machineState('space');

  const second = await resume('space');
  expect(second.plan).toMatchObject({
    how: 'machine',
    name: '20260101T000000Z-2',
    anew: ['space'],
    finished: ['first'],
  });
  expect(await ended('space', '20260101T000000Z-2')).toBe('FAILED');
  expect((await scheduled('space', '20260101T000000Z-2')).sort()).toEqual(['clear', 'second', 'space']);
  expect(await machineState('space')).toEqual(before);

  await project.put('space/second');
  const third = await resume('space');
  expect(third.plan).toMatchObject({ name: '20260101T000000Z-3', finished: ['first'] });
  expect(await ended('space', '20260101T000000Z-3')).toBe('SUCCEEDED');
  expect((await scheduled('space', '20260101T000000Z-3')).sort()).toEqual(['clear', 'join', 'second', 'space']);
  const joined = await readFile(join(project.folder, '.dagwright/local/s3/my-lake/space/joined'), 'utf8');
  expect(joined).toBe('"first of all"');
  expect(await machineState('space')).toEqual(before);
});

test('--from runs a task that succeeded, and what follows it', async () => {
  await project.deploy(chainDag('from'));
  await project.put('from/a');
  await project.put('from/b');
  expect(await start('from', '20260101T000000Z-1')).toBe('SUCCEEDED');
  expect(await refusedWith(resume('from'))).toMatch(/^RES002 20260101T000000Z-1 succeeded/);
  await resume('from', { from: 'b' });
  expect(await ended('from', '20260101T000000Z-2')).toBe('SUCCEEDED');
  expect(await scheduled('from', '20260101T000000Z-2')).toEqual(['b']);
  expect(await refusedWith(resume('from', { from: 'c' }))).toMatch(/^OPS014 "from" has no task "c"/);
});

test('where nothing was caught and nothing changed, the execution itself is redriven', async () => {
  await project.deploy(chainDag('chain'));
  await project.put('chain/a');
  expect(await start('chain', '20260101T000000Z-1')).toBe('FAILED');
  await project.put('chain/b');
  const { plan } = await resume('chain');
  expect(plan).toMatchObject({ how: 'redrive', tasks: ['b'], finished: ['a'] });
  expect(await ended('chain', '20260101T000000Z-1')).toBe('SUCCEEDED');
  expect(await scheduled('chain', '20260101T000000Z-1')).toEqual(['a', 'b']);
});

test('where the definition has changed since, it is not: today’s is used', async () => {
  await project.deploy(chainDag('changed'));
  await project.put('changed/a');
  expect(await start('changed', '20260101T000000Z-1')).toBe('FAILED');
  await project.put('changed/other');
  const today = JSON.stringify(await project.compile(chainDag('changed', 'changed/other')));
  expect(await refusedWith(resume('changed'))).toMatch(/^RES004 What is live of "changed"/);
  const arn = machineArn('changed');
  const made = await project.sfn.send(
    new UpdateStateMachineCommand({ stateMachineArn: arn, definition: today, publish: true }),
  );
  const { UpdateStateMachineAliasCommand } = await import('@aws-sdk/client-sfn');
  await project.sfn.send(
    new UpdateStateMachineAliasCommand({
      stateMachineAliasArn: `${arn}:live`,
      routingConfiguration: [{ stateMachineVersionArn: made.stateMachineVersionArn!, weight: 100 }],
    }),
  );
  expect((await resume('changed')).plan).toMatchObject({ how: 'machine', tasks: ['b'] });
  expect(await ended('changed', '20260101T000000Z-2')).toBe('SUCCEEDED');
});

describe('a resume that was killed', () => {
  test('between its version and its execution: the next one puts everything right', async () => {
    await project.deploy(spaceDag('killed'));
    expect(await start('killed', '20260101T000000Z-1')).toBe('FAILED');
    const before = await machineState('killed');
    const left = JSON.stringify({ Comment: 'What remains of x.', StartAt: 'a', States: { a: { Type: 'Succeed' } } });
    await project.sfn.send(
      new UpdateStateMachineCommand({ stateMachineArn: machineArn('killed'), definition: left, publish: true }),
    );
    await project.put('killed/first');
    await project.put('killed/second');
    await resume('killed');
    expect(await ended('killed', '20260101T000000Z-2')).toBe('SUCCEEDED');
    expect(await machineState('killed')).toEqual(before);
  });

  test('that lost its lock starts nothing and leaves nothing', async () => {
    await project.deploy(spaceDag('lost'));
    expect(await start('lost', '20260101T000000Z-1')).toBe('FAILED');
    const before = await machineState('lost');
    const lost: Hold = async () => ({
      assertHeld: async () => {
        throw new Error('the lock is gone');
      },
      release: async () => {},
    });
    await expect(resume('lost', {}, lost)).rejects.toThrow('the lock is gone');
    expect(await machineState('lost')).toEqual(before);
    const gone = project.sfn.send(new DescribeExecutionCommand({ executionArn: arnOf('lost', '20260101T000000Z-2') }));
    await expect(gone).rejects.toThrow(/Does Not Exist/);
  });

  test('after somebody else took the name: nothing is started twice', async () => {
    await project.deploy(spaceDag('taken'));
    expect(await start('taken', '20260101T000000Z-1')).toBe('FAILED');
    const before = await machineState('taken');
    const late: Hold = async (operation) => {
      await start('taken', '20260101T000000Z-2');
      return alone(operation);
    };
    expect((await resume('taken', {}, late)).started).toBe('taken');
    expect(await machineState('taken')).toEqual(before);
    expect(await refusedWith(resume('taken', { execution: '20260101T000000Z-1' }))).toMatch(
      /^RES009 After 20260101T000000Z-1 there is 20260101T000000Z-2, FAILED/,
    );
  });
});

describe('what cannot be resumed', () => {
  testOfAll('a run under way, one that is unknown, one of no date', async () => {
    const dag = withLake('waiting');
    dag.task('a', object(dag, 'getObject', 'waiting/a'), { retries: 9, retryDelay: '1h' });
    await project.deploy(dag);
    const stateMachineArn = `${machineArn('waiting')}:live`;
    await project.sfn.send(new StartExecutionCommand({ stateMachineArn, name: '20260101T000000Z-1' }));
    expect(await refusedWith(resume('waiting'))).toMatch(/^RES001 20260101T000000Z-1 cannot be resumed: it is RUNNING/);
    expect(await refusedWith(resume('waiting', { execution: '20260102T000000Z-1' }))).toMatch(/^OPS006/);
    const executionArn = arnOf('waiting', '20260101T000000Z-1');
    await project.sfn.send(new StopExecutionCommand({ executionArn }));
    await start('chain', 'by-hand');
    expect(await refusedWith(resume('chain', { execution: 'by-hand', from: 'a' }))).toMatch(/^RES008 by-hand/);
  });

  test('a run of tasks that the DAG does not have any more', async () => {
    const arn = await project.deploy(chainDag('renamed'));
    await project.put('renamed/a');
    expect(await start('renamed', '20260101T000000Z-1')).toBe('FAILED');
    const dag = withLake('renamed');
    dag.task('c', object(dag, 'getObject', 'renamed/c'));
    const definition = JSON.stringify(await project.compile(dag));
    const { stateMachineVersionArn } = await project.sfn.send(
      new UpdateStateMachineCommand({ stateMachineArn: arn, definition, publish: true }),
    );
    const { UpdateStateMachineAliasCommand } = await import('@aws-sdk/client-sfn');
    await project.sfn.send(
      new UpdateStateMachineAliasCommand({
        stateMachineAliasArn: `${arn}:live`,
        routingConfiguration: [{ stateMachineVersionArn: stateMachineVersionArn!, weight: 100 }],
      }),
    );
    expect(await refusedWith(resume('renamed'))).toMatch(/^RES005 20260101T000000Z-1 ran "a", "b", which "renamed"/);
  });

  test('a run of a manifest that an older version wrote', async () => {
    const file = join(project.dist, 'chain/manifest.json');
    const manifest = await readFile(file, 'utf8');
    const { graph: _, ...old } = JSON.parse(manifest) as { graph: object };
    await writeFile(file, JSON.stringify(old));
    expect(await refusedWith(resume('chain'))).toMatch(
      /^RES010 .*chain\/manifest.json was written by an older dagwright/,
    );
    await writeFile(file, manifest);
  });
});
