import { STATE_FIELDS } from '../../language/fields.ts';
import { hasFieldsLater } from '../filled-later.ts';
import type { Rule } from './rule.ts';

/** https://states-language.net/spec.html#transition */
export const nextOrEnd: Rule = {
  purpose: 'A state that can go on has Next or "End": true, and not both.',
  check({ states }, report) {
    for (const { name, json, path, type } of states) {
      if (type === undefined || STATE_FIELDS[type].Next === undefined) continue;
      const next = json.Next !== undefined;
      if (next && json.End === true) report('ASL023', { name }, `${path}/End`, { onKey: true });
      else if (next && json.End === false) report('ASL027', { name }, `${path}/End`, { onKey: true });
      // Of an End that is neither true nor false the schema speaks.
      else if (!next && (json.End === undefined || json.End === false) && !hasFieldsLater(json))
        report('ASL024', { name }, path);
    }
  },
};
