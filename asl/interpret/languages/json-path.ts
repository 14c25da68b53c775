import type { Json, JsonObject } from '../../json/value.ts';
import { holds } from '../../json-path/conditions.ts';
import { type Path, parsePath } from '../../json-path/path.ts';
import { evaluateTerm, fill, PayloadFailure, parseTerm, read, type Source, start } from '../../json-path/payload.ts';
import { setAt, whyNothing } from '../../json-path/select.ts';
import { SlowPattern } from '../../patterns.ts';
import { StateFailure } from '../state-failure.ts';
import { contextOf, inState, type Shaped, type Visit } from '../visit.ts';
import { type FieldName, type FieldType, fieldsOf, type Language, outOfRange } from './language.ts';

/**
 * States in JSONPath: `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath`, and `…Path` for fields that may be
 * computed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */
export const JSON_PATH: Language = {
  input(visit) {
    const input = through(visit, 'InputPath', visit.input);
    visit.run.probe?.saw('afterInputPath', input);
    return input;
  },

  arguments(visit, input) {
    const { Parameters } = fieldsOf(visit);
    const given = Parameters === undefined ? input : filled(visit, Parameters, sourceOf(visit, input));
    visit.run.probe?.saw('afterParameters', given);
    return given;
  },

  shape(visit, input, result) {
    const { ResultSelector, Assign } = fieldsOf(visit);
    if (result === undefined) return withAssign(visit, Assign, input, through(visit, 'OutputPath', input));
    const selected = ResultSelector === undefined ? result : filled(visit, ResultSelector, sourceOf(visit, result));
    visit.run.probe?.saw('afterResultSelector', selected);
    const placed = place(visit, fieldsOf(visit).ResultPath, selected);
    visit.run.probe?.saw('afterResultPath', placed);
    return withAssign(visit, Assign, selected, through(visit, 'OutputPath', placed));
  },

  caught(visit, catcher, _at, error) {
    return withAssign(visit, catcher.Assign, error, place(visit, catcher.ResultPath, error));
  },

  choose(visit, input) {
    const source = sourceOf(visit, input);
    const reading = {
      present: (path: string) => read(parsed(visit, path), source) !== undefined,
      read: (path: string) => {
        const value = read(parsed(visit, path), source);
        if (value !== undefined) return value;
        throw runtime(visit, `Invalid path '${path}': The choice state's condition path references an invalid value.`);
      },
    };
    const output = through(visit, 'OutputPath', input);
    const rule = visit.state.Choices.find((candidate) => holds(candidate, reading));
    if (rule !== undefined) return { ...withAssign(visit, rule.Assign, input, output), next: rule.Next };
    const { Default, Assign } = visit.state;
    return Default === undefined ? undefined : { ...withAssign(visit, Assign, input, output), next: Default };
  },

  field(visit, input, name, type) {
    const { [name]: literal, [`${name}Path`]: path } = fieldsOf(visit);
    if (typeof path !== 'string') return literal === undefined ? undefined : literalOf(visit, name, type, literal);
    const source = sourceOf(visit, input);
    const value = checked(visit, name, type, path, pathValue(visit, path, source, `${name}Path`));
    const wrong = outOfRange(name, value);
    if (wrong !== undefined) throw runtime(visit, wrong);
    return value;
  },

  items(visit, input, objects) {
    const { ItemsPath } = fieldsOf(visit);
    const path = typeof ItemsPath === 'string' ? ItemsPath : '$';
    const value = pathValue(visit, path, sourceOf(visit, input), 'ItemsPath');
    visit.run.probe?.saw('afterItemsPath', value);
    if (Array.isArray(value) || (objects && typeof value === 'object' && value !== null)) return value;
    throw runtime(visit, `Reference path "${path}" must point to array.`);
  },

  selectItem(visit, input, item) {
    const { ItemSelector, Parameters } = fieldsOf(visit);
    const template = ItemSelector ?? Parameters;
    if (template === undefined) return undefined;
    return filled(visit, template, { ...sourceOf(visit, input), context: () => contextOf(visit, item) });
  },

  compute(visit, input, value) {
    return filled(visit, value, sourceOf(visit, input));
  },
};

function sourceOf(visit: Visit, input: Json): Source {
  return {
    input,
    context: () => contextOf(visit),
    lookup: (name) => visit.branch.scope.lookup(name),
    random: visit.run.random,
  };
}

/** What `InputPath` or `OutputPath` lets through; null lets nothing through. */
function through(visit: Visit, field: 'InputPath' | 'OutputPath', value: Json): Json {
  const text = fieldsOf(visit)[field];
  if (text === null) return {};
  if (typeof text !== 'string' || text === '$') return value;
  const path = parsed(visit, text);
  const found = read(path, sourceOf(visit, value));
  if (found !== undefined) return found;
  throw runtime(visit, `Invalid path '${text}' : ${whyNothing(path, start(path, sourceOf(visit, value)))}`);
}

/** The state's input with the result put where `ResultPath` says: in place of it by default, nowhere where it is null. */
function place(visit: Visit, resultPath: Json | undefined, result: Json): Json {
  if (resultPath === null) return visit.input;
  if (typeof resultPath !== 'string' || resultPath === '$') return result;
  const placed = setAt(parsed(visit, resultPath), visit.input, result);
  if (placed !== undefined) return placed;
  throw new StateFailure(
    'States.ResultPathMatchFailure',
    inState(visit, `Unable to apply ReferencePath ${resultPath} to input ${JSON.stringify(visit.input)}`),
  );
}

function withAssign(visit: Visit, assign: Json | undefined, input: Json, output: Json): Shaped {
  if (assign === undefined) return { output };
  return { output, assigned: filled(visit, assign, sourceOf(visit, input)) as JsonObject };
}

function filled(visit: Visit, template: Json, source: Source): Json {
  return failing(visit, () => fill(template, source));
}

/** The value of a `…Path` field, which may be a call as well. */
function pathValue(visit: Visit, text: string, source: Source, field: string): Json {
  return failing(visit, () => evaluateTerm(parseTerm(text), source, field));
}

function failing<T>(visit: Visit, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PayloadFailure) throw new StateFailure(error.error, inState(visit, error.message));
    if (error instanceof SyntaxError || error instanceof SlowPattern) throw runtime(visit, error.message);
    throw error;
  }
}

function parsed(visit: Visit, text: string): Path {
  return failing(visit, () => parsePath(text));
}

function runtime(visit: Visit, text: string): StateFailure {
  return new StateFailure('States.Runtime', inState(visit, text));
}

function literalOf(visit: Visit, name: FieldName, type: FieldType, value: Json): Json {
  if (typeof value === (type === 'string' ? 'string' : 'number')) return value;
  throw runtime(visit, `The value of the ${name} field is not a ${type}: ${JSON.stringify(value)}`);
}

function checked(visit: Visit, name: FieldName, type: FieldType, path: string, value: Json): Json {
  if (type === 'string') {
    if (typeof value === 'string' || name === 'Timestamp')
      return typeof value === 'string' ? value : JSON.stringify(value);
    throw runtime(visit, `The ${name}Path field does not reference a string: ${path} == ${JSON.stringify(value)}`);
  }
  // Numbers may be written as text there.
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const pattern = type === 'integer' ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?$/;
  if (pattern.test(text)) return Number(text);
  if (name === 'Seconds') {
    throw runtime(visit, `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${text}`);
  }
  const wanted = type === 'integer' ? 'integer' : 'float';
  throw runtime(visit, `The ${name}Path field refers to value "${text}" which is not a valid ${wanted}: ${path}`);
}
