import { type Intrinsic, textArgument } from './intrinsic.ts';

/** `States.StringToJson(text)`: the value that the text holds; null of a blank one. */
export const stringToJson: Intrinsic = (args) => {
  const text = textArgument(args, 0);
  return text.trim() === '' ? null : JSON.parse(text);
};
