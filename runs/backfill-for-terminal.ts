import { parseExecutionName } from '../aws/names.ts';
import { coloursFor } from '../diagnostics/colours.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { duration } from '../report/words.ts';
import { type BackfillEvent, backfill, hasFailed, type Missing, planBackfill } from './backfill.ts';
import { type Run, runsOf } from './executions.ts';
import { checkDeployed } from './live-version.ts';
import { dueDates, isoOf, notInFuture, readDate, timetable } from './logical-dates.ts';
import { type Operating, operate } from './operation.ts';
import { givenParams } from './start.ts';
import { untilSignal } from './terminal.ts';

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
 *     dates of the range (logical-dates.ts) less the runs that there are (executions.ts) ─▶ plan ─▶ start, a few at a time ─▶ how they went
 *
 * Returns the exit code.
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

/** What has become of the runs that were to be made. */
export class Tally {
  readonly failed: string[] = [];
  readonly #total: number;
  readonly #say: (line: string) => void;
  readonly #started: string[] = [];
  readonly #taken: string[] = [];
  #succeeded = 0;

  constructor(total: number, say: (line: string) => void) {
    this.#total = total;
    this.#say = say;
  }

  /** Not started: somebody stopped it. */
  get left(): number {
    return this.#total - this.#started.length - this.#taken.length;
  }

  add(event: BackfillEvent): void {
    const date = isoOf(parseExecutionName(event.name)!.logicalDate.getTime());
    const { kind, name } = event;
    if (kind === 'ended') {
      const { status, started, stopped = started } = event.run;
      if (hasFailed(event.run)) this.failed.push(name);
      else this.#succeeded += 1;
      return this.#say(
        `  ${date} ${status === 'SUCCEEDED' ? 'succeeded' : status.toLowerCase()} in ${duration(stopped - started)}`,
      );
    }
    (kind === 'started' ? this.#started : this.#taken).push(name);
    this.#say(
      `  ${date} ${kind === 'started' ? `started, ${this.left} to go` : 'was started by somebody else meanwhile'}`,
    );
  }

  text(dag: string): string {
    const { red, green } = coloursFor(process.stdout);
    const running = this.#started.length - this.#succeeded - this.failed.length;
    const parts = [
      `${this.#started.length} started`,
      ...(this.#succeeded > 0 ? [green(`${this.#succeeded} succeeded`)] : []),
      ...(this.failed.length > 0 ? [red(`${this.failed.length} did not succeed`)] : []),
      ...(running > 0 ? [`${running} still running`] : []),
      ...(this.#taken.length > 0 ? [`${this.#taken.length} started by somebody else`] : []),
      ...(this.left > 0 ? [`${this.left} not started: the same command goes on where it was`] : []),
    ];
    const again =
      this.failed.length === 0
        ? ''
        : `The same command with --again failed runs these once more; \`dagwright status ${dag}\` says why.\n`;
    return `${dag}: ${parts.join(', ')}\n${again}`;
  }

  json() {
    return {
      started: this.#started,
      taken: this.#taken,
      succeeded: this.#succeeded,
      failed: this.failed,
      left: this.left,
    };
  }
}
