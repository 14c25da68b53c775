import { isFilledLater } from '../filled-later.ts';
import { timestampFault } from '../timestamp.ts';
import type { Rule } from './rule.ts';

/** AWS: "String does not match RFC3339 timestamp". */
export const timestamps: Rule = {
  purpose: "A Wait's Timestamp is one.",
  check({ states }, report) {
    for (const { json, path, type, language } of states) {
      const { Timestamp } = json;
      if (type !== 'Wait' || typeof Timestamp !== 'string' || isFilledLater(Timestamp)) continue;
      if (language === 'JSONata' && Timestamp.startsWith('{%')) continue;
      const detail = timestampFault(Timestamp);
      if (detail !== undefined) report('ASL016', { value: Timestamp, detail }, `${path}/Timestamp`);
    }
  },
};
