import { coloursFor } from '../../diagnostics/colours.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { progressFor } from '../../report/progress/plain-progress.ts';
import { describeRun } from '../executions.ts';
import { follow } from '../follow.ts';
import { isoOf } from '../logical-dates.ts';
import { type Operating, type Operation, operate } from '../operation.ts';
import { runJson, runText } from '../run-text.ts';
import type { Started } from '../start.ts';
import { confirm, untilSignal } from '../terminal.ts';
import { planResume, type Resuming } from './resume.ts';
import { type Hold, redrive, startRemaining } from './start.ts';

export interface ResumeTerminalOptions extends Operating {
  readonly execution?: string;
  readonly from?: string;
  readonly yes: boolean;
  readonly follow: boolean;
  readonly json: boolean;
}

/** Shows what is left of a run, asks, starts it and follows it. Returns the exit code. */
export async function resumeForTerminal(options: ResumeTerminalOptions, hold: Hold): Promise<0 | 1> {
  const { dag, json } = options;
  return operate(options, async (operation) => {
    const plan = await planResume(operation, options);
    const say = (text: string) => (json ? process.stderr : process.stdout).write(text);
    say(planText(dag, plan));
    if (!options.yes && !(await confirm(`Resume ${dag}?`, 'resume'))) {
      say('Nothing was changed.\n');
      return 1;
    }
    const started = await begin(operation, plan, hold);
    if (!options.follow) {
      if (json) process.stdout.write(`${JSON.stringify(planJson(dag, plan, started))}\n`);
      else say(`started ${started.arn}\n`);
      return 0;
    }
    const run = await untilSignal((signal) =>
      follow(
        operation,
        { ...started, beyond: plan.how === 'redrive' ? plan.seen : 0 },
        progressFor(json ? process.stderr : process.stdout),
        signal,
      ),
    );
    process.stdout.write(
      json
        ? `${JSON.stringify({ ...planJson(dag, plan, started), ...runJson(dag, run) }, null, 2)}\n`
        : `\n${runText(dag, run, coloursFor(process.stdout))}`,
    );
    return run.status === 'SUCCEEDED' ? 0 : 1;
  });
}

async function begin(operation: Operation, plan: Resuming, hold: Hold): Promise<Started> {
  const { run } = plan;
  if (plan.how === 'redrive') {
    await redrive(operation, run.arn);
    return { name: run.name, arn: run.arn };
  }
  const started = await startRemaining(operation, plan, hold);
  if (started !== 'taken') return started;
  const status = (await describeRun(operation, plan.name))?.status ?? 'closed';
  const { dag } = operation.manifest;
  throw new Stop(diagnose('OPS005', { dag, date: isoOf(run.date), name: plan.name, status }));
}

function planText(dag: string, plan: Resuming): string {
  const { run, tasks, anew, finished } = plan;
  const how =
    plan.how === 'redrive' ? 'redriven: nothing has changed since, and nothing was caught' : `as ${plan.name}`;
  return [
    `${dag} ${run.name} (${run.status.toLowerCase()}) goes on ${how}.`,
    `  runs: ${listed(tasks)}`,
    ...(anew.length > 0 ? [`  once more, because what runs needs it: ${listed(anew)}`] : []),
    `  does not run again: ${listed(finished)}`,
    '',
  ].join('\n');
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(', ');
}

function planJson(dag: string, { run, how, tasks, anew, finished }: Resuming, started: Started) {
  return {
    dag,
    execution: started.name,
    executionArn: started.arn,
    resumes: run.name,
    how,
    remaining: tasks,
    anew,
    finished,
  };
}
