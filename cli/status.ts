import type { Command } from 'commander';
import { countOf, type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly limit?: number;
  readonly json?: true;
}

/** `dagwright status [dag]`: lists runs. */
export function register(program: Command): void {
  deployed(
    program
      .command('status')
      .description('list the runs of a deployed DAG, or the latest of each')
      .argument('[dag]', 'the id of a deployed DAG'),
  )
    .option('--limit <n>', 'so many of each DAG (default: 10 of one, 1 of each)', countOf)
    .option('--json', 'print them as JSON')
    .action(async (dag: string | undefined, options: Options) => {
      const { statusForTerminal } = await import('../runs/status-for-terminal.ts');
      const { dag: _, ...place } = operatingOf('', options);
      process.exitCode = await statusForTerminal({
        ...place,
        json: options.json === true,
        ...(dag !== undefined && { dag }),
        ...(options.limit !== undefined && { limit: options.limit }),
      });
    });
}
