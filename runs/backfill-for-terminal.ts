import { diagnose, Stop } from '../diagnostics/index.ts';
import { backfill } from './backfill.ts';
import { type Missing, planBackfill } from './backfill-plan.ts';
import { Tally } from './backfill-tally.ts';
import { checkDeployed, type Run, runsOf } from './executions.ts';
import { dueDates } from './intervals.ts';
import { isoOf, notInFuture, readDate, timetable } from './logical-date.ts';
import { type Operating, operate } from './operation.ts';
import { givenParams } from './params.ts';
import { untilSignal } from './until-signal.ts';

export interface BackfillTerminalOptions extends Operating {
  readonly from: string;
  readonly to: string;
  readonly maxActive: number;
  readonly newestFirst: boolean;
  readonly dryRun: boolean;
  readonly againFailed: boolean;
  readonly input?: string;
  readonly params: readonly string[];
  /** Waits for the last runs to end. */
  readonly follow: boolean;
  readonly json: boolean;
}

/** AWS forgets an execution so long after its end, and its name is free again. */
const KEPT_DAYS = 90;

/**
 * Makes the runs that are missing in a range of the schedule's dates:
 *
 *     dates of the range (intervals.ts) less the runs that there are (executions.ts) ─▶ plan ─▶ start, a few at a time ─▶ how they went
 *
 * Answers the exit code.
 */
export async function backfillForTerminal(options: BackfillTerminalOptions): Promise<0 | 1> {
  const { dag, json } = options;
  return operate(options, async (operation) => {
    const { manifest } = operation;
    const now = Date.now();

    // 1. Everything that can be said without AWS.
    const { params } = await givenParams(manifest, options.input, options.params);
    const when = timetable(manifest);
    if (when === undefined) throw new Stop(diagnose('OPS008', { dag, schedule: manifest.schedule }));
    const from = readDate(manifest, options.from).first;
    const to = readDate(manifest, options.to);
    notInFuture(to.first, now);
    if (from > to.last) throw new Stop(diagnose('OPS010', { from: options.from, to: options.to }));
    const due = dueDates(when, from, Math.min(to.last, now));

    // 2. What is missing.
    await checkDeployed(operation);
    const runs: Run[] = [];
    for await (const run of runsOf(operation)) runs.push(run);
    const plan = planBackfill(due, runs, options);
    const say = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
    say(
      `${dag}: ${due.length} dates from ${options.from} to ${options.to}, ${plan.there} have their run, ${plan.missing.length} to start`,
    );
    if (due.some(({ at }) => at < now - KEPT_DAYS * 86_400_000) && plan.missing.length > 0)
      say(
        `(AWS forgets an execution ${KEPT_DAYS} days after its end: a date whose run ended before that counts as missing.)`,
      );
    if (options.dryRun) {
      if (json)
        process.stdout.write(
          `${JSON.stringify({ dag, there: plan.there, missing: plan.missing.map(shown) }, null, 2)}\n`,
        );
      else
        for (const one of plan.missing)
          say(`  ${isoOf(one.date)}${one.attempt > 1 ? ` (attempt ${one.attempt})` : ''}`);
      return 0;
    }

    // 3. They are made.
    const tally = new Tally(plan.missing.length, say);
    await untilSignal((signal) =>
      backfill(operation, plan.missing, {
        maxActive: options.maxActive,
        params,
        wait: options.follow,
        signal,
        onEvent: (event) => tally.add(event),
      }),
    );
    if (json) process.stdout.write(`${JSON.stringify({ dag, there: plan.there, ...tally.json() }, null, 2)}\n`);
    else process.stdout.write(tally.text(dag));
    return tally.left === 0 && tally.failed.length === 0 ? 0 : 1;
  });
}

function shown({ date, attempt }: Missing) {
  return { logicalDate: isoOf(date), attempt };
}
