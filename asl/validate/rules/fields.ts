import { isObject, type JsonObject } from '../../json/value.ts';
import {
  CATCHER_FIELDS,
  CHOICE_RULE_FIELDS,
  type Field,
  type Fields,
  REQUIRED_FIELDS,
  STATE_FIELDS,
} from '../../language/fields.ts';
import type { StateType } from '../../language/types.ts';
import { hasFieldsLater } from '../draft.ts';
import { objects, type StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

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
    { fields: REQUIRED_FIELDS.Map[0]!, required: true },
    { fields: ['ItemSelector', 'Parameters'] },
    { fields: ['MaxConcurrency', 'MaxConcurrencyPath'] },
    { fields: ['ToleratedFailureCount', 'ToleratedFailureCountPath'] },
    { fields: ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'] },
  ],
  Wait: [{ fields: REQUIRED_FIELDS.Wait[0]!, required: true }],
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

const INSTEAD: { readonly [field: string]: string } = {
  Parameters: 'Arguments (in a Map ItemSelector, in a Pass Output)',
  Result: 'Output',
  ResultSelector: 'Output',
  ResultPath: 'Output or Assign',
  OutputPath: 'Output',
  InputPath: 'an expression on $states.input',
  ItemsPath: 'Items',
  Variable: 'Condition',
  Arguments: 'Parameters',
  Output: 'ResultSelector, ResultPath and OutputPath',
  Items: 'ItemsPath',
  Condition: 'Variable and a comparison',
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export const queryLanguage: Rule = {
  purpose: 'A state has no field of the query language that it does not use.',
  check({ root, states }, report) {
    for (const state of states) {
      if (state.type === undefined) continue;
      const { json, path, name } = state;
      if (root.QueryLanguage === 'JSONata' && json.QueryLanguage === 'JSONPath')
        report('ASL054', { name }, `${path}/QueryLanguage`);
      fields(json, STATE_FIELDS[state.type], path, state, report);
      for (const [i, catcher] of objects(json.Catch))
        fields(catcher, CATCHER_FIELDS, `${path}/Catch/${i}`, state, report);
      if (state.type === 'Map')
        for (const [inner, at] of mapParts(json)) fields(inner, MAP_PART_FIELDS, path + at, state, report);
      if (state.type === 'Choice')
        for (const [i, rule] of objects(json.Choices))
          fields(rule, CHOICE_RULE_FIELDS, `${path}/Choices/${i}`, state, report);
    }
  },
};

const path: Field = { role: 'path', language: 'JSONPath' };
const MAP_PART_FIELDS: Fields = {
  Parameters: { role: 'payload', language: 'JSONPath' },
  Arguments: { role: 'payload', language: 'JSONata' },
  MaxItemsPath: path,
  MaxItemsPerBatchPath: path,
  MaxInputBytesPerBatchPath: path,
};

/** The objects of a Map that have fields of one query language. */
function mapParts({ ItemReader, ItemBatcher, ResultWriter }: JsonObject): [JsonObject, string][] {
  const all: [JsonObject, string][] = [];
  if (isObject(ItemReader)) {
    all.push([ItemReader, '/ItemReader']);
    if (isObject(ItemReader.ReaderConfig)) all.push([ItemReader.ReaderConfig, '/ItemReader/ReaderConfig']);
  }
  if (isObject(ItemBatcher)) all.push([ItemBatcher, '/ItemBatcher']);
  if (isObject(ResultWriter)) all.push([ResultWriter, '/ResultWriter']);
  return all;
}

function fields(json: JsonObject, known: Fields, path: string, state: StateNode, report: Report): void {
  for (const field of Object.keys(json)) {
    const only = Object.hasOwn(known, field) ? known[field]!.language : undefined;
    if (only === undefined || only === state.language) continue;
    const instead = INSTEAD[field] ?? (field.endsWith('Path') ? `${field.slice(0, -4)} with an expression` : undefined);
    report('ASL040', { field, language: state.language, other: only, instead }, `${path}/${field}`, { onKey: true });
  }
}
