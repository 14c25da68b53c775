import { resolve } from 'node:path';
import { type Command, Option } from 'commander';

interface Options {
  readonly env?: string;
  readonly dist: string;
  readonly yes?: true;
  readonly wait?: true;
  readonly stop?: true;
  readonly leftovers?: true;
  readonly json?: true;
}

/** `dagwright destroy [dag…]`: removes what deploy made. */
export function register(program: Command): void {
  program
    .command('destroy')
    .description('remove what deploy made on AWS, and nothing else')
    .argument('[dag...]', 'ids of DAGs, compiled or not; none: all that are compiled')
    .option('--env <name>', 'the environment of dagwright.yaml; none: its defaultEnv')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .addOption(new Option('--wait', 'wait for runs that are under way').conflicts('stop'))
    .option('--stop', 'stop runs that are under way; what their teardowns would end, the cleanup machine ends')
    .option('--leftovers', 'remove what its runs made for all runs, too: crawlers, jobs, databases that carry its tag')
    .option('--yes', 'do not ask')
    .option('--json', 'print what was removed as JSON')
    .action(async (dags: readonly string[], options: Options) => {
      const { destroyForTerminal } = await import('../deploy/terminal.ts');
      const project = process.cwd();
      process.exitCode = await destroyForTerminal({
        project,
        dist: resolve(project, options.dist),
        dags,
        yes: options.yes === true,
        json: options.json === true,
        ...(options.env !== undefined && { env: options.env }),
        leftovers: options.leftovers === true,
        ...(options.wait && { runs: 'wait' as const }),
        ...(options.stop && { runs: 'stop' as const }),
      });
    });
}
