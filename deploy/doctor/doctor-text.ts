import { type Colours, coloursFor } from '../../diagnostics/colours.ts';
import type { Examination } from './doctor.ts';
import type { Finding } from './finding.ts';

/** What was found, as a person reads it: first what is there, then what is missing with what mends it. */
export function doctorText(examination: Examination, colours: Colours = coloursFor(process.stdout)): string {
  const { environment, region, account, dags, findings } = examination;
  const head = colours.bold(`${dags.join(', ')} → ${environment} (${account ?? 'no account'}, ${region})`);
  const order = [...findings].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  // Why it matters is said at the first of those with the same code.
  const isFirst = ({ said }: Finding) => order.findIndex((other) => other.said?.code === said?.code);
  const lines = order.map((finding, i) => text(finding, colours, isFirst(finding) === i));
  return [head, ...lines, summary(findings), ''].join('\n');
}

const ORDER: readonly Finding['state'][] = ['there', 'note', 'not asked', 'missing'];
const SIGNS = { there: '✓', note: '!', 'not asked': '?', missing: '✗' } as const;

function text({ about, state, detail, said }: Finding, colours: Colours, withWhy: boolean): string {
  const paint = { there: colours.green, note: colours.yellow, 'not asked': colours.yellow, missing: colours.red }[
    state
  ];
  if (said === undefined) return `  ${paint(SIGNS[state])} ${about}: ${detail ?? ''}`;
  const { code, message, why, remedy, place } = said;
  return [
    `  ${paint(`${SIGNS[state]} ${code}`)}  ${message}`,
    ...(place === undefined ? [] : [`      ${colours.dim(`at ${place.file}:${place.line}:${place.column}`)}`]),
    ...(withWhy ? [`      ${colours.dim(why)}`] : []),
    `      ${colours.bold('→')} ${remedy}`,
  ].join('\n');
}

function summary(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length;
  const [lack, unasked] = [count('missing'), count('not asked')];
  const parts = [`${count('there')} there`, `${lack} missing`, `${unasked} not asked`];
  return `${parts.join(', ')}${lack + unasked === 0 ? ': nothing is in the way of a deploy' : ''}`;
}
