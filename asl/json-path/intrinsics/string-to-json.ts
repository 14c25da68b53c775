import { parseJson } from '../../json/parse.ts';
import { type Intrinsic, textArgument } from './intrinsic.ts';

/** `States.StringToJson(text)`: the value that the text holds; null of a blank one. */
export const stringToJson: Intrinsic = (args) => {
  const text = textArgument(args, 0);
  if (text.trim() === '') return null;
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`argument 1 is not JSON: ${(error as Error).message}`);
  }
};
