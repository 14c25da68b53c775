import { answerOf } from '../../asl/services/answers.ts';
import type { ResultShape } from '../../asl/services/sdk-results.ts';
import type { Fragment, Target } from '../../authoring/internal.ts';
import type { Graph } from '../3-graph/graph.ts';

/**
 * Whether a part of digits in a reference's path is a field's name. `x['0']` and `x[0]` are one in JavaScript, and two things in JSONata:
 * a declared param's schema or default and the shape of what an AWS API answers tell them apart. Unknown: a position.
 */
export function isFieldName(
  { model }: Pick<Graph, 'model'>,
  fragmentOf: (task: string) => Fragment | undefined,
  { kind, path }: Target,
  at: number,
): boolean {
  const name = path[at] as string;
  if (kind === 'param') return schemaHas(model.params[path[0] as string]?.schema, path.slice(1, at), name);
  if (kind !== 'output') return false;
  const { states: own = {}, output } = fragmentOf(path[1] as string) ?? {};
  const states = Object.values(own);
  const Resource = states.length === 1 ? states[0]?.Resource : undefined;
  if (typeof Resource !== 'string') return false;
  const member = output === undefined ? [] : [output];
  return isNamed([...member, ...path.slice(2, at)].reduce(innerShape, answerOf(Resource)));
}

/** Whether a param's value is text. */
export function isTextParam({ model }: Pick<Graph, 'model'>, param: string): boolean {
  const { schema } = model.params[param] ?? {};
  return schema?.type === 'string' || Array.isArray(schema?.enum);
}

function isNamed(shape: ResultShape | undefined): boolean {
  return shape?.kind === 'map' || shape?.kind === 'structure';
}

function innerShape(shape: ResultShape | undefined, part: string): ResultShape | undefined {
  if (shape?.kind === 'structure') return shape.members.get(part)?.shape();
  return shape?.kind === 'list' || shape?.kind === 'map' ? shape.of() : undefined;
}

type Schema = { readonly [keyword: string]: unknown };

/** Whether the value behind a path is said to be an object, by the schema's keywords or by the default that stands there. */
function schemaHas(schema: Schema | undefined, path: readonly string[], name: string): boolean {
  const inner = path.reduce(innerSchema, schema);
  if (inner?.type === 'object' || isObject(inner?.properties)) return true;
  const value = path.reduce<unknown>((v, part) => (isObject(v) ? v[part] : undefined), schema?.default);
  return isObject(value) && !Array.isArray(value) && Object.hasOwn(value, name);
}

function innerSchema(schema: Schema | undefined, part: string): Schema | undefined {
  const { properties, additionalProperties, items } = schema ?? {};
  const found =
    isObject(properties) && Object.hasOwn(properties, part) ? properties[part] : (items ?? additionalProperties);
  return isObject(found) ? found : undefined;
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
