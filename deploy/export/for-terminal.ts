import { relative } from 'node:path';
import { readProjectFile } from '../../project/config.ts';
import { type Environment, resolveEnvironment } from '../../project/environment.ts';
import { chooseDags } from '../built.ts';
import { exportDag, type Format } from './export.ts';
import { NO_ENVIRONMENT } from './inputs.ts';

export interface TerminalOptions {
  readonly project: string;
  readonly dist: string;
  /** None: all that are compiled. */
  readonly dags: readonly string[];
  readonly env?: string;
  readonly format: Format;
  readonly out: string;
}

export async function exportForTerminal({ project, dist, dags, env, format, out }: TerminalOptions): Promise<void> {
  const environment = await environmentOf(project, env);
  for (const dag of await chooseDags(dist, dags)) {
    const written = await exportDag({ project, dist, dag, environment, format, out });
    for (const file of written) process.stdout.write(`wrote ${relative(project, file)}\n`);
  }
}

/** Without environments in dagwright.yaml everything is asked of whoever applies the export. */
async function environmentOf(project: string, name: string | undefined): Promise<Environment> {
  const file = await readProjectFile(project);
  if (name === undefined && file.content.environments === undefined) return NO_ENVIRONMENT;
  return resolveEnvironment(file, name, process.env);
}
