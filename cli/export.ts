import { resolve } from 'node:path';
import { type Command, Option } from 'commander';

interface Options {
  readonly env?: string;
  readonly dist: string;
  readonly format: 'sam' | 'terraform';
  readonly out?: string;
}

/** `dagwright export [dag…]`: hands what deploy would make to the team's own infrastructure code. */
export function register(program: Command): void {
  program
    .command('export')
    .description('write what a deploy would make as a SAM template or a Terraform module')
    .argument('[dag...]', 'ids of compiled DAGs; none: all')
    .addOption(new Option('--format <format>', 'for which tool').choices(['sam', 'terraform']).makeOptionMandatory())
    .option('--env <name>', 'the environment of dagwright.yaml whose values are the defaults; none: its defaultEnv')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .option('--out <dir>', 'the folder that is written to (default: export/<format>)')
    .action(async (dags: readonly string[], { env, dist, format, out = `export/${format}` }: Options) => {
      const { exportForTerminal } = await import('../deploy/export/export.ts');
      const project = process.cwd();
      await exportForTerminal({
        project,
        dist: resolve(project, dist),
        dags,
        format,
        out: resolve(project, out),
        ...(env !== undefined && { env }),
      });
    });
}
