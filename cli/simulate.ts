import type { Command } from 'commander';
import { diagnosticsText } from './diagnostics-text.ts';

interface Options {
  readonly input?: string;
  readonly mocks?: string;
  readonly testCase?: string;
  readonly machine?: string;
  readonly checkMocks: boolean;
  readonly samples?: true;
  readonly now?: string;
  readonly express?: true;
  readonly seed?: number;
  readonly batch?: string;
  readonly json?: true;
  readonly html?: string;
  readonly enforcePolicy?: true;
  readonly policy?: string;
}

/** `dagwright simulate`: runs any state machine in virtual time with mocked tasks. */
export function register(program: Command): void {
  program
    .command('simulate')
    .description('run any state machine in virtual time, its tasks mocked; nothing is sent anywhere')
    .argument('[file]', 'a definition in the Amazon States Language; - reads standard input')
    .option('--input <file>', 'the execution’s input (default: {})')
    .option(
      '--mocks <file>',
      'what tasks answer, as in Step Functions Local; a task without a mock answers its arguments',
    )
    .option('--test-case <name>', 'of a MockConfigFile.json of Step Functions Local: the test case')
    .option(
      '--machine <name>',
      'of a MockConfigFile.json: the state machine (default: the only one, or the file’s name)',
    )
    .option('--no-check-mocks', 'do not hold the mocks against what the services answer')
    .option('--samples', 'of a compiled DAG: tasks without a mock answer what their services would')
    .option('--now <time>', 'when virtual time begins (default: 2026-01-01T00:00:00Z)')
    .option('--express', 'run it as an Express workflow')
    .option('--seed <number>', 'of all randomness (default: 0)', Number)
    .option(
      '--batch <file.jsonl>',
      'run a line of JSON each: {id, definition, input, mocks?, now?, type?, seed?, checkMocks?}; - reads standard input',
    )
    .option('--json', 'print the result as JSON, with the whole history')
    .option(
      '--enforce-policy',
      'hold each call against the policy of the machine’s role, as IAM would: the one beside a compiled machine',
    )
    .option('--policy <file>', 'of a machine that has none beside it: the policy of its role')
    .option('--html <file>', 'write a picture of the run: graph, timeline, every state’s input, output and errors')
    .action(async (file: string | undefined, options: Options, command: Command) => {
      if ((file === undefined) === (options.batch === undefined)) {
        command.error('error: name either a definition or a batch (--batch)', { exitCode: 2 });
      }
      if (options.batch !== undefined && options.html !== undefined) {
        command.error('error: --html is for one run, not for a batch', { exitCode: 2 });
      }
      if (options.mocks === undefined && (options.testCase !== undefined || options.machine !== undefined)) {
        command.error('error: --test-case and --machine choose from the mocks (--mocks)', { exitCode: 2 });
      }
      if (options.policy !== undefined && options.enforcePolicy === undefined) {
        command.error('error: --policy is for --enforce-policy', { exitCode: 2 });
      }
      if (options.enforcePolicy === true && options.batch !== undefined) {
        command.error('error: --enforce-policy is for one run, not for a batch', { exitCode: 2 });
      }
      const commands = await import('../simulate/simulate-for-terminal.ts');
      const { batch, ...single } = options;
      const { exitCode, warnings } =
        batch === undefined
          ? await commands.simulateFile(file as string, single)
          : await commands.simulateBatch(batch, options.checkMocks);
      process.exitCode = exitCode;
      if (warnings.length > 0) process.stderr.write(diagnosticsText(warnings));
    });
}
