import { type Command, Option } from 'commander';
import { countOf, type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly from: string;
  readonly to: string;
  readonly maxActive: number;
  readonly order: 'oldest' | 'newest';
  readonly dryRun?: true;
  readonly again?: 'failed';
  readonly input?: string;
  readonly param: readonly string[];
  readonly follow: boolean;
  readonly json?: true;
}

/** `dagwright backfill <dag>`: makes the runs that are missing. */
export function register(program: Command): void {
  deployed(
    program
      .command('backfill')
      .description(
        'start the runs that are missing in a range of a schedule’s dates; go on where an interrupted one was',
      )
      .argument('<dag>', 'the id of a deployed DAG'),
  )
    .requiredOption('--from <date>', 'the first date')
    .requiredOption('--to <date>', 'the last date; a day is meant to its end')
    .option('--max-active <n>', 'so many runs of the DAG go on at a time, whoever started them', countOf, 10)
    .addOption(new Option('--order <order>', 'which first').choices(['oldest', 'newest']).default('oldest'))
    .option('--dry-run', 'say what would be started')
    .addOption(new Option('--again <which>', 'also dates whose latest run did not succeed').choices(['failed']))
    .option('--input <file>', 'every run’s input: {"params": {…}}')
    .option(
      '--param <name=value>',
      'a param of every run (repeatable)',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option('--no-follow', 'end as soon as the last one is started')
    .option('--json', 'print what was done as JSON; progress goes to standard error')
    .action(async (dag: string, options: Options) => {
      const { backfillForTerminal } = await import('../runs/backfill-for-terminal.ts');
      process.exitCode = await backfillForTerminal({
        ...operatingOf(dag, options),
        from: options.from,
        to: options.to,
        maxActive: options.maxActive,
        newestFirst: options.order === 'newest',
        dryRun: options.dryRun === true,
        againFailed: options.again === 'failed',
        params: options.param,
        follow: options.follow,
        json: options.json === true,
        ...(options.input !== undefined && { input: options.input }),
      });
    });
}
