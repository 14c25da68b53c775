import { isObject, type Json, type JsonObject } from '../json/value.ts';
import { isStateMachine } from './held/cloudformation.ts';
import { HOLDERS } from './held/held.ts';

/** A document that holds definitions among other things. */
export interface Template {
  readonly what: string;
  /** The state machines in it, by the names that it gives them. */
  readonly machines: readonly string[];
}

/** What a document is that was taken for a definition, where it is known: what is around definitions is not checked. */
export function templateOf(value: Json): Template | undefined {
  if (!isObject(value) || value.States !== undefined || value.StartAt !== undefined) return undefined;
  if (isObject(value.Resources))
    return {
      what: 'a CloudFormation template',
      machines: namesOf(value.Resources, isStateMachine),
    };
  const { stepFunctions } = value;
  if (isObject(stepFunctions) && isObject(stepFunctions.stateMachines))
    return { what: "the Serverless Framework's configuration", machines: Object.keys(stepFunctions.stateMachines) };
  const holder = HOLDERS.find((field) => value[field] !== undefined);
  if (holder !== undefined) return { what: `a document that has a definition under ${holder}`, machines: [] };
  return undefined;
}

function namesOf(json: JsonObject, fits: (value: Json) => boolean): string[] {
  return Object.entries(json).flatMap(([name, value]) => (fits(value) ? [name] : []));
}
