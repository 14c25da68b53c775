import { walk } from '../json/pointer.ts';
import type { Json } from '../json/value.ts';
import { CATCHER_FIELDS, CHOICE_RULE_FIELDS, type Fields, STATE_FIELDS } from '../language/fields.ts';
import { placeholdersOf } from '../placeholders/index.ts';
import { NOTHING, type ParsedExpression, parseExpression } from './jsonata.ts';
import { type Machine, objects, type StateNode } from './machine.ts';

/** A string that is an expression: `{% … %}` in a JSONata state. */
export interface Expression {
  readonly state: StateNode;
  readonly path: string;
  /** The string with its `{%` and `%}`. */
  readonly text: string;
  /** It begins with `{%` and does not end with `%}`. */
  readonly halfOpen: boolean;
  readonly parsed: ParsedExpression;
}

/** A string value that JSONata states would evaluate: the field of a state and what it holds. */
export interface EvaluatedField {
  readonly value: Json;
  readonly path: string;
}

const known = new WeakMap<Machine, readonly Expression[]>();

/** All expressions of the machine, each text parsed once; several rules ask for them. */
export function expressions(machine: Machine): readonly Expression[] {
  const all = known.get(machine) ?? collect(machine);
  known.set(machine, all);
  return all;
}

function collect({ states }: Machine): Expression[] {
  const parsed = new Map<string, ParsedExpression>();
  const all: Expression[] = [];
  for (const state of states) {
    if (state.language !== 'JSONata') continue;
    for (const field of evaluated(state))
      walk(field.value, field.path, (text, path) => {
        if (typeof text !== 'string' || !text.startsWith('{%')) return;
        const open = !text.endsWith('%}') || text.length < 4;
        // What a placeholder at its end is filled with may end it.
        const halfOpen = open && !endsLater(text);
        let parse = open ? NOTHING : parsed.get(text);
        if (parse === undefined) {
          parse = parseExpression(text.slice(2, -2));
          parsed.set(text, parse);
        }
        all.push({ state, path, text, halfOpen, parsed: parse });
      });
  }
  return all;
}

function endsLater(text: string): boolean {
  return placeholdersOf(text).at(-1)?.end === text.length;
}

/** What a state of either language evaluates: its fields, those of its catchers and of its choice rules. */
export function evaluated(state: StateNode): EvaluatedField[] {
  const { json, path, type } = state;
  if (type === undefined) return [];
  const all = evaluatedFields(json, STATE_FIELDS[type], path);
  for (const [i, catcher] of objects(json.Catch))
    all.push(...evaluatedFields(catcher, CATCHER_FIELDS, `${path}/Catch/${i}`));
  if (type === 'Choice')
    for (const [i, rule] of objects(json.Choices))
      all.push(...evaluatedFields(rule, CHOICE_RULE_FIELDS, `${path}/Choices/${i}`));
  return all;
}

function evaluatedFields(json: { readonly [field: string]: Json }, fields: Fields, path: string): EvaluatedField[] {
  const found: EvaluatedField[] = [];
  for (const field of Object.keys(json)) {
    const role = Object.hasOwn(fields, field) ? fields[field]!.role : 'plain';
    if (role === 'value' || role === 'payload') found.push({ value: json[field]!, path: `${path}/${field}` });
  }
  return found;
}
