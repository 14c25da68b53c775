import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
