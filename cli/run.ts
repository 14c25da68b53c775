import type { Command } from 'commander';
import { countOf, type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly input?: string;
  readonly param: readonly string[];
  readonly logicalDate?: string;
  readonly attempt?: number;
  readonly again?: true;
  readonly follow: boolean;
  readonly json?: true;
}

/** `dagwright run <dag>`: starts a run on AWS. */
export function register(program: Command): void {
  deployed(
    program
      .command('run')
      .description('start a run of a deployed DAG, and follow it')
      .argument('<dag>', 'the id of a deployed DAG'),
  )
    .option('--input <file>', 'the execution’s input: {"params": {…}, "logical_date": "…"}')
    .option(
      '--param <name=value>',
      'a param, over those of --input (repeatable)',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option('--logical-date <date>', 'the date that it is for, one of the schedule’s (default: now)')
    .option('--again', 'run a date that has its run already, as its next attempt')
    .option('--attempt <n>', 'as which attempt of the date', countOf)
    .option('--no-follow', 'end as soon as it is started')
    .option('--json', 'print how it went as JSON; progress goes to standard error')
    .action(async (dag: string, options: Options) => {
      const { runForTerminal } = await import('../runs/run-for-terminal.ts');
      process.exitCode = await runForTerminal({
        ...operatingOf(dag, options),
        params: options.param,
        again: options.again === true,
        follow: options.follow,
        json: options.json === true,
        ...(options.input !== undefined && { input: options.input }),
        ...(options.logicalDate !== undefined && { date: options.logicalDate }),
        ...(options.attempt !== undefined && { attempt: options.attempt }),
      });
    });
}
