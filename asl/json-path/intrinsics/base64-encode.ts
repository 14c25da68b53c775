import { boundedText, type Intrinsic } from './intrinsic.ts';

/** `States.Base64Encode(text)`: of the text in UTF-8. */
export const base64Encode: Intrinsic = (args) => Buffer.from(boundedText(args, 0), 'utf8').toString('base64');
