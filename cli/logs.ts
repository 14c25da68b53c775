import type { Command } from 'commander';
import { type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly task?: string;
  readonly follow?: true;
  readonly json?: true;
}

/** `dagwright logs <dag> [execution]`: what happened in a run, and what the services wrote. */
export function register(program: Command): void {
  deployed(
    program
      .command('logs')
      .description('tell what happened in a run, and show what the services wrote of the tasks that failed')
      .argument('<dag>', 'the id of a deployed DAG')
      .argument('[execution]', 'its name, or latest', 'latest'),
  )
    .option('--task <id>', 'this task alone, and what the services wrote of it')
    .option('--follow', 'go on until the run has ended')
    .option('--json', 'print it as JSON')
    .action(async (dag: string, execution: string, options: Options) => {
      const { logsForTerminal } = await import('../runs/logs-for-terminal.ts');
      process.exitCode = await logsForTerminal({
        ...operatingOf(dag, options),
        execution,
        follow: options.follow === true,
        json: options.json === true,
        ...(options.task !== undefined && { task: options.task }),
      });
    });
}
