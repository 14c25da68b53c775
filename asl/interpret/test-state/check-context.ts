import type { Json, JsonObject } from '../../json.ts';
import { invalid } from './refusal.ts';

/** How the API begins what it says of a context object that it refuses. */
export const INVALID_CONTEXT = 'Invalid Context object provided';

type Kind = 'string' | 'number' | 'any' | { readonly [field: string]: Kind };

/**
 * The fields of the context object, and what each holds.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
const FIELDS: { readonly [field: string]: Kind } = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
  Map: { Item: { Index: 'number', Key: 'string', Value: 'any', Source: 'string' } },
};

/** Refuses a context object with a field that there is not, or with a field of a wrong type; answers it as it is. */
export function checkContext(context: JsonObject): JsonObject {
  checkFields(context, FIELDS, '');
  return context;
}

function checkFields(value: JsonObject, fields: { readonly [field: string]: Kind }, prefix: string): void {
  for (const [name, held] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (kind === undefined) throw refuse(`Field '${path}' is not allowed`);
    check(held, kind, path);
  }
}

function check(value: Json, kind: Kind, path: string): void {
  if (kind === 'any') return;
  if (typeof kind === 'string') {
    if (typeof value !== kind) throw refuse(`${path} must be a ${kind}`);
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(`${path} must be an object`);
  checkFields(value as JsonObject, kind, `${path}.`);
}

function refuse(detail: string) {
  return invalid(`${INVALID_CONTEXT}: ${detail}`);
}
