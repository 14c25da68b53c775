import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { Finding } from '../asl/validate/validate.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import { codeFrame } from './code-frame.ts';

interface Options {
  readonly express?: boolean;
  readonly json?: boolean;
}
interface Checked {
  /** As it was given on the command line. */
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** `dagwright validate FILE…`: checks any state machine's definition. */
export function register(program: Command): void {
  program
    .command('validate')
    .description('check state machine definitions, written by any tool')
    .argument('<file...>', 'definitions in the Amazon States Language; - reads standard input')
    .option('--express', 'check for an Express workflow')
    .option('--json', 'print an array of {file, ok, diagnostics}')
    .action(async (files: string[], options: Options) => {
      const { validate } = await import('../asl/validate/validate.ts');
      const texts = await readTexts(files);
      const checked = texts.map(({ file, text }): Checked => {
        const findings = validate(text, { express: options.express === true });
        return { file, text, findings };
      });
      process.stdout.write(options.json === true ? `${asJson(checked)}\n` : asText(checked));
      if (checked.some(({ findings }) => findings.some(isError))) process.exitCode = 1;
    });
}

/** Reads every file, and only then complains of those that cannot be read, all at once. */
async function readTexts(files: readonly string[]): Promise<{ file: string; text: string }[]> {
  const unreadable: Diagnostic[] = [];
  const texts: { file: string; text: string }[] = [];
  for (const file of files) {
    try {
      texts.push({ file, text: file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8') });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      unreadable.push(diagnose('CLI001', { file, detail: REASONS[code ?? ''] ?? message }));
    }
  }
  if (unreadable.length > 0) throw new Stop(unreadable);
  return texts;
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function asJson(checked: readonly Checked[]): string {
  const files = checked.map(({ file, findings }) => ({
    file,
    ok: !findings.some(isError),
    diagnostics: findings.map(({ code, severity, path, line, column, message }) => ({
      code,
      severity,
      path,
      line,
      column,
      message,
    })),
  }));
  return JSON.stringify(files, undefined, 2);
}

function asText(checked: readonly Checked[]): string {
  return checked.map((one) => `${fileText(one)}\n`).join('');
}

function fileText({ file, text, findings }: Checked): string {
  if (findings.length === 0) return `${file}: valid`;
  const errors = findings.filter(isError).length;
  const counts = [count(errors, 'error'), count(findings.length - errors, 'warning')].filter((one) => one !== '');
  return [`${file}: ${counts.join(', ')}`, ...findings.map((finding) => `\n${findingText(file, text, finding)}`)].join(
    '\n',
  );
}

function count(n: number, what: string): string {
  return n === 0 ? '' : `${n} ${what}${n === 1 ? '' : 's'}`;
}

function findingText(file: string, text: string, finding: Finding): string {
  const { code, severity, path, line, column, message, remedy } = finding;
  return [
    `${severity} ${code} ${file}:${line}:${column}${path === '' ? '' : ` ${path}`}`,
    codeFrame(text, line, column),
    `  ${message}`,
    `  ${remedy}`,
  ].join('\n');
}
