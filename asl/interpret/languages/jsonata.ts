import type { Json, JsonObject } from '../../json/value.ts';
import { type Environment, evaluateTemplate, expressionText, QueryFailure, template } from '../../jsonata/index.ts';
import type { Choice } from '../../language/types.ts';
import { isPromiseLike, type Later, then } from '../flow.ts';
import { StateFailure } from '../state-failure.ts';
import { contextOf, inState, type Outcome, type Shaped, type Visit } from '../visit.ts';
import { fieldsOf, type Language, outOfRange } from './language.ts';

/**
 * States in JSONata: `Arguments`, `Output`, `Assign` and expressions in any field that may be computed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const JSONATA: Language = {
  input: (visit) => visit.input,

  arguments(visit, input) {
    const { Arguments } = fieldsOf(visit);
    const given = Arguments === undefined ? input : evaluate(visit, Arguments, 'Arguments', statesOf(visit));
    const { probe } = visit.run;
    if (probe === undefined) return given;
    return then(given, (value) => {
      probe.saw('afterArguments', value);
      return value;
    });
  },

  shape(visit, _input, result) {
    const { Output, Assign } = fieldsOf(visit);
    const otherwise = result === undefined ? visit.input : result;
    if (Output === undefined && Assign === undefined) return { output: otherwise };
    const states = result === undefined ? statesOf(visit) : Object.assign(statesOf(visit), { result });
    return shaped(visit, { Output, Assign }, '', states, otherwise);
  },

  caught(visit, catcher, at, error) {
    return shaped(visit, catcher, `Catch[${at}]/`, Object.assign(statesOf(visit), { errorOutput: error }), error);
  },

  choose(visit) {
    return firstThatHolds(visit, statesOf(visit), 0);
  },

  field(visit, _input, name, type) {
    const value = fieldsOf(visit)[name];
    if (value === undefined) return undefined;
    const expected = type === 'string' ? 'string' : 'number';
    return then(evaluate(visit, value, name, statesOf(visit)), (computed) => {
      if (typeof computed !== expected) throw unexpected(visit, value, name, expected, computed);
      if (type === 'integer' && !Number.isInteger(computed)) throw unexpected(visit, value, name, type, computed);
      const wrong = outOfRange(name, computed);
      if (wrong !== undefined) throw failed(visit, name, wrong);
      return computed;
    });
  },

  items(visit, _input, objects) {
    const { Items } = fieldsOf(visit);
    return then(Items === undefined ? visit.input : evaluate(visit, Items, 'Items', statesOf(visit)), (value) => {
      if (Array.isArray(value) || (objects && typeof value === 'object' && value !== null)) return value;
      if (Items !== undefined) throw unexpected(visit, Items, 'Items', 'array', value);
      throw failed(visit, undefined, `Map state input must be an array but was: ${JSON.stringify(value)}`);
    });
  },

  selectItem(visit, _input, item) {
    const { ItemSelector } = fieldsOf(visit);
    if (ItemSelector === undefined) return undefined;
    return evaluate(visit, ItemSelector, 'ItemSelector', { input: visit.input, context: contextOf(visit, item) });
  },

  compute(visit, _input, value, field) {
    return evaluate(visit, value, field, statesOf(visit));
  },
};

/** The outcome of the first rule from a place on whose condition is true, else that of `Default`. */
function firstThatHolds(visit: Visit<Choice>, states: JsonObject, at: number): Later<Outcome | undefined> {
  const { Choices, Default } = visit.state;
  const rule = Choices[at];
  if (rule === undefined) {
    if (Default === undefined) return undefined;
    return then(shaped(visit, visit.state, '', states, visit.input), (chosen) => ({ ...chosen, next: Default }));
  }
  const field = `Choices[${at}]/Condition`;
  return then(evaluate(visit, rule.Condition as Json, field, states), (value) => {
    if (typeof value !== 'boolean') throw unexpected(visit, rule.Condition as Json, field, 'boolean', value);
    if (!value) return firstThatHolds(visit, states, at + 1);
    const chosen = shaped(visit, rule, `Choices[${at}]/`, states, visit.input);
    return then(chosen, (done) => ({ ...done, next: rule.Next }));
  });
}

const VISIT = Symbol('visit');
/** The context is made when an expression reads it. One getter for all: the engine makes a hidden class for each getter. */
const CONTEXT: PropertyDescriptor & ThisType<{ readonly [VISIT]: Visit }> = {
  enumerable: true,
  configurable: true,
  get() {
    return contextOf(this[VISIT]);
  },
};

function statesOf(visit: Visit): JsonObject {
  const states = Object.defineProperty({ input: visit.input }, VISIT, { value: visit });
  return Object.defineProperty(states, 'context', CONTEXT);
}

/** `Output` and `Assign`: both see the variables from before. */
function shaped(
  visit: Visit,
  { Output, Assign }: { readonly Output?: Json | undefined; readonly Assign?: Json | undefined },
  prefix: string,
  states: JsonObject,
  otherwise: Json,
): Later<Shaped> {
  const assigned = Assign === undefined ? undefined : evaluate(visit, Assign, `${prefix}Assign`, states);
  return then(assigned, (variables) => {
    const output = Output === undefined ? otherwise : evaluate(visit, Output, `${prefix}Output`, states);
    return then(output, (value) => ({ output: value, assigned: variables as JsonObject | undefined }));
  });
}

function evaluate(visit: Visit, value: Json, field: string, states: JsonObject): Later<Json> {
  const made = template(value);
  if (made.kind === 'constant') return made.value;
  const { run, branch } = visit;
  const environment: Environment = {
    lookup: (name) => (name === 'states' ? states : branch.scope.lookup(name)),
    now: () => run.scheduler.clock.now(),
    random: run.random,
    bounds: run.expressionBounds,
  };
  const fail = (error: unknown): never => {
    throw error instanceof QueryFailure ? failed(visit, error.field, error.message) : error;
  };
  try {
    const evaluated = evaluateTemplate(made, environment, field);
    return isPromiseLike(evaluated) ? evaluated.catch(fail) : evaluated;
  } catch (error) {
    return fail(error);
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

/** A failed evaluation: the history has an event of its own for it, which follows what the state's entry follows. */
export function failed(visit: Visit, field: string | undefined, text: string): StateFailure {
  const { name, branch, run } = visit;
  const error = 'States.QueryEvaluationError';
  const cause = inState(visit, text);
  const trail = { last: visit.enteredAfter };
  const location = field !== undefined && { location: field };
  run.history.record(trail, 'EvaluationFailed', {
    evaluationFailedEventDetails: { error, cause, ...location, state: name },
  });
  branch.trail.last = trail.last;
  return new StateFailure(error, cause);
}
