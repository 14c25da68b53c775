import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { validate } from '../asl/index.ts';
import { inTurn, measuredOn, median, processorTime, ratioText, table } from './measurement.ts';

const ROUNDS = 5;
const STARTS = 15;
const BOTH: readonly Side[] = ['dagwright', 'rival'];
const REFERENCE = 'dist/datalake/step_function.json';
const COMMANDS: { readonly [side in Side]: readonly string[] } = {
  dagwright: ['bin/dagwright.js', 'validate', REFERENCE],
  rival: ['node_modules/asl-validator/dist/bin/asl-validator.js', '--json-path', REFERENCE],
};

/** Documents a second (of processor time) from text to findings, and the time that a command needs for one, beside asl-validator. */
export async function validator(): Promise<string> {
  const rows: string[][] = [];
  for (const corpus of Object.keys(CORPORA) as Corpus[]) {
    const { title } = CORPORA[corpus];
    const texts = CORPORA[corpus].texts();
    if (texts.length === 0) continue;
    const taken = inTurn<Side, { documents: number }>(ROUNDS, BOTH, (side) => ['measure-validator', side, corpus]);
    const speeds = (side: Side) => taken[side].map(({ documents }) => documents);
    const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length / 1000;
    rows.push([
      `${title} (${texts.length}, ${kilobytes.toFixed(1)} kB each)`,
      `${median(speeds('dagwright')).toFixed(0)}/s`,
      `${median(speeds('rival')).toFixed(1)}/s`,
      ratioText(speeds('dagwright'), speeds('rival')),
    ]);
    process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
  }
  const starts: Record<Side, number[]> = { dagwright: [], rival: [] };
  for (let i = 0; i < STARTS; i++) for (const side of BOTH) starts[side].push(start(COMMANDS[side]));
  rows.push([
    'the command, for the reference machine',
    `${median(starts.dagwright).toFixed(0)} ms`,
    `${median(starts.rival).toFixed(0)} ms`,
    ratioText(starts.rival, starts.dagwright),
  ]);
  return [measuredOn('asl-validator'), table(['', 'dagwright', 'asl-validator', 'ratio'], rows)].join('\n\n');
}

/** Milliseconds of a process. It may say that the machine is invalid: asl-validator does. */
function start(command: readonly string[]): number {
  const begun = performance.now();
  const { error, status } = spawnSync(process.execPath, command, { stdio: 'ignore' });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${command.join(' ')} ended with ${status}.`);
  return performance.now() - begun;
}

/** Seconds of processor time; a pass over the corpus that has begun is brought to its end. */
const MEASURE = 1.5;

/** Validates a text and returns the number of findings. */
type Validator = (text: string) => number;

const SIDES = {
  dagwright: (): Validator => (text) => validate(text).length,
  rival: (): Validator => {
    const validator = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
      readonly errors: readonly unknown[];
    };
    return (text) => {
      // What is no JSON, or no object, it leaves to its caller.
      try {
        return validator(JSON.parse(text)).errors.length;
      } catch {
        return 1;
      }
    };
  },
} as const;
export type Side = keyof typeof SIDES;

/** The documents a second of one side, in this process, after one pass that makes it warm; printed. */
export async function measureValidator(side: Side, corpus: Corpus): Promise<void> {
  const texts = CORPORA[corpus].texts();
  const check = SIDES[side]();
  for (const text of texts) check(text);
  const begun = processorTime();
  let documents = 0;
  while (processorTime() - begun < MEASURE) {
    for (const text of texts) check(text);
    documents += texts.length;
  }
  process.stdout.write(JSON.stringify({ documents: documents / (processorTime() - begun) }));
}

/** Definitions whose verdict is known: they lie beside the repository and are not everywhere. */
const VERDICTS = '../shared/conformance/validity.jsonl';
/** Every so manieth of them: the rival takes tens of milliseconds for each. */
const EVERY = 8;

/** The texts of a corpus, the same on both sides; none where its folder is missing. */
export const CORPORA = {
  own: {
    title: 'the machines of dist/ and test/cases',
    texts: () =>
      ['dist', 'test/cases']
        .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'step_function.json')))
        .filter((file) => existsSync(file))
        .map((file) => readFileSync(file, 'utf8')),
  },
  foreign: {
    title: `every ${EVERY}th definition with a recorded verdict`,
    texts: () => {
      if (!existsSync(VERDICTS)) return [];
      const lines = readFileSync(VERDICTS, 'utf8').trim().split('\n');
      return lines.filter((_, i) => i % EVERY === 0).map((line) => (JSON.parse(line) as { text: string }).text);
    },
  },
} as const satisfies { readonly [name: string]: { readonly title: string; readonly texts: () => readonly string[] } };
export type Corpus = keyof typeof CORPORA;
