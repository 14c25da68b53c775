import type { Check } from '../check.ts';
import { changeLine, projectWith, type RunJson } from '../project.ts';
import { expectThat } from '../verdict.ts';

const DEPLOYS = 20;

/** A run that is started as soon as a deploy is done must run what was deployed. */
export const changedLines: Check = {
  number: 4,
  name: 'changed-lines',
  title: `${DEPLOYS} deploys of one changed line, each started at once, run what was deployed`,
  makes: 'a machine of one task, deployed and run again and again',
  most: 0.02,
  why: 'some transitions of Step Functions and requests to S3',
  minutes: 20,
  async run(at) {
    const { account, part, keep } = at;
    const sfn = await account.clients.sfn();
    const project = await projectWith(at, ['line']);
    const times: { line: string; deploySeconds: number; version?: string | undefined }[] = [];
    for (let n = 1; n <= DEPLOYS; n += 1) {
      await part(`deploy ${n}`, async () => {
        const line = `line-${n}`;
        await changeLine(project, 'line', line);
        const { seconds } = await project.must(['deploy', 'line', '--yes']);
        const run = await project.json<RunJson>(['run', 'line']);
        const { executionArn } = run;
        const { definition = '' } = await sfn.describeStateMachineForExecution({ executionArn });
        const { stateMachineVersionArn: version } = await sfn.describeExecution({ executionArn });
        times.push({ line, deploySeconds: seconds, version: version?.split(':').at(-1) });
        const ran = /line-\d+/.exec(definition)?.[0];
        expectThat(ran === line, `The run has ${ran}, and ${line} was deployed.`);
      });
    }
    keep('deploys', times);
  },
};
