import { diagnose, Stop } from '../diagnostics/index.ts';
import { findRun } from './executions.ts';
import { type Operating, operate } from './operation.ts';
import { confirm } from './terminal.ts';

export interface StopTerminalOptions extends Operating {
  /** Default: the latest that is under way. */
  readonly execution?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Stops a run that is under way, after asking. */
export async function stopForTerminal(options: StopTerminalOptions): Promise<0 | 1> {
  const { dag, execution, yes, json } = options;
  return operate(options, async (operation) => {
    const run = await findRun(operation, execution, true);
    if (run.status !== 'RUNNING') throw new Stop(diagnose('OPS011', { dag, name: run.name, status: run.status }));
    const torn = operation.manifest.tasks.filter(({ kind }) => kind === 'teardown').map(({ id }) => id);
    const unless =
      torn.length === 0
        ? ''
        : ` Its teardowns (${torn.join(', ')}) do not run: what \`deploy\` made starts ${operation.names.cleanup}, which terminates the clusters that are left.`;
    if (!yes && !(await confirm(`Stop ${dag} ${run.name}?${unless}`, `Stopping ${run.name}`))) return 1;
    const sfn = await operation.clients.sfn();
    await sfn.stopExecution({
      executionArn: run.arn,
      error: 'Dagwright.Stopped',
      cause: 'Stopped with dagwright stop.',
    });
    if (json) process.stdout.write(`${JSON.stringify({ dag, execution: run.name, executionArn: run.arn })}\n`);
    else
      process.stdout.write(
        `${dag} ${run.name} is stopped; \`dagwright resume ${dag} ${run.name}\` runs what is left.\n`,
      );
    return 0;
  });
}
