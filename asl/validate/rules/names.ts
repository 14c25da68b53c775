import { LIMITS } from '../../language/limits.ts';
import { isFilledLater } from '../filled-later.ts';
import type { Rule } from './rule.ts';

/** AWS: DUPLICATE_STATE_NAME, INVALID_STATE_NAME. */
export const names: Rule = {
  purpose: 'State names are unique in the whole definition and not too long.',
  check({ states }, report) {
    const taken = new Map<string, string>();
    for (const { name, path } of states) {
      const other = taken.get(name);
      if (other !== undefined) report('ASL025', { name, other }, path, { onKey: true });
      else taken.set(name, path);
      // A string's length counts UTF-16 units, the limit counts characters.
      const length = name.length > LIMITS.stateName ? [...name].length : name.length;
      if (length > LIMITS.stateName && !isFilledLater(name))
        report('ASL026', { length, most: LIMITS.stateName }, path, { onKey: true });
    }
  },
};
