import { nearest } from '../../diagnostics/did-you-mean.ts';
import { token } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject, setMember } from '../json/value.ts';
import { CHOICE_OPERATORS, FIELD_NAMES, REQUIRED_FIELDS, STATE_FIELDS } from '../language/fields.ts';
import type { QueryLanguage, StateType } from '../language/types.ts';
import { isKeyLater } from './draft.ts';

/** A key that is no field, and nearly one that its object needs and lacks. */
export interface Misspelling {
  /** The object, as a JSON pointer in the corrected definition. */
  readonly path: string;
  readonly written: string;
  readonly meant: string;
}

/** Fields of which an object needs one. */
type Group = readonly string[];
type Correction = (json: JsonObject, path: string) => JsonObject;

/** Keys that are compared with fields at most: a document with more unknown ones has other faults. */
const MOST_COMPARED = 1_000;
/** Choice rules within rules are corrected so deep. */
const MAX_DEPTH = 20;

/** Every name of a field: such a key is never a misspelling, wherever it stands. */
const NEVER_MISSPELT: ReadonlySet<string> = new Set([
  ...FIELD_NAMES,
  ...CHOICE_OPERATORS.keys(),
  ...['StartAt', 'States', 'TimeoutSeconds', 'Version', 'RoleArn', 'RoleArn.$'],
]);

/**
 * Reads misspelt fields as the fields that were meant where those are needed, so that one slip (`"Nxt": "B"`) is one finding: the rules see
 * a state with a Next, and only the spelling is reported. Paths count in the corrected definition; `writtenPath` leads back to the document.
 */
export class Spelling {
  readonly found: Misspelling[] = [];
  /** The key as it is written, by the corrected path of its value. */
  private readonly writtenAt = new Map<string, string>();
  private compared = 0;

  /** A machine, a branch or a processor. */
  scope(json: JsonObject, kind: 'machine' | 'branch' | 'processor', path: string): JsonObject {
    const fixed = this.object(
      json,
      [['StartAt'], ['States'], ...(kind === 'processor' ? [['ProcessorConfig']] : [])],
      path,
    );
    if (kind !== 'processor') return fixed;
    return this.member(fixed, 'ProcessorConfig', path, (config, at) => {
      const withMode = this.object(config, [['Mode']], at);
      return withMode.Mode === 'DISTRIBUTED' ? this.object(withMode, [['ExecutionType']], at) : withMode;
    });
  }

  /** The Type of a state, on which its other fields depend. */
  head(state: JsonObject, path: string): JsonObject {
    return this.object(state, [['Type']], path);
  }

  /** The fields of a state, and of the objects within it that are not states. */
  state(json: JsonObject, type: StateType, language: QueryLanguage, path: string): JsonObject {
    const call = language === 'JSONata' ? 'Arguments' : 'Parameters';
    const goesOn = STATE_FIELDS[type].Next === undefined ? [] : [['Next', 'End']];
    const called = type === 'Task' ? [[call]] : [];
    let fixed = this.object(json, [...groups(REQUIRED_FIELDS[type], type, language), ...goesOn, ...called], path);
    fixed = this.list(fixed, 'Retry', path, (one, at) => this.object(one, [['ErrorEquals']], at));
    fixed = this.list(fixed, 'Catch', path, (one, at) => this.object(one, [['ErrorEquals'], ['Next']], at));
    if (type === 'Task')
      fixed = this.member(fixed, 'Credentials', path, (one, at) => this.object(one, [['RoleArn', 'RoleArn.$']], at));
    if (type === 'Choice') fixed = this.list(fixed, 'Choices', path, (rule, at) => this.rule(rule, language, at, 0));
    return type === 'Map' ? this.mapParts(fixed, call, path) : fixed;
  }

  /** The path in the document of a path in the corrected definition. */
  writtenPath(path: string): string {
    if (this.writtenAt.size === 0) return path;
    let here = '';
    const steps = path.split('/').map((step, i) => {
      if (i > 0) here += `/${step}`;
      return this.writtenAt.get(here) ?? step;
    });
    return steps.join('/');
  }

  /** Places of the document, and the same places in the corrected definition. */
  bothPlaces(written: ReadonlySet<string>): ReadonlySet<string> {
    if (this.writtenAt.size === 0 || written.size === 0) return written;
    const all = new Set(written);
    for (const corrected of this.writtenAt.keys()) {
      const at = this.writtenPath(corrected);
      for (const place of written)
        if (place === at || place.startsWith(`${at}/`)) all.add(corrected + place.slice(at.length));
    }
    return all;
  }

  private mapParts(state: JsonObject, call: string, path: string): JsonObject {
    let fixed = this.member(state, 'ItemReader', path, (reader, at) =>
      this.member(this.object(reader, [['Resource'], [call]], at), 'ReaderConfig', at, (config, configAt) =>
        this.object(
          config,
          [['InputType'], ...(config.CSVHeaderLocation === 'GIVEN' ? [['CSVHeaders']] : [])],
          configAt,
        ),
      ),
    );
    const sizes = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch'].flatMap((name) => [name, `${name}Path`]);
    fixed = this.member(fixed, 'ItemBatcher', path, (batcher, at) => this.object(batcher, [sizes], at));
    return this.member(fixed, 'ResultWriter', path, (writer, at) =>
      this.member(this.object(writer, [['Resource', 'WriterConfig']], at), 'WriterConfig', at, (config, configAt) =>
        this.object(config, [['OutputType']], configAt),
      ),
    );
  }

  private rule(json: JsonObject, language: QueryLanguage, path: string, depth: number): JsonObject {
    const next = depth === 0 ? [['Next']] : [];
    if (language === 'JSONata') return this.object(json, [['Condition'], ...next], path);
    const nested = ['And', 'Or', 'Not'];
    let fixed = this.object(json, [['Variable', ...nested], [...CHOICE_OPERATORS.keys(), ...nested], ...next], path);
    if (depth === MAX_DEPTH) return fixed;
    const inner: Correction = (rule, at) => this.rule(rule, language, at, depth + 1);
    for (const field of ['And', 'Or']) fixed = this.list(fixed, field, path, inner);
    return this.member(fixed, 'Not', path, inner);
  }

  /** The object with keys put right that are nearly fields which it needs; the object itself where there are none. */
  private object(json: JsonObject, needed: readonly Group[], path: string): JsonObject {
    let missing = needed.filter((group) => group.every((field) => json[field] === undefined));
    const renamed = new Map<string, string>();
    for (const key of missing.length === 0 ? [] : Object.keys(json)) {
      if (NEVER_MISSPELT.has(key) || isKeyLater(key) || this.compared >= MOST_COMPARED) continue;
      this.compared++;
      const meant = nearest(key, missing.flat());
      if (meant === undefined) continue;
      renamed.set(key, meant);
      missing = missing.filter((group) => !group.includes(meant));
    }
    if (renamed.size === 0) return json;
    const fixed: { [key: string]: Json } = {};
    for (const [key, value] of Object.entries(json)) {
      const meant = renamed.get(key);
      setMember(fixed, meant ?? key, value);
      if (meant === undefined) continue;
      this.found.push({ path, written: key, meant });
      this.writtenAt.set(`${path}/${token(meant)}`, token(key));
    }
    return fixed;
  }

  private member(json: JsonObject, field: string, path: string, correct: Correction): JsonObject {
    const inner = json[field];
    if (!isObject(inner)) return json;
    const fixed = correct(inner, `${path}/${field}`);
    return fixed === inner ? json : { ...json, [field]: fixed };
  }

  private list(json: JsonObject, field: string, path: string, correct: Correction): JsonObject {
    const items = json[field];
    if (!Array.isArray(items)) return json;
    const fixed = items.map((item: Json, i) => (isObject(item) ? correct(item, `${path}/${field}/${i}`) : item));
    return fixed.every((item, i) => item === items[i]) ? json : { ...json, [field]: fixed };
  }
}

/** The groups without the fields of the other query language. */
function groups(all: readonly Group[], type: StateType, language: QueryLanguage): Group[] {
  const fits = (field: string) => [undefined, language].includes(STATE_FIELDS[type][field]?.language);
  return all.map((group) => group.filter(fits));
}
