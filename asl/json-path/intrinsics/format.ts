import type { Json } from '../../json/value.ts';
import { type Intrinsic, textArgument } from './intrinsic.ts';

/** `States.Format(template, …)`: each `{}` of the template gives way to the next argument; `\{` and `\}` stand for braces. */
export const format: Intrinsic = (args) => {
  const template = textArgument(args, 0);
  let next = 1;
  const text = template.replace(/\\([{}\\'])|\{\}|[{}]/g, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (token !== '{}') throw new Error(`an unescaped ${token} stands in the template`);
    if (next >= args.length) throw new Error('the template has more {} than there are arguments');
    return asText(args[next++] as Json);
  });
  if (next < args.length) throw new Error('there are more arguments than the template has {}');
  return text;
};

/** Objects and arrays look as Java prints them there: `{a=1, b=[x, y]}`. */
function asText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(asText).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${asText(member)}`)
    .join(', ')}}`;
}
