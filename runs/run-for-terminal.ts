import { coloursFor } from '../diagnostics/colours.ts';
import { progressFor } from '../report/progress/plain-progress.ts';
import { follow } from './follow.ts';
import { checkDeployed } from './live-version.ts';
import { logicalDate } from './logical-dates.ts';
import { type Operating, operate } from './operation.ts';
import { runJson, runText } from './run-text.ts';
import { givenParams, startOne } from './start.ts';
import { untilSignal } from './terminal.ts';

export interface RunTerminalOptions extends Operating {
  readonly input?: string;
  /** `name=value`. */
  readonly params: readonly string[];
  /** Default: now. */
  readonly date?: string;
  readonly attempt?: number;
  readonly again: boolean;
  readonly follow: boolean;
  readonly json: boolean;
}

/** Starts a run and follows it. Ctrl-C ends the following, not the run. Returns the exit code. */
export async function runForTerminal(options: RunTerminalOptions): Promise<0 | 1> {
  const { dag, json } = options;
  return operate(options, async (operation) => {
    const { manifest } = operation;
    const now = Math.floor(Date.now() / 1000) * 1000;

    // 1. Everything that can be said without AWS.
    const given = await givenParams(manifest, options.input, options.params);
    const text = options.date ?? given.date;
    const due = text === undefined ? { at: now } : logicalDate(manifest, text, now);

    // 2. The name is the lock.
    await checkDeployed(operation);
    const { again, attempt } = options;
    const started = await startOne(operation, due, given.params, {
      again,
      isNow: text === undefined,
      ...(attempt !== undefined && { attempt }),
    });
    const say = (line: string) => (json ? process.stderr : process.stdout).write(`${line}\n`);
    if (!options.follow) {
      if (json)
        process.stdout.write(`${JSON.stringify({ dag, execution: started.name, executionArn: started.arn })}\n`);
      else say(`started ${started.arn}`);
      return 0;
    }

    // 3. To its end, or as long as somebody looks.
    const run = await untilSignal((signal) =>
      follow(operation, started, progressFor(json ? process.stderr : process.stdout), signal),
    );
    process.stdout.write(
      json ? `${JSON.stringify(runJson(dag, run), null, 2)}\n` : `\n${runText(dag, run, coloursFor(process.stdout))}`,
    );
    if (run.status === 'RUNNING')
      say(
        `Nobody follows it any more; the run goes on. \`dagwright logs ${dag} ${run.name} --follow\` follows it again, \`dagwright stop ${dag} ${run.name}\` stops it.`,
      );
    return run.status === 'SUCCEEDED' ? 0 : 1;
  });
}
