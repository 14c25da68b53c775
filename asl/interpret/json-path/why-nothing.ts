import type { Json } from '../../json.ts';
import type { Path } from './path.ts';
import { canonical, select } from './select.ts';

/** Why a path leads nowhere, in the words of Jayway's library: what is missing on the way, or only at its end. */
export function whyNothing(path: Path, from: Json): string {
  for (let length = 1; length < path.steps.length; length++) {
    const part: Path = { ...path, steps: path.steps.slice(0, length) };
    const last = part.steps[length - 1];
    if (last?.kind === 'names' && select(part, from) === undefined)
      return `Missing property in path ${canonical(part)}`;
  }
  return `No results for path: ${canonical(path)}`;
}
