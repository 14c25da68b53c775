import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

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

/** What the bench, started again with these arguments, prints as JSON. */
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

/**
 * Seconds of processor time that this process has taken, the garbage collector's threads included: what is measured by it is the same
 * on a machine that does other things as well.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Seconds of processor time that a command and the processes that it starts take, user and system; what it prints is left out. */
export function processorSeconds(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): number {
  const { status, stdout, stderr, error } = spawnSync(
    'bash',
    ['-c', '"$@" >/dev/null; code=$?; times; exit $code', 'bash', command, ...args],
    { ...options, encoding: 'utf8' },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  // The second line is that of the shell's children: 0m1.2s 0m0.3s.
  const children = stdout.trim().split('\n')[1] as string;
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * Number(m) + Number(s), 0);
}

/** What figures were taken on: the processor, Node's version, and those of packages. */
export function measuredOn(...packages: readonly string[]): string {
  const [first] = cpus();
  const versions = packages.map((name) => {
    const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  return `${[`Node ${process.version}`, ...versions, `${cpus().length} × ${first?.model}`].join(', ')}.`;
}

/** aws-local-stepfunctions. It wants Node 22, for this one function of the language; with it, it runs on 20. */
export async function rivalPackage(): Promise<typeof import('aws-local-stepfunctions')> {
  const promise = Promise as { withResolvers?: unknown };
  promise.withResolvers ??= () => {
    let resolve: unknown;
    let reject: unknown;
    return { promise: new Promise((...both) => ([resolve, reject] = both)), resolve, reject };
  };
  return await import('aws-local-stepfunctions');
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map((_, i) => (i === 0 ? ' --- |' : ' ---: |')).join('')}`, ...rows.map(line)].join(
    '\n',
  );
}

export interface Figures {
  readonly mean: number;
  readonly p95: number;
  readonly max: number;
}

/** The mean, what 95 % do not exceed, and the most. */
export function figuresOf(values: readonly number[]): Figures {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    mean: sorted.reduce((a, b) => a + b, 0) / sorted.length,
    p95: sorted[Math.ceil(0.95 * sorted.length) - 1] as number,
    max: sorted.at(-1) as number,
  };
}
