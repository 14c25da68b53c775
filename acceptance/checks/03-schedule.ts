import type { Check } from '../check.ts';
import { projectWith } from '../project.ts';
import { expectThat } from '../verdict.ts';

/** How long until the schedule has fired: it is due in every minute. */
const TICK_MS = 180_000;

/** One tick of a schedule, and what becomes of a date that has its run. */
export const schedule: Check = {
  number: 3,
  name: 'schedule',
  title: 'EventBridge Scheduler starts a run, named by its date; a name that is taken starts nothing',
  makes: 'a schedule that is due in every minute, with its machines and roles, and a few executions',
  most: 0.01,
  why: 'some transitions of Step Functions',
  minutes: 8,
  async run(at) {
    const { account, mark, part, keep, until } = at;
    const sfn = await account.clients.sfn();
    const project = await projectWith(at, ['tick']);
    const machine = `arn:${account.caller.partition}:states:${account.region}:${account.caller.account}:stateMachine:${mark.prefix}tick`;
    const runs = async () => (await sfn.listExecutions({ stateMachineArn: machine, maxResults: 100 })).executions ?? [];

    const ticked = await part('a tick', async () => {
      await project.must(['deploy', 'tick', '--yes']);
      const began = Date.now();
      const first = await until(async () => (await runs()).at(-1), {
        ms: TICK_MS,
        otherwise: `No run began within ${TICK_MS / 1000} s of a schedule that is due in every minute.`,
      });
      keep('the run that the schedule started', { ...first, secondsAfterDeploy: (Date.now() - began) / 1000 });
      expectThat(/^\d{8}T\d{6}Z-1$/.test(first.name!), `It is named ${first.name}, not by its logical date.`);
      await project.must(['pause', 'tick']);
      const ended = await until(
        async () => (await runs()).find(({ name, status }) => name === first.name && status !== 'RUNNING'),
        { ms: 120_000, otherwise: 'The run did not end within two minutes.' },
      );
      expectThat(ended.status === 'SUCCEEDED', `It ended ${ended.status}.`);
    });
    if (!ticked) await project.run(['pause', 'tick']);

    await part('a name that is taken', async () => {
      const [last] = await runs();
      const name = last?.name ?? (await startedByHand());
      const before = (await runs()).length;
      const { executionArn } = await sfn.startExecution({
        stateMachineArn: `${machine}-start`,
        input: JSON.stringify({ scheduled_time: dateOf(name) }),
      });
      const starter = await until(
        async () => {
          const found = await sfn.describeExecution({ executionArn });
          return found.status === 'RUNNING' ? undefined : found;
        },
        { ms: 120_000, otherwise: 'The starter did not end within two minutes.' },
      );
      keep('the starter on a name that is taken', starter);
      expectThat(
        starter.status === 'SUCCEEDED',
        `The starter ended ${starter.status} (${starter.error}: ${starter.cause}).`,
      );
      const after = (await runs()).length;
      expectThat(after === before, `There are ${after} runs, and there were ${before}.`);
    });

    /** Where the schedule started none, a run of its last date is started as the schedule would name it. */
    async function startedByHand(): Promise<string> {
      const date = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
      const { execution } = await project.json<{ execution: string }>(['run', 'tick', '--logical-date', date]);
      return execution;
    }
  },
};

/** Scheduler's time of an execution's name. */
function dateOf(name: string): string {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name) ?? [];
  return `${parts.slice(0, 3).join('-')}T${parts.slice(3).join(':')}Z`;
}
