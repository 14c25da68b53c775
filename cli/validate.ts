import type { Command } from 'commander';
import { coloursFor } from '../diagnostics/colours.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { checkDocuments, readDefinitions } from './check-documents.ts';
import { type Checked, findingsText } from './diagnostics-text.ts';

interface Options {
  readonly express?: boolean;
  readonly json?: boolean;
}

/** `dagwright validate FILE…`: checks any state machine's definition. */
export function register(program: Command): void {
  program
    .command('validate')
    .description('check state machine definitions, written by any tool, in files of their own or in templates')
    .argument(
      '<file...>',
      'definitions in the Amazon States Language, or templates that hold some; - reads standard input',
    )
    .option('--express', 'check for an Express workflow')
    .option('--json', 'print an array of {file, ok, diagnostics}')
    .action(async (files: string[], { express = false, json = false }: Options) => {
      const checked = await checkDocuments(await readDefinitions(files), { express });
      process.stdout.write(json ? `${await asJson(checked)}\n` : findingsText(checked, coloursFor(process.stdout)));
      if (checked.some(({ findings }) => findings.some(isError))) process.exitCode = 1;
    });
}

async function asJson(checked: readonly Checked[]): Promise<string> {
  const { awsDiagnostic } = await import('../asl/validate/aws-diagnostic.ts');
  const files = checked.map(({ file, text, machines, findings }) => ({
    file,
    ok: !findings.some(isError),
    ...(machines !== undefined && { machines }),
    diagnostics: findings.map((finding) => {
      const { code, severity, machine, path, line, column, message } = finding;
      const of = machine === undefined ? {} : { machine };
      return { code, severity, ...of, path, line, column, message, aws: awsDiagnostic(finding, text) };
    }),
  }));
  return JSON.stringify(files, undefined, 2);
}
