import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';

/** What every command says of the deployment that it is about. */
export interface Deployed {
  readonly env?: string;
  readonly dist: string;
}

export function deployed(command: Command): Command {
  return command
    .option('--env <name>', 'an environment of dagwright.yaml (default: its defaultEnv)')
    .option('--dist <dir>', 'the folder of compiled DAGs', 'dist');
}

export function operatingOf(dag: string, { env, dist }: Deployed) {
  const project = process.cwd();
  return { dag, project, dist: resolve(project, dist), ...(env !== undefined && { env }) };
}

export function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1.');
}
