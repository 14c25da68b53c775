import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Colours } from '../diagnostics/colours.ts';
import type { Account } from './account.ts';
import { removeBelongings } from './belongings/sweep.ts';
import { benchOf } from './bench.ts';
import { keepWithin, mostOf } from './budget.ts';
import type { Check } from './check.ts';
import { beginJournal } from './journal.ts';
import { type Mark, markOf, newRun } from './mark.ts';
import type { Options } from './options.ts';
import { checkText, intentText, totalText } from './report.ts';
import { type CheckResult, type Header, type Results, resultsFile, resultsOf, writeResults } from './results.ts';
import { verdictOf, verdictOn } from './verdict.ts';

export interface RunOptions extends Options {
  readonly account: Account;
  readonly all: readonly Check[];
  readonly repository: string;
  readonly signal: AbortSignal;
  readonly colours: Colours;
  readonly say: (text: string) => void;
  readonly confirm: (question: string) => Promise<boolean>;
}

/**
 * Runs the chosen checks, one after the other:
 *
 *     budget ─▶ shown and asked ─▶ journal ─▶ check ─▶ what it made is removed ─▶ … ─▶ nothing left? ─▶ results
 *
 * The journal is the first thing that is written and the last that is removed, so that a run that was killed is found. Results are
 * written after each check. Undefined where nobody said yes.
 */
export async function runChecks(options: RunOptions): Promise<Results | undefined> {
  const { account, checks, all, budget, repository, signal, colours, say } = options;
  keepWithin(budget, checks);
  const mark = markOf(newRun());
  const where = `${account.region} (account ${account.caller.account}, as ${account.caller.arn})`;
  say(intentText(checks, { run: mark.run, where, budget }));
  if (!options.yes && !(await options.confirm('Begin?'))) return undefined;

  const folder = join(repository, '.dagwright/acceptance', mark.run);
  const header = await headerOf(options, mark);
  const done = new Map<number, CheckResult>();
  const write = async (left: readonly string[]) => {
    const whyNot = ({ number }: Check) =>
      checks.some((check) => check.number === number) ? 'The run ended before it.' : 'It was not chosen.';
    const results = resultsOf(header, all, done, whyNot, left);
    for (const file of [resultsFile(folder), options.json])
      if (file !== undefined) await writeResults(file, results, account.caller);
    return results;
  };

  const endJournal = await beginJournal(
    account,
    mark.run,
    checks.map(({ number }) => number),
  );
  let left: readonly string[] = [];
  try {
    for (const check of checks) {
      if (signal.aborted) break;
      say(`\n${check.number} ${check.name}`);
      const result = await runOne(check, { ...options, mark, folder, began: new Date(header.started) });
      done.set(check.number, result);
      const kept = await removeBelongings(account, mark.run, false, () => undefined);
      say(checkText(result, colours).trimEnd());
      await write(kept.left);
    }
  } finally {
    endJournal();
    ({ left } = await removeBelongings(account, mark.run, true, say));
  }
  const results = await write(left);
  say(totalText(results, options.json ?? resultsFile(folder)));
  return results;
}

type OneOptions = RunOptions & { readonly mark: Mark; readonly folder: string; readonly began: Date };

async function runOne(check: Check, options: OneOptions): Promise<CheckResult> {
  const { number, name, title, most } = check;
  const { bench, parts, answers } = benchOf(`${String(number).padStart(2, '0')}-${name}`, options);
  const began = Date.now();
  try {
    await check.run(bench);
  } catch (error) {
    if (options.signal.aborted)
      parts.push({ name: 'the rest', verdict: 'not run', reason: 'It was interrupted.', seconds: 0 });
    else parts.push({ name: 'the check itself', ...verdictOn(error), seconds: 0 });
  }
  const verdict = verdictOf(parts);
  const bad = parts.filter((part) => part.verdict === verdict && part.reason !== undefined);
  const reason = bad.map((part) => `${part.name}: ${part.reason}`).join(' ');
  return {
    ...{ number, name, title, verdict },
    ...(verdict !== 'passed' && { reason: reason || 'It has no parts.' }),
    seconds: Math.round((Date.now() - began) / 100) / 10,
    ...{ most, parts, answers },
  };
}

async function headerOf({ account, budget, checks, repository }: RunOptions, { run }: Mark): Promise<Header> {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string };
  return {
    ...{ run, dagwright: version, partition: account.caller.partition, region: account.region },
    endpoint: account.isAws ? 'aws' : 'another',
    started: new Date().toISOString(),
    budget,
    most: Math.round(mostOf(checks) * 1000) / 1000,
  };
}
