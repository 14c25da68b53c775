import { spawnSync } from 'node:child_process';

/**
 * Measurements of several sides, each in a fresh process (what one side makes the engine optimise must not help another), in turn, so
 * that a busy machine is as busy for all of them.
 */
export function inTurn<S extends string, T>(
  rounds: number,
  sides: readonly S[],
  argumentsOf: (side: S) => readonly string[],
): Record<S, T[]> {
  const taken = Object.fromEntries(sides.map((side) => [side, []])) as unknown as Record<S, T[]>;
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) taken[side].push(inOwnProcess(argumentsOf(side)));
  }
  return taken;
}

/** What the bench, started anew with these arguments, prints as JSON. */
export function inOwnProcess<T>(args: readonly string[], nodeArgs: readonly string[] = []): T {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...nodeArgs, process.argv[1] as string, ...args],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`The bench ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as T;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** The ratios of the rounds: their median, and the least and the most in brackets. */
export function ratioText(ours: readonly number[], theirs: readonly number[]): string {
  const ratios = ours.map((value, round) => value / (theirs[round] as number));
  const text = (ratio: number) => ratio.toFixed(ratio < 20 ? 1 : 0);
  return `**${text(median(ratios))} ×** (${text(Math.min(...ratios))}–${text(Math.max(...ratios))})`;
}
