import { resolve } from 'node:path';
import type { Command } from 'commander';
import { diagnosticsText } from './diagnostics-text.ts';

interface Options {
  readonly env?: string;
  readonly dist: string;
  readonly skipChecks?: true;
  readonly json?: true;
  readonly exitCode?: true;
}

/** `dagwright plan [dag…]`: what a deploy would change on AWS. */
export function register(program: Command): void {
  program
    .command('plan')
    .description('what a deploy would change on AWS; changes nothing')
    .argument('[dag...]', 'ids of compiled DAGs; none: all')
    .option('--env <name>', 'the environment of dagwright.yaml; none: its defaultEnv')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .option('--skip-checks', 'do not ask AWS about the role that the environment names')
    .option('--json', 'print the plans as JSON')
    .option('--exit-code', 'end with 4 where there are changes')
    .action(async (dags: readonly string[], options: Options) => {
      const { planForTerminal } = await import('../deploy/terminal.ts');
      const project = process.cwd();
      process.exitCode = await planForTerminal({
        project,
        dist: resolve(project, options.dist),
        dags,
        json: options.json === true,
        skipChecks: options.skipChecks === true,
        onWarning: (warning) => process.stderr.write(diagnosticsText([warning])),
        exitCode: options.exitCode === true,
        ...(options.env !== undefined && { env: options.env }),
      });
    });
}
