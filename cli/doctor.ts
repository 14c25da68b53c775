import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';

interface Options {
  readonly env?: string;
  readonly dist: string;
  readonly policy?: true;
  readonly for?: string;
  readonly leftovers?: true;
  readonly json?: true;
}

/** `dagwright doctor [dag…]`: what an account lacks before the first deploy. */
export function register(program: Command): void {
  program
    .command('doctor')
    .description('what is missing in the account before the first deploy, and what mends it; reads only')
    .argument('[dag...]', 'ids of compiled DAGs; none: all')
    .option('--env <name>', 'the environment of dagwright.yaml; none: its defaultEnv')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist')
    .option('--policy', 'print the least policy of whoever deploys and operates, and look at nothing')
    .option(
      '--for <arn>',
      'with --policy: the user or role that is to have it, so that it may ask about itself',
      principal,
    )
    .option(
      '--leftovers',
      'with --policy: also what `destroy --leftovers` takes, which removes what runs made for all runs',
    )
    .option('--json', 'print what was found as JSON')
    .action(async (dags: readonly string[], options: Options, command: Command) => {
      if (options.for !== undefined && options.policy === undefined)
        command.error('error: --for says whose policy it is (--policy)', { exitCode: 2 });
      if (options.leftovers && options.policy === undefined)
        command.error('error: --leftovers says what the policy is to cover (--policy)', { exitCode: 2 });
      const { doctorForTerminal, policyForTerminal } = await import('../deploy/doctor/doctor-for-terminal.ts');
      const project = process.cwd();
      const about = {
        ...{ project, dist: resolve(project, options.dist), dags },
        ...(options.env !== undefined && { env: options.env }),
      };
      process.exitCode = options.policy
        ? await policyForTerminal({
            ...about,
            leftovers: options.leftovers === true,
            ...(options.for !== undefined && { deployer: options.for }),
          })
        : await doctorForTerminal({ ...about, json: options.json === true });
    });
}

function principal(text: string): string {
  if (/^arn:[\w-]+:iam::\d{12}:(user|role)\/.+$/.test(text)) return text;
  throw new InvalidArgumentError(
    'It is the ARN of a user or of a role, arn:aws:iam::…:role/…; of a session (arn:aws:sts::…:assumed-role/…) that of its role.',
  );
}
