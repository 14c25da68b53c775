import { resolve } from 'node:path';
import type { Command } from 'commander';
import { diagnosticsText } from './diagnostics-text.ts';

interface Options {
  readonly env?: string;
  readonly dist: string;
  readonly yes?: true;
  readonly adopt?: true;
  readonly skipChecks?: true;
  readonly json?: true;
}

/** `dagwright deploy [dag…]`: brings what was compiled to AWS. */
export function register(program: Command): void {
  program
    .command('deploy')
    .description('bring compiled DAGs to AWS, after showing what would change')
    .argument('[dag...]', 'ids of compiled DAGs; none: all')
    .option('--env <name>', 'the environment of dagwright.yaml; none: its defaultEnv')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .option('--yes', 'do not ask')
    .option('--adopt', 'take over what stands under our names and was not made by dagwright')
    .option('--skip-checks', 'ask nothing of AWS beforehand: no validation, no look at permissions')
    .option('--json', 'print what was done as JSON')
    .action(async (dags: readonly string[], options: Options) => {
      const { deployForTerminal } = await import('../deploy/terminal.ts');
      const project = process.cwd();
      process.exitCode = await deployForTerminal({
        project,
        dist: resolve(project, options.dist),
        dags,
        yes: options.yes === true,
        adopt: options.adopt === true,
        json: options.json === true,
        skipChecks: options.skipChecks === true,
        onWarning: (warning) => process.stderr.write(diagnosticsText([warning])),
        ...(options.env !== undefined && { env: options.env }),
      });
    });
}
