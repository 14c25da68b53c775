import type { Command } from 'commander';

interface Options {
  readonly machine: string;
  readonly out?: string;
  readonly title?: string;
}

/** `dagwright report HISTORY --machine FILE`: draws an execution, of this machine or of AWS. */
export function register(program: Command): void {
  program
    .command('report')
    .description(
      'draw an execution: one HTML file with its graph, timeline, and every state’s input, output and errors',
    )
    .argument(
      '<history>',
      'what `aws stepfunctions get-execution-history` or `dagwright simulate --json` prints; - reads standard input',
    )
    .requiredOption('--machine <file>', 'the definition, or what `aws stepfunctions describe-state-machine…` prints')
    .option('--out <file>', 'where the picture goes (default: beside the history)')
    .option('--title <text>', 'its title (default: the machine’s name)')
    .action(async (history: string, options: Options, command: Command) => {
      if (history === '-' && options.machine === '-') {
        command.error('error: standard input can be the history or the machine, not both', { exitCode: 2 });
      }
      const { drawHistory } = await import('../report/picture/picture-for-terminal.ts');
      await drawHistory(history, options);
    });
}
