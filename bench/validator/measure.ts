import { createRequire } from 'node:module';
import { validate } from '../../asl/index.ts';
import { processorTime } from '../processor-time.ts';
import { CORPORA, type Corpus } from './documents.ts';

/** Seconds of processor time; a pass over the corpus that has begun is brought to its end. */
const MEASURE = 1.5;

/** From a text to what is said of it; answers the number of findings. */
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
