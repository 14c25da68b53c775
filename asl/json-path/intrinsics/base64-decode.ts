import { boundedText, type Intrinsic } from './intrinsic.ts';

/** `States.Base64Decode(text)`. */
export const base64Decode: Intrinsic = (args) => {
  const text = boundedText(args, 0);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new Error('argument 1 is not Base64');
  return Buffer.from(text, 'base64').toString('utf8');
};
