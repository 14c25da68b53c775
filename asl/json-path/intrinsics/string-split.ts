import { type Intrinsic, textArgument } from './intrinsic.ts';

/** `States.StringSplit(text, delimiters)`: split at each of the delimiter's characters; empty parts vanish. */
export const stringSplit: Intrinsic = (args) => {
  const delimiters = new Set(textArgument(args, 1));
  const parts: string[] = [];
  let part = '';
  for (const character of textArgument(args, 0)) {
    if (delimiters.has(character)) {
      if (part !== '') parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  if (part !== '') parts.push(part);
  return parts;
};
