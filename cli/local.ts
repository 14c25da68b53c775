import { resolve } from 'node:path';
import type { Command } from 'commander';

interface Options {
  readonly input?: string;
  readonly mount: readonly string[];
  readonly only?: readonly string[];
  readonly from?: string;
  readonly dist: string;
  readonly json?: true;
  readonly html?: string;
  readonly lineage?: string;
  readonly enforcePolicy?: true;
}

/** `dagwright local <dag>`: runs a compiled DAG on this machine's engines. */
export function register(program: Command): void {
  program
    .command('local')
    .description('run a compiled DAG on this machine: real Spark, a real SQL engine, no AWS account')
    .argument('<dag>', 'the id of a compiled DAG')
    .option('--input <file>', 'the execution’s input: {"params": {…}, "logical_date": "…"}')
    .option(
      '--mount <s3://bucket/prefix=DIR>',
      'put a folder in place of a prefix of the lake, read only (repeatable)',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option('--only <task...>', 'run these tasks alone, with the setups and teardowns that they need')
    .option('--from <task>', 'run this task and everything after it')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .option('--json', 'print the report as JSON; progress goes to standard error')
    .option(
      '--enforce-policy',
      'hold each call against policy.json, as IAM would; a task that may not fails, and the missing statement is said',
    )
    .option(
      '--lineage <file|url>',
      'where the run’s OpenLineage events go: a file that they are added to, or the address of a server',
    )
    .option('--html <file>', 'where another copy of the run’s picture goes; one is always left in the run’s folder')
    .action(async (dag: string, options: Options) => {
      const { runForTerminal } = await import('../local/run-for-terminal.ts');
      const project = process.cwd();
      process.exitCode = await runForTerminal({
        dag,
        project,
        dist: resolve(project, options.dist),
        mounts: options.mount,
        json: options.json === true,
        ...(options.input !== undefined && { input: options.input }),
        ...(options.only !== undefined && { only: options.only }),
        ...(options.from !== undefined && { from: options.from }),
        ...(options.enforcePolicy === true && { enforcePolicy: true }),
        ...(options.lineage !== undefined && { lineage: options.lineage }),
        ...(options.html !== undefined && { html: options.html }),
      });
    });
}
