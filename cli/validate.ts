import type { Command } from 'commander';
import { sizeFindings } from '../asl/validate/finding.ts';
import type { Finding, ValidateOptions } from '../asl/validate/validate.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { type DefinitionFile, readDefinitions } from './definition-files.ts';
import { type Checked, findingsText, isError } from './findings-text.ts';

interface Options {
  readonly express?: boolean;
  readonly json?: boolean;
}

/** `dagwright validate FILE…`: checks any state machine's definition. */
export function register(program: Command): void {
  program
    .command('validate')
    .description('check state machine definitions, written by any tool')
    .argument('<file...>', 'definitions in the Amazon States Language, JSON or YAML; - reads JSON from standard input')
    .option('--express', 'check for an Express workflow')
    .option('--json', 'print an array of {file, ok, diagnostics}')
    .action(async (files: string[], { express = false, json = false }: Options) => {
      const checked: Checked[] = [];
      for (const file of await readDefinitions(files)) checked.push(await checkFile(file, { express }));
      process.stdout.write(json ? `${await asJson(checked)}\n` : findingsText(checked, coloursFor(process.stdout)));
      if (checked.some(({ findings }) => findings.some(isError))) process.exitCode = 1;
    });
}

async function checkFile({ file, bytes, size }: DefinitionFile, options: ValidateOptions): Promise<Checked> {
  if (bytes.length === 0 && size > 0) return { file, text: '', findings: sizeFindings(size) };
  const { decode } = await import('../asl/validate/decode.ts');
  const { text, findings } = decode(bytes);
  return { file, text, findings: findings.length > 0 ? findings : await findingsOf(file, text, options) };
}

async function findingsOf(file: string, text: string, options: ValidateOptions): Promise<readonly Finding[]> {
  if (/\.ya?ml$/i.test(file)) {
    const { validateYaml } = await import('../asl/validate/validate-yaml.ts');
    return validateYaml(text, options);
  }
  const { validate } = await import('../asl/validate/validate.ts');
  return validate(text, options);
}

async function asJson(checked: readonly Checked[]): Promise<string> {
  const { awsDiagnostic } = await import('../asl/validate/aws-diagnostic.ts');
  const files = checked.map(({ file, text, findings }) => ({
    file,
    ok: !findings.some(isError),
    diagnostics: findings.map((finding) => {
      const { code, severity, path, line, column, message } = finding;
      return { code, severity, path, line, column, message, aws: awsDiagnostic(finding, text) };
    }),
  }));
  return JSON.stringify(files, undefined, 2);
}
