import type { Bench, Check } from '../check.ts';
import { changeLine, projectWith, type RunJson } from '../project.ts';
import { expectThat } from '../verdict.ts';

/** What an operator does when a run has failed, and with what was missed. */
export const backAndForth: Check = {
  number: 9,
  name: 'back-and-forth',
  title: 'A failed run is redriven, or resumed after a deploy; a version is rolled back; missed dates are made up for',
  makes: 'a machine of three tasks with its schedule and roles, and a few executions',
  most: 0.02,
  why: 'some transitions of Step Functions and requests to S3',
  minutes: 20,
  async run(at) {
    const { account, part, keep } = at;
    const sfn = await account.clients.sfn();
    const project = await projectWith(at, ['resumed'], { schedule: 'disabled' });
    const lineOf = async (executionArn: string) => {
      const { definition = '' } = await sfn.describeStateMachineForExecution({ executionArn });
      return /line-\d+/.exec(definition)?.[0];
    };
    const failedRun = async () => {
      await turn(at, 'off');
      const ended = await project.run(['run', 'resumed', '--json']);
      const run = JSON.parse(ended.out) as RunJson;
      expectThat(run.status === 'FAILED', `The run ended ${run.status}, and its object is missing.`);
      keep('a run whose object is missing', run);
      return run;
    };
    const resumed = async (run: RunJson, how: string) => {
      await turn(at, 'on');
      const next = await project.json<RunJson>(['resume', 'resumed', run.execution, '--yes']);
      keep(`the run that was resumed (${how})`, next);
      expectThat(next.status === 'SUCCEEDED', `It ended ${next.status}: ${next.error} ${next.cause}`);
      expectThat(next.how === how, `It went on by ${next.how}, not ${how}.`);
      return next;
    };

    await part('redrive', async () => {
      await project.must(['deploy', 'resumed', '--yes']);
      const run = await failedRun();
      const next = await resumed(run, 'redrive');
      expectThat(next.executionArn === run.executionArn, 'It went on as another execution.');
    });
    await part('resume after a deploy', async () => {
      const run = await failedRun();
      await changeLine(project, 'resumed', 'line-1');
      await project.must(['deploy', 'resumed', '--yes']);
      const next = await resumed(run, 'machine');
      expectThat(next.executionArn !== run.executionArn, 'It went on as the same execution.');
    });
    await part('rollback', async () => {
      await project.must(['rollback', 'resumed', '--yes']);
      await turn(at, 'on');
      const run = await project.json<RunJson>(['run', 'resumed']);
      const line = await lineOf(run.executionArn);
      expectThat(line === 'line-0', `After the rollback a run has ${line}.`);
    });
    await part('backfill', async () => {
      const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
      const range = ['backfill', 'resumed', '--from', day(4), '--to', day(2)];
      const first = await project.must([...range, '--json']);
      keep('the backfill', JSON.parse(first.out));
      const again = await project.must([...range, '--dry-run']);
      expectThat(/ 0 to start/.test(again.out), `Dates are missing after it: ${again.out.trim()}`);
    });
  },
};

/** Makes the object that a task needs, or removes it. */
async function turn(at: Bench, to: 'on' | 'off'): Promise<void> {
  const s3 = await at.account.clients.s3();
  const object = { Bucket: await at.lake(), Key: 'switch/on.txt' };
  if (to === 'on') await s3.putObject({ ...object, Body: 'on' });
  else await s3.deleteObject(object);
}
