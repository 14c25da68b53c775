import { createHash } from 'node:crypto';
import type { Json } from '../../json/value.ts';
import { HASH_ALGORITHMS } from '../../jsonata/functions/text.ts';
import { type Intrinsic, MOST_CHARACTERS, textArgument } from './intrinsic.ts';

/** `States.Hash(data, algorithm)`: what is no text is hashed as its JSON. */
export const hash: Intrinsic = (args) => {
  const data = args[0] as Json;
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  if (text.length > MOST_CHARACTERS) throw new Error(`argument 1 is longer than ${MOST_CHARACTERS} characters`);
  const algorithm = HASH_ALGORITHMS[textArgument(args, 1)];
  if (algorithm === undefined) throw new Error(`argument 2 must be one of ${Object.keys(HASH_ALGORITHMS).join(', ')}`);
  return createHash(algorithm).update(text, 'utf8').digest('hex');
};
