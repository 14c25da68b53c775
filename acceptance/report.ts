import type { Colours } from '../diagnostics/colours.ts';
import { dollars, mostOf } from './budget.ts';
import type { Check } from './check.ts';
import type { CheckResult, Results } from './results.ts';

/** What a run is about to do: shown before it asks. */
export function intentText(
  checks: readonly Check[],
  about: { readonly run: string; readonly where: string; readonly budget: number },
): string {
  const minutes = checks.reduce((sum, check) => sum + check.minutes, 0);
  return [
    `Acceptance run ${about.run} in ${about.where}`,
    '',
    ...checks.map((check) =>
      [
        `  ${String(check.number).padStart(2)} ${check.name}: ${check.title}`,
        `     makes ${check.makes}; at most ${dollars(check.most)} (${check.why}) and ${check.minutes} min`,
      ].join('\n'),
    ),
    '',
    `At most ${dollars(mostOf(checks))} of the budget of ${dollars(about.budget)}, and ${minutes} min.`,
    `Every name begins with ${about.run}- and everything is removed at the end; after a crash by --clean.`,
    '',
  ].join('\n');
}

export function checkText({ number, name, verdict, reason, seconds, parts }: CheckResult, colours: Colours): string {
  const paint = { passed: colours.green, failed: colours.red, 'not run': colours.yellow }[verdict];
  const lines = [`${paint(verdict.padEnd(7))} ${String(number).padStart(2)} ${name} (${seconds.toFixed(1)} s)`];
  for (const part of parts)
    lines.push(
      `          ${part.verdict.padEnd(7)} ${part.name}${part.reason === undefined ? '' : `: ${part.reason}`}`,
    );
  if (parts.length === 0 && reason !== undefined) lines.push(`          ${reason}`);
  return `${lines.join('\n')}\n`;
}

export function totalText({ counts, checks, left, endpoint, run }: Results, file: string): string {
  const notRun = checks.filter(({ verdict }) => verdict === 'not run').map(({ number }) => number);
  return [
    '',
    `${run}: ${counts.passed} passed, ${counts.failed} failed, ${counts.notRun} not run${notRun.length === 0 ? '' : ` (${notRun.join(', ')})`}.`,
    ...(endpoint === 'aws' ? [] : ['It was not AWS that answered: AWS_ENDPOINT_URL is set.']),
    left.length === 0 ? 'Nothing of it is left in the account.' : `Left in the account: ${left.join('; ')}.`,
    `Results: ${file}`,
    '',
  ].join('\n');
}
