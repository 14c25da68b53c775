import Table from 'cli-table3';
import type { Colours } from '../diagnostics/colours.ts';
import { diagnose } from '../diagnostics/index.ts';
import { denialDiagnostics } from '../engines/iam/index.ts';
import type { TaskEnd, TaskState } from './end-states.ts';
import type { Answer, RunReport, SentLineage, Written } from './report.ts';
import { behind, duration, oneLine } from './words.ts';

/** So many rows of an answer are shown; its file has them all. */
const ROWS = 10;

/** Files that are made for people to open. */
const DOCUMENT = /\.(docx|html|pdf)$/i;

/** The report as a person reads it: the tasks, then the documents that the run has written, or where there are none the answers and the files. */
export function textReport(report: RunReport, colours: Colours): string {
  const tasks = taskTable(report.tasks, colours);
  const documents = report.files.filter(({ path }) => DOCUMENT.test(path));
  const parts =
    report.status === 'SUCCEEDED' && documents.length > 0
      ? [tasks, closing(report, colours), fileList('Documents', documents, colours)]
      : [
          tasks,
          ...report.answers.map((answer) => answerText(answer, colours)),
          ...(report.files.length > 0 ? [fileList('Files written', report.files, colours)] : []),
          closing(report, colours),
        ];
  return `${parts.join('\n\n')}\n`;
}

const COLOUR: Readonly<Record<TaskState, (text: string, colours: Colours) => string>> = {
  success: (text, { green }) => green(text),
  failed: (text, { red }) => red(text),
  upstream_failed: (text, { yellow }) => yellow(text),
  skipped: (text, { dim }) => dim(text),
  aborted: (text, { yellow }) => yellow(text),
  not_run: (text, { dim }) => dim(text),
  left_out: (text, { dim }) => dim(text),
};

export function taskTable(tasks: readonly TaskEnd[], colours: Colours): string {
  const table = plainTable(['task', 'state', 'duration'], ['left', 'left', 'right'], colours);
  for (const { task, state, entered, exited } of tasks) {
    if (state === 'left_out') continue;
    const took = entered === undefined || exited === undefined ? '' : duration(exited - entered);
    table.push([task, COLOUR[state](state, colours), took]);
  }
  const out = tasks.filter(({ state }) => state === 'left_out').length;
  return out === 0 ? table.toString() : `${table.toString()}\n${colours.dim(`  and ${out} tasks left out`)}`;
}

function answerText({ question, columns, rows, file }: Answer, colours: Colours): string {
  const title = colours.bold(question);
  if (rows.length === 0) return `${title}\n${colours.dim('no rows')}`;
  const numeric = columns.map((_, i) =>
    rows.every((row) => row[i] === null || /^-?[\d.]+(E-?\d+)?$/.test(row[i] ?? '')),
  );
  const table = plainTable(
    columns,
    numeric.map((is) => (is ? 'right' : 'left')),
    colours,
  );
  for (const row of rows.slice(0, ROWS))
    table.push(row.map((value) => (value === null ? colours.dim('NULL') : oneLine(value))));
  const more =
    rows.length > ROWS ? `\n${colours.dim(`and ${rows.length - ROWS} more rows, ${rows.length} in all: ${file}`)}` : '';
  return `${title}\n${table.toString()}${more}`;
}

function fileList(title: string, files: readonly Written[], colours: Colours): string {
  return [
    colours.bold(title),
    ...files.map(({ path, files: count }) => `  ${path}${count > 1 ? colours.dim(` ${count} files`) : ''}`),
  ].join('\n');
}

function closing(report: RunReport, colours: Colours): string {
  const { red, green, yellow, dim } = colours;
  const how =
    report.status === 'SUCCEEDED'
      ? green('succeeded')
      : report.status === 'ABORTED'
        ? yellow('was stopped')
        : red(report.status === 'TIMED_OUT' ? 'timed out' : 'failed');
  const lines = [
    `${report.dag} ${how} in ${duration(report.milliseconds)} ${dim(`(logs and record: ${report.folder})`)}`,
  ];
  for (const { task, error, cause } of report.tasks.filter(({ state }) => state === 'failed')) {
    lines.push(`${red('✖')} ${task}: ${error ?? 'failed'}${behind(cause)}`);
    const log = report.logs.findLast((one) => one.task === task);
    if (log !== undefined) lines.push(dim(`  its log: ${log.file}`));
  }
  if (
    report.status !== 'SUCCEEDED' &&
    !report.tasks.some(({ state }) => state === 'failed') &&
    report.error !== undefined
  )
    lines.push(`${red('✖')} ${report.error}${behind(report.cause)}`);
  for (const { severity, message, remedy } of denialDiagnostics(report.denials ?? [])) {
    const mark = severity === 'error' ? red('✖') : yellow('!');
    lines.push(`${mark} ${message}`, `  → ${remedy}`);
  }
  if (report.lineage !== undefined) lines.push(...lineageLines(report.lineage, colours));
  lines.push(dim(`a picture of the run: ${report.picture}`));
  return lines.join('\n');
}

function lineageLines(sent: SentLineage, { yellow, dim }: Colours): string[] {
  if (sent.failed === undefined) return [dim(`${sent.events} events of its lineage: ${sent.to}`)];
  const { message, remedy } = diagnose('RUN082', { ...sent, ...sent.failed, all: sent.events });
  return [`${yellow('!')} ${message}`, `  → ${remedy}`];
}

export function plainTable(
  head: readonly string[],
  aligns: ('left' | 'right')[],
  colours: Colours,
): InstanceType<typeof Table> {
  return new Table({
    head: head.map((name) => colours.dim(name)),
    colAligns: aligns,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: { ...NO_FRAME, left: '  ' },
  });
}

/** A table's marks without a frame: columns apart, nothing around them. */
export const NO_FRAME = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;
