import type { Command } from 'commander';
import { type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly yes?: true;
  readonly json?: true;
}

/** `dagwright stop <dag> [execution]`: stops a run. */
export function register(program: Command): void {
  deployed(
    program
      .command('stop')
      .description('stop a run that is under way')
      .argument('<dag>', 'the id of a deployed DAG')
      .argument('[execution]', 'its name (default: the latest that is under way)'),
  )
    .option('--yes', 'do not ask')
    .option('--json', 'print what was stopped as JSON')
    .action(async (dag: string, execution: string | undefined, options: Options) => {
      const { stopForTerminal } = await import('../runs/stop-for-terminal.ts');
      process.exitCode = await stopForTerminal({
        ...operatingOf(dag, options),
        yes: options.yes === true,
        json: options.json === true,
        ...(execution !== undefined && { execution }),
      });
    });
}
