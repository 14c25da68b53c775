import type { Json } from '../../json/value.ts';
import type { Intrinsic } from './intrinsic.ts';

/** `States.JsonToString(value)`: the value as JSON text without blanks. */
export const jsonToString: Intrinsic = (args) => JSON.stringify(args[0] as Json);
