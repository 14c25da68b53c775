import { MODEL } from '../authoring/internal.ts';
import { lowerDag } from '../compiler/2-lower/lower.ts';
import { checkGraph } from '../compiler/3-graph/check-graph.ts';
import { scheduleOf } from '../compiler/4-plan/barriers.ts';
import { planGraph } from '../compiler/4-plan/plan-graph.ts';
import type { Tree } from '../compiler/4-plan/tree.ts';
import { compileDag } from '../compiler/index.ts';
import { simulate } from '../simulate/simulate.ts';
import { corpus, criticalPath, DURATIONS, dagOf, type Estimate, type Random, random, type Sample } from './corpus.ts';
import { FAMILIES, seriesParallel, type Upstreams } from './graphs.ts';
import { figuresOf, table } from './measurement.ts';

const SIZES = [6, 10, 16, 25, 40, 60];
const EACH = 12;
const SERIES_PARALLEL = 100;

/** The estimates that a user gives for a task that takes `ms`. A guess is off by a factor of up to two. */
const KNOWLEDGE: Record<string, (ms: number, random: Random) => Estimate> = {
  'known durations': (ms) => ms,
  'ranges that hold the truth': (ms, random) => {
    const guess = off(ms, random);
    return [Math.round(guess / 2), guess * 2];
  },
  'single estimates, off by ×÷2': off,
  'no estimates': () => undefined,
};

function off(ms: number, random: Random): number {
  return Math.max(1, Math.round(ms * 2 ** (2 * random.next() - 1)));
}

/** Makespan over critical path: of the machines that were emitted, run in virtual time on the tasks' real durations. */
export async function quality(seed: number): Promise<string> {
  const samples = corpus(seed, SIZES, EACH);
  const rows: string[][] = [];
  for (const [name, estimate] of Object.entries(KNOWLEDGE)) {
    const measured = new Map<Sample, number>();
    for (const sample of samples) measured.set(sample, await ratioOf(sample, estimate));
    const { mean, p95, max } = figuresOf([...measured.values()]);
    const families = Object.keys(FAMILIES).map((family) =>
      figuresOf([...measured].filter(([sample]) => sample.family === family).map(([, ratio]) => ratio)).mean.toFixed(4),
    );
    rows.push([name, mean.toFixed(4), p95.toFixed(3), max.toFixed(3), ...families]);
  }
  const levels = figuresOf(samples.map(({ upstreams, ms }) => levelSpan(upstreams, ms) / criticalPath(upstreams, ms)));
  return [
    `${samples.length} DAGs of ${SIZES.at(0)} to ${SIZES.at(-1)} tasks, seed ${seed}; the means of the families on the right.`,
    table(
      ['', 'mean', 'p95', 'max', ...Object.keys(FAMILIES)],
      [...rows, ['level barriers', levels.mean.toFixed(4), levels.p95.toFixed(3), levels.max.toFixed(3)]].map((row) =>
        Array.from({ length: 4 + Object.keys(FAMILIES).length }, (_, i) => row[i] ?? ''),
      ),
    ),
    `${SERIES_PARALLEL} series-parallel DAGs: ${await seriesParallelRatios(seed)}.`,
  ].join('\n\n');
}

async function seriesParallelRatios(seed: number): Promise<string> {
  const ratios: number[] = [];
  for (let i = 0; i < SERIES_PARALLEL; i++) {
    const own = random(seed + i);
    const upstreams = seriesParallel(own, own.int(2, 60));
    const ms = upstreams.map(() => DURATIONS.uniform(own));
    ratios.push(await ratioOf({ family: 'layered', upstreams, ms, random: own }, (duration) => duration));
  }
  return ratios.every((ratio) => ratio === 1) ? 'each exactly 1' : `at most ${figuresOf(ratios).max}`;
}

async function ratioOf(
  { upstreams, ms, random: own }: Sample,
  estimate: (ms: number, random: Random) => Estimate,
): Promise<number> {
  const dag = dagOf(upstreams, (i) => estimate(ms[i] as number, own));
  const machine: unknown = JSON.parse(compileDag(dag).files.get('step_function.json') as string);
  const mocks = Object.fromEntries(
    ms.map((took, i) => [`t${i}`, { '0': { Return: {}, DurationSeconds: took / 1000 } }]),
  );
  const { status, seconds } = await simulate(machine, { mocks });
  if (status !== 'SUCCEEDED') throw new Error(`A machine ended ${status}.`);
  const planned = spanOf(planGraph(checkGraph(lowerDag(dag[MODEL]())).graph).tree, ms);
  if (Math.abs(planned - seconds * 1000) > 0.5)
    throw new Error(`A machine took ${seconds} s where its plan takes ${planned / 1000} s.`);
  return Math.round(seconds * 1000) / criticalPath(upstreams, ms);
}

/** How long a plan takes. */
export function spanOf(tree: Tree, ms: readonly number[]): number {
  const duration = (id: string) => ms[Number(id.slice(1))] as number;
  return [...scheduleOf(tree, duration)].reduce((end, [id, start]) => Math.max(end, start + duration(id)), 0);
}

/** Every task of one depth, then every task of the next. */
function levelSpan(upstreams: Upstreams, ms: readonly number[]): number {
  const depths: number[] = [];
  const levels: number[] = [];
  for (const [i, before] of upstreams.entries()) {
    const depth = before.reduce((most, up) => Math.max(most, (depths[up] as number) + 1), 0);
    depths.push(depth);
    levels[depth] = Math.max(levels[depth] ?? 0, ms[i] as number);
  }
  return levels.reduce((a, b) => a + b, 0);
}
