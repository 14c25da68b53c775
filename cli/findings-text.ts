import type { Finding } from '../asl/validate/validate.ts';
import type { Colours } from '../diagnostics/colours.ts';
import { codeFrame } from './code-frame.ts';

export interface Checked {
  /** As it was given on the command line. */
  readonly file: string;
  readonly text: string;
  /** The state machines in it, where it holds definitions and is none itself. */
  readonly machines?: readonly string[];
  findings: readonly Finding[];
}

export function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** What was found, for a person: file by file, each finding with its frame, and where there are several files a sum. */
export function findingsText(checked: readonly Checked[], colours: Colours): string {
  const files = checked.map((one) => `${fileText(one, colours)}\n`).join('');
  return checked.length > 1 ? `${files}\n${sum(checked, colours)}\n` : files;
}

function fileText({ file, text, machines, findings }: Checked, colours: Colours): string {
  if (findings.length === 0) return `${file}: ${colours.green('valid')}${machinesText(machines)}`;
  const lines = text.split('\n');
  const all = findings.map((finding) => `\n${findingText(file, lines, finding, colours)}`);
  return [`${file}: ${counts(findings)}${machinesText(machines)}`, ...all].join('\n');
}

function machinesText(machines: readonly string[] = []): string {
  return machines.length === 0 ? '' : ` (${count(machines.length, 'state machine')}: ${machines.join(', ')})`;
}

function sum(checked: readonly Checked[], colours: Colours): string {
  const refused = checked.filter(({ findings }) => findings.some(isError)).length;
  const valid = `${checked.length - refused} valid`;
  const invalid = `${refused} not`;
  const found = counts(checked.flatMap(({ findings }) => findings));
  const words = [colours.green(valid), refused === 0 ? '' : colours.red(invalid)].filter((one) => one !== '');
  return `${checked.length} files: ${words.join(', ')}${found === '' ? '' : ` (${found})`}`;
}

function counts(findings: readonly Finding[]): string {
  const errors = findings.filter(isError).length;
  return [count(errors, 'error'), count(findings.length - errors, 'warning')].filter((one) => one !== '').join(', ');
}

function count(n: number, what: string): string {
  return n === 0 ? '' : `${n} ${what}${n === 1 ? '' : 's'}`;
}

function findingText(file: string, lines: readonly string[], finding: Finding, colours: Colours): string {
  const { code, severity, machine = '', path, line, column, message, remedy } = finding;
  const place = [machine, path].filter((one) => one !== '').join(' ');
  const head = (severity === 'error' ? colours.red : colours.yellow)(`${severity} ${code}`);
  return [
    `${head} ${file}:${line}:${column}${place === '' ? '' : ` ${colours.dim(place)}`}`,
    // Of a file that is too large, nothing was read.
    ...(lines.length === 1 && lines[0] === '' ? [] : [codeFrame(lines, line, column)]),
    `  ${message}`,
    `  ${remedy}`,
  ].join('\n');
}
