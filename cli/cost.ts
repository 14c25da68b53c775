import type { Command } from 'commander';
import { countOf, type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly limit: number;
  readonly json?: true;
}

/** `dagwright cost <dag> [execution]`: estimates what a run takes. */
export function register(program: Command): void {
  deployed(
    program
      .command('cost')
      .description('estimate what a run costs, from the machine and from past runs')
      .argument('<dag>', 'the id of a compiled DAG; its past runs count where it is deployed')
      .argument('[execution]', 'what this one cost'),
  )
    .option('--limit <n>', 'so many past runs count', countOf, 10)
    .option('--json', 'print it as JSON')
    .action(async (dag: string, execution: string | undefined, options: Options) => {
      const { costForTerminal } = await import('../runs/cost-for-terminal.ts');
      process.exitCode = await costForTerminal({
        ...operatingOf(dag, options),
        limit: options.limit,
        json: options.json === true,
        ...(execution !== undefined && { execution }),
      });
    });
}
