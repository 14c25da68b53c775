import type { Json, JsonObject } from '../../json.ts';
import { type Environment, evaluateTemplate, expressionText, QueryFailure, template } from '../../jsonata/index.ts';
import type { Choice } from '../../types.ts';
import { type Flow, isPromiseLike } from '../flow.ts';
import { StateFailure } from '../state-failure.ts';
import { contextOf, inState, type Outcome, type Visit } from '../visit.ts';
import { type FieldType, fieldsOf, type Language, type Shaped } from './language.ts';

/**
 * States in JSONata: `Arguments`, `Output`, `Assign` and expressions in any field that may be computed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const JSONATA: Language = {
  input: (visit) => visit.input,

  *arguments(visit, input) {
    const { Arguments } = fieldsOf(visit);
    return Arguments === undefined ? input : yield* evaluate(visit, Arguments, 'Arguments', statesOf(visit));
  },

  *shape(visit, _input, result) {
    const states = result === undefined ? statesOf(visit) : { ...statesOf(visit), result };
    return yield* shaped(visit, fieldsOf(visit), '', states, result === undefined ? visit.input : result);
  },

  *caught(visit, catcher, at, error) {
    return yield* shaped(visit, catcher, `Catch[${at}]/`, { ...statesOf(visit), errorOutput: error }, error);
  },

  *choose(visit) {
    const states = statesOf(visit);
    const { Choices, Default } = visit.state;
    for (const [at, rule] of Choices.entries()) {
      const field = `Choices[${at}]/Condition`;
      const value = yield* evaluate(visit, rule.Condition as Json, field, states);
      if (typeof value !== 'boolean') throw unexpected(visit, rule.Condition as string, field, 'boolean', value);
      if (value) {
        const chosen = yield* shaped(visit, rule, `Choices[${at}]/`, states, visit.input);
        return { ...chosen, next: rule.Next };
      }
    }
    return Default === undefined ? undefined : yield* byDefault(visit, states, Default);
  },

  *field(visit, _input, name, type) {
    const value = fieldsOf(visit)[name];
    if (value === undefined) return undefined;
    const computed = yield* evaluate(visit, value, name, statesOf(visit));
    const expected = EXPECTED[type];
    if (!expected.test(computed)) throw unexpected(visit, value, name, expected.name, computed);
    return computed;
  },

  *items(visit, _input, objects) {
    const { Items } = fieldsOf(visit);
    const value = Items === undefined ? visit.input : yield* evaluate(visit, Items, 'Items', statesOf(visit));
    if (Array.isArray(value) || (objects && typeof value === 'object' && value !== null)) return value;
    if (Items !== undefined) throw unexpected(visit, Items, 'Items', 'array', value);
    throw failed(visit, 'Items', `Map state input must be an array but was: ${JSON.stringify(value)}`);
  },

  *selectItem(visit, _input, item) {
    const { ItemSelector } = fieldsOf(visit);
    if (ItemSelector === undefined) return undefined;
    return yield* evaluate(visit, ItemSelector, 'ItemSelector', {
      input: visit.input,
      context: contextOf(visit, item),
    });
  },

  *compute(visit, _input, value, field) {
    return yield* evaluate(visit, value, field, statesOf(visit));
  },
};

function* byDefault(visit: Visit<Choice>, states: JsonObject, next: string): Flow<Outcome> {
  return { ...(yield* shaped(visit, visit.state, '', states, visit.input)), next };
}

/** The service's name of what a field must be. */
const EXPECTED: { readonly [type in FieldType]: { readonly name: string; test(value: Json): boolean } } = {
  number: { name: 'number', test: (value) => typeof value === 'number' },
  integer: { name: 'number', test: (value) => typeof value === 'number' },
  string: { name: 'string', test: (value) => typeof value === 'string' },
};

function statesOf(visit: Visit): JsonObject {
  return { input: visit.input, context: contextOf(visit) };
}

/** `Output` and `Assign`: both see the variables from before. */
function* shaped(
  visit: Visit,
  from: { readonly Output?: Json | undefined; readonly Assign?: Json | undefined },
  prefix: string,
  states: JsonObject,
  otherwise: Json,
): Flow<Shaped> {
  const { Output, Assign } = from;
  if (Output === undefined && Assign === undefined) return { output: otherwise };
  const assigned =
    Assign === undefined ? undefined : ((yield* evaluate(visit, Assign, `${prefix}Assign`, states)) as JsonObject);
  const output = Output === undefined ? otherwise : yield* evaluate(visit, Output, `${prefix}Output`, states);
  return { output, assigned };
}

function* evaluate(visit: Visit, value: Json, field: string, states: JsonObject): Flow<Json> {
  const made = template(value);
  if (made.kind === 'constant') return made.value;
  const { run, branch } = visit;
  const environment: Environment = {
    lookup: (name) => (name === 'states' ? states : branch.scope.lookup(name)),
    now: () => run.scheduler.clock.now(),
    random: run.random,
  };
  try {
    const evaluated = evaluateTemplate(made, environment, field);
    return isPromiseLike(evaluated) ? ((yield evaluated) as Json) : evaluated;
  } catch (error) {
    if (error instanceof QueryFailure) throw failed(visit, error.field, error.message);
    throw error;
  }
}

function unexpected(visit: Visit, value: Json, field: string, expected: string, was: Json): StateFailure {
  const type = was === null ? 'null' : Array.isArray(was) ? 'array' : typeof was;
  const text = typeof value === 'string' ? (expressionText(value) ?? value) : JSON.stringify(value);
  return failed(
    visit,
    field,
    `The JSONata expression '${text}' specified for the field '${field}' returned an unexpected result type. Expected '${expected}', but was '${type}' for value: ${JSON.stringify(was)}`,
  );
}

/** A failed evaluation: the history has an event of its own for it. */
export function failed(visit: Visit, field: string, text: string): StateFailure {
  const error = 'States.QueryEvaluationError';
  const cause = inState(visit, text);
  visit.run.history.record(visit.branch.trail, 'EvaluationFailed', {
    evaluationFailedEventDetails: { error, cause, location: field, state: visit.name },
  });
  return new StateFailure(error, cause);
}
