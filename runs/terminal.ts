import { createInterface } from 'node:readline/promises';
import { diagnose, Stop } from '../diagnostics/index.ts';

/**
 * Asks for a confirmation on the terminal.
 * @throws Stop if there is no terminal
 */
export async function confirm(question: string, what: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new Stop(diagnose('OPS012', { what }), 2);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} (y/N) `)).trim());
  } finally {
    prompt.close();
  }
}

/** Runs work that Ctrl-C or SIGTERM aborts through its signal; a second one ends the process at once. */
export async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let first = 0;
  const onSignal = () => {
    if (!stop.signal.aborted) {
      first = Date.now();
      return stop.abort();
    }
    if (Date.now() - first >= SAME_SIGNAL) process.exit(1);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** A Ctrl-C under npm comes twice, from the terminal and from npm; so close together they are one. In milliseconds. */
const SAME_SIGNAL = 700;
