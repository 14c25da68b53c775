import { diagnose } from '../../../diagnostics/index.ts';
import { token } from '../../json/pointer.ts';
import type { Json } from '../../json/value.ts';
import { callOf } from '../../placeholders/index.ts';
import { unmarked } from '../draft.ts';
import type { Finding, Positions } from '../finding.ts';
import type { Place, Source } from '../source.ts';
import type { Substitutions } from './held.ts';

/** A name as DefinitionSubstitutions and Fn::Sub take it; whatever else stands in `${…}` is another tool's, or a text. */
const NAME = /\$\{([A-Za-z0-9_]+(?:(?:\.|::)[A-Za-z0-9_]+)*)\}/g;

/** Says of each `${name}` in a definition that nothing fills it in: at the first place where it stands, and once. */
export function unfilled(
  values: readonly { readonly value: Json; readonly at: string }[],
  { names }: Substitutions,
  source: Source,
  position: Positions,
  machine?: string,
): Finding[] {
  const found = new Map<string, Place>();
  for (const { text, at } of values.flatMap(({ value, at }) => texts(value, at)))
    for (const { 1: name, index } of text.matchAll(NAME))
      if (!names.includes(name!) && !found.has(name!)) found.set(name!, { path: at, within: index });
  const offsets = source.offsets([...found.values()]);
  return [...found].map(([name, { path }], i) => ({
    ...diagnose('ASL107', { name, names }, { path }),
    // Pieces of a text have no path within the definition.
    path: values.length === 1 ? path.slice(values[0]!.at.length) : '',
    ...(machine !== undefined && { machine }),
    ...position(offsets[i]!),
  }));
}

/** The texts of a value; those that functions of CloudFormation are called with are filled in by these. */
function texts(root: Json, at: string): { readonly text: string; readonly at: string }[] {
  const all: { text: string; at: string }[] = [];
  const pending = [{ value: root, at }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, at: here } = next;
    if (typeof value === 'string') all.push({ text: unmarked(value), at: here });
    else if (typeof value === 'object' && value !== null && callOf(value) === undefined)
      for (const [key, member] of Object.entries(value).reverse())
        pending.push({ value: member as Json, at: `${here}/${token(key)}` });
  }
  return all;
}
