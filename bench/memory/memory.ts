import { inOwnProcess, table } from '../measurement.ts';
import { LONG_RUNS, type LongRunName } from './machines.ts';
import type { HeapMeasured, MemorySide } from './measure.ts';

const SIZES = [10_000, 100_000, 1_000_000];

/** What lives at twenty points of runs of growing length, events not kept, beside aws-local-stepfunctions, which keeps all. */
export function memory(): string {
  const rows: string[][] = [];
  for (const name of Object.keys(LONG_RUNS) as LongRunName[]) {
    for (const size of SIZES) {
      // A distributed Map with a reader and a writer is not the rival's.
      const sides: readonly MemorySide[] = name === 'loop' ? ['dagwright', 'rival'] : ['dagwright'];
      const [ours, theirs] = sides.map((side) =>
        inOwnProcess<HeapMeasured>(['measure-memory', side, name, String(size)], ['--expose-gc']),
      );
      const of = (measured: HeapMeasured | undefined, key: keyof HeapMeasured) =>
        measured === undefined ? '' : ((measured[key] - measured.before) / 2 ** 20).toFixed(1);
      rows.push([
        `${size.toLocaleString('en')} ${LONG_RUNS[name].title}`,
        of(ours, 'first'),
        of(ours, 'last'),
        of(ours, 'most'),
        theirs === undefined ? 'not supported' : of(theirs, 'most'),
      ]);
      process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
    }
  }
  return table(['MiB that live, over what lived before the run', 'first', 'last', 'most', 'rival, most'], rows);
}
