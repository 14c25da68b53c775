import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';

interface Options {
  readonly env?: string;
  readonly dist: string;
  readonly to?: number;
  readonly yes?: true;
  readonly json?: true;
}

/** `dagwright rollback [dag]`: an earlier version is live again. */
export function register(program: Command): void {
  program
    .command('rollback')
    .description('make an earlier version live again')
    .argument('[dag]', 'the id of a DAG; needed where several are compiled')
    .option('--env <name>', 'the environment of dagwright.yaml; none: its defaultEnv')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .option('--to <version>', 'the number of a version; none: the one that was live before', versionOf)
    .option('--yes', 'do not ask')
    .option('--json', 'print what was done as JSON')
    .action(async (dag: string | undefined, options: Options) => {
      const { rollbackForTerminal } = await import('../deploy/terminal.ts');
      const project = process.cwd();
      process.exitCode = await rollbackForTerminal({
        project,
        dist: resolve(project, options.dist),
        dags: dag === undefined ? [] : [dag],
        yes: options.yes === true,
        json: options.json === true,
        ...(options.to !== undefined && { to: options.to }),
        ...(options.env !== undefined && { env: options.env }),
      });
    });
}

function versionOf(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A version is a number from 1.');
}
