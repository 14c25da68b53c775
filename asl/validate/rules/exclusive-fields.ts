import { isObject, type JsonObject } from '../../json/value.ts';
import type { StateType } from '../../language/types.ts';
import { hasFieldsLater } from '../filled-later.ts';
import type { Rule } from './rule.ts';

interface Group {
  readonly fields: readonly string[];
  readonly required?: true;
}

/** Of each group at most one field, or exactly one. */
const GROUPS: { readonly [T in StateType]?: readonly Group[] } = {
  Task: [
    { fields: ['TimeoutSeconds', 'TimeoutSecondsPath'] },
    { fields: ['HeartbeatSeconds', 'HeartbeatSecondsPath'] },
  ],
  Map: [
    { fields: ['ItemProcessor', 'Iterator'], required: true },
    { fields: ['ItemSelector', 'Parameters'] },
    { fields: ['MaxConcurrency', 'MaxConcurrencyPath'] },
    { fields: ['ToleratedFailureCount', 'ToleratedFailureCountPath'] },
    { fields: ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'] },
  ],
  Wait: [{ fields: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], required: true }],
  Fail: [{ fields: ['Error', 'ErrorPath'] }, { fields: ['Cause', 'CausePath'] }],
};

export const exclusiveFields: Rule = {
  purpose: 'Of fields that say one thing in several ways, one is there.',
  check({ states }, report) {
    for (const { json, path, name, type } of states) {
      if (type === undefined) continue;
      const what = `The state "${name}" (${type})`;
      for (const { fields, required } of GROUPS[type] ?? []) {
        const present = fields.filter((field) => json[field] !== undefined);
        if (present.length > 1) report('ASL013', { what, fields: present }, `${path}/${present[1]}`, { onKey: true });
        else if (present.length === 0 && required && !hasFieldsLater(json)) report('ASL014', { what, fields }, path);
      }
      for (const [field, inner] of readers(json))
        for (const group of [
          ['MaxItems', 'MaxItemsPath'],
          ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'],
          ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'],
        ])
          if (group.every((member) => inner[member] !== undefined))
            report('ASL013', { what: `${what}: ${field}`, fields: group }, `${path}/${field}`, { onKey: true });
    }
  },
};

/** The objects of a Map that have pairs of their own. */
function readers(json: JsonObject): [string, JsonObject][] {
  const { ItemReader, ItemBatcher } = json;
  const all: [string, JsonObject][] = [];
  if (isObject(ItemBatcher)) all.push(['ItemBatcher', ItemBatcher]);
  if (isObject(ItemReader) && isObject(ItemReader.ReaderConfig)) all.push(['ItemReader', ItemReader.ReaderConfig]);
  return all;
}
