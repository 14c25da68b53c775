import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly region: string;
  readonly account: string;
  readonly mocks?: string;
  readonly enforcePolicy?: true;
  readonly policy?: string;
  readonly lineage?: string;
  readonly quiet?: true;
  readonly json?: true;
}

/** `dagwright serve`: a local Step Functions endpoint. */
export function register(program: Command): void {
  program
    .command('serve')
    .description('a local Step Functions endpoint, for the AWS CLI, the SDKs and Terraform')
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--port <port>', 'the port to listen on; 0: a free one', portOf, 8083)
    .option('--data <dir>', 'the folder of its state', '.dagwright/serve')
    .option(
      '--mocks <file>',
      'Step Functions Local’s MockConfigFile.json: `#Case` after a machine’s ARN chooses a test case',
    )
    .option(
      '--enforce-policy',
      'hold each call of a task against the policy of its machine’s role: of a DAG in dist/ the one that was compiled',
    )
    .option('--policy <file>', 'the policy of machines that are no DAG of dist/')
    .option(
      '--lineage <file|url>',
      'where the OpenLineage events of executions go: a file that they are added to, or the address of a server',
    )
    .option('--region <region>', 'the region in ARNs', 'us-east-1')
    .option('--account <id>', 'the account in ARNs', accountOf, '123456789012')
    .option('--quiet', 'no line for each request')
    .option('--json', 'print one line of JSON when it is ready')
    .action(async (options: Options, command: Command) => {
      if (options.policy !== undefined && options.enforcePolicy === undefined)
        command.error('error: --policy is for --enforce-policy', { exitCode: 2 });
      const { needPackages } = await import('../project/packages.ts');
      needPackages(['lmdb'], '`dagwright serve`');
      const { serveForTerminal } = await import('../serve/serve-for-terminal.ts');
      const project = process.cwd();
      const { data, ...rest } = options;
      process.exitCode = await serveForTerminal({ ...rest, project, data: resolve(project, data) });
    });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

function accountOf(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('An account has twelve digits.');
}
