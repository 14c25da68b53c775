import { coloursFor } from '../diagnostics/colours.ts';
import { ProcessGroups } from '../engines/process/process-groups.ts';
import { progressFor } from '../report/progress/plain-progress.ts';
import { jsonReport } from '../report/report.ts';
import { textReport } from '../report/text-report.ts';
import type { RunOptions } from './run.ts';
import { runLocally } from './run.ts';

export interface TerminalOptions extends Omit<RunOptions, 'progress' | 'groups' | 'signal' | 'env'> {
  /** The report as JSON on standard output, progress on standard error. */
  readonly json: boolean;
}

/** A Ctrl-C under npm comes twice, from the terminal and from npm; so close together they are one. In milliseconds. */
const SAME_SIGNAL = 700;

/**
 * Runs a DAG for a person at a terminal, or for a program: progress while it goes on, the report at its end, and Ctrl-C. The first one
 * (or SIGTERM) stops the run in order, the second ends it at once. Returns the exit code.
 */
export async function runForTerminal({ json, ...run }: TerminalOptions): Promise<0 | 1> {
  const groups = new ProcessGroups();
  const stop = new AbortController();
  let first = 0;
  const onSignal = () => {
    if (!stop.signal.aborted) {
      first = Date.now();
      process.stderr.write('\nStopping: jobs are being ended. Once more to end at once.\n');
      return stop.abort();
    }
    if (Date.now() - first < SAME_SIGNAL) return;
    groups.killAll();
    process.exit(1);
  };
  // However this process ends by itself, its jobs end with it.
  const onExit = () => groups.killAll();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal).on('exit', onExit);
  try {
    const report = await runLocally({
      ...run,
      groups,
      signal: stop.signal,
      env: process.env,
      progress: progressFor(json ? process.stderr : process.stdout),
    });
    process.stdout.write(json ? `${jsonReport(report)}\n` : `\n${textReport(report, coloursFor(process.stdout))}`);
    return report.status === 'SUCCEEDED' ? 0 : 1;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal).off('exit', onExit);
  }
}
