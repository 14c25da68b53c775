import type { Command } from 'commander';
import { storeOf } from '../deploy/store.ts';
import { type Deployed, deployed, operatingOf } from './deployed.ts';

interface Options extends Deployed {
  readonly from?: string;
  readonly yes?: true;
  readonly follow: boolean;
  readonly json?: true;
}

/** `dagwright resume <dag> [execution]`: runs what is left of a run that did not succeed. */
export function register(program: Command): void {
  deployed(
    program
      .command('resume')
      .description('run what is left of a run that did not succeed: what succeeded does not run again')
      .argument('<dag>', 'the id of a deployed DAG')
      .argument('[execution]', 'the name of the run (default: the latest)'),
  )
    .option('--from <task>', 'run this task and what follows it, even where it had succeeded')
    .option('--yes', 'do not ask')
    .option('--no-follow', 'end as soon as it is started')
    .option('--json', 'print what was done as JSON; progress goes to standard error')
    .action(async (dag: string, execution: string | undefined, options: Options) => {
      const { resumeForTerminal } = await import('../runs/resume/resume-for-terminal.ts');
      process.exitCode = await resumeForTerminal(
        {
          ...operatingOf(dag, options),
          yes: options.yes === true,
          follow: options.follow,
          json: options.json === true,
          ...(execution !== undefined && { execution }),
          ...(options.from !== undefined && { from: options.from }),
        },
        // The one lock of a DAG's machine is deploy's.
        async ({ clients, environment, names, place, manifest }) => {
          const { takeLock } = await import('../deploy/lock.ts');
          const { thisProcess } = await import('../deploy/lock.ts');
          return takeLock({
            aws: clients,
            store: storeOf(environment, place.account),
            key: names.lockKey,
            dag: manifest.dag,
            process: thisProcess(),
            by: 'dagwright resume',
            onWait: (text) => process.stderr.write(`${text}\n`),
          });
        },
      );
    });
}
