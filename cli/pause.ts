import type { Command } from 'commander';
import { type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly off?: true;
  readonly json?: true;
}

/** `dagwright pause <dag>`: disables a DAG's schedule. */
export function register(program: Command): void {
  deployed(
    program
      .command('pause')
      .description('disable a deployed DAG’s schedule; runs that are under way go on')
      .argument('<dag>', 'the id of a deployed DAG'),
  )
    .option('--off', 'end the pause: enable the schedule again')
    .option('--json', 'print what was done as JSON')
    .action(async (dag: string, options: Options) => {
      const { pauseForTerminal } = await import('../runs/pause-for-terminal.ts');
      process.exitCode = await pauseForTerminal({
        ...operatingOf(dag, options),
        off: options.off === true,
        json: options.json === true,
      });
    });
}
