import jsonata from 'jsonata';
import { MASK, maskedExpression } from '../placeholders/index.ts';
import { remembered } from '../remembered.ts';

/** A node of jsonata's syntax tree: what is read of it here. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

export interface VariableUse {
  readonly name: string;
  /** Where its name ends, in UTF-16 units of the expression. */
  readonly position: number;
  /** It is called as a function. */
  readonly called: boolean;
  /** Its being undefined is looked at or does no harm: `$exists($x)`, `[$x, …]`, `$x != null`. */
  readonly guarded: boolean;
}

/** What an expression of AWS's dialect says, or why it does not parse. */
export interface ParsedExpression {
  readonly fault?: ExpressionFault;
  /** Variables of the state machine that it reads: those that it binds itself are left out. */
  readonly uses: readonly VariableUse[];
  /** Where it reads a part of `$states` that is not there everywhere, or nowhere. */
  readonly states: readonly StatesUse[];
  /** What it reads of what a whole expression is given, which is nothing: `{% phone %}`, and `{% $ %}` as the name `$`. Each once. */
  readonly top: readonly Place[];
  /** Where it reads `$$`, which there is not. */
  readonly root?: Place;
}
/** A name, and where it ends in UTF-16 units of the expression. */
export interface Place {
  readonly name: string;
  readonly position: number;
}
export interface StatesUse {
  /** The fields that are read one of the other: `['result']`, `['context', 'Execution', 'Id']`. */
  readonly fields: readonly [string, ...string[]];
  /** Where the name of each ends, in UTF-16 units of the expression. */
  readonly positions: readonly number[];
}
export interface ExpressionFault {
  readonly kind: 'syntax' | 'operator';
  readonly detail: string;
  /** In UTF-16 units of the expression. */
  readonly position: number;
}

/** Functions that take an undefined argument without giving undefined. */
const TOLERANT: ReadonlySet<string> = new Set(['exists', 'count', 'append', 'boolean', 'not', 'type', 'merge', 'sum']);

/** Nothing is known of an expression before it is filled in. */
export const NOTHING: ParsedExpression = { uses: [], states: [], top: [] };

/**
 * Parses the inside of `{% … %}`. Nothing is evaluated. Placeholders are not checked, nor is what they may change:
 * where one stands in the place of code, an expression that does not parse may do so when it is filled in.
 */
export function parseExpression(text: string): ParsedExpression {
  const draft = maskedExpression(text);
  if (draft === undefined) return parse(text);
  const parsed = parse(draft.text);
  if (parsed.fault !== undefined) return draft.inLiterals ? parsed : NOTHING;
  const known = ({ name }: { readonly name: string }) => !name.includes(MASK);
  return {
    // A placeholder that is a statement of its own may bind any variable.
    uses: /\uE003\s*;/.test(draft.text) ? [] : parsed.uses.filter(known),
    states: parsed.states.flatMap((use) => upToMask(use)),
    top: parsed.top.filter(known),
    ...(parsed.root !== undefined && { root: parsed.root }),
  };
}

/** The fields before the first that a placeholder is a part of. */
function upToMask({ fields, positions }: StatesUse): StatesUse[] {
  const masked = fields.findIndex((field) => field.includes(MASK));
  const [first, ...rest] = masked === -1 ? fields : fields.slice(0, masked);
  return first === undefined ? [] : [{ fields: [first, ...rest], positions }];
}

const parse = remembered((text): ParsedExpression => {
  try {
    const root = jsonata(text).ast() as unknown as Node;
    return { ...uses(root), top: readOfNothing(root) };
  } catch (error) {
    return { ...NOTHING, fault: fault(text, error as { message?: string; position?: number; token?: string }) };
  }
});

interface JsonataError {
  readonly message?: string;
  /** Where the token at fault ends. */
  readonly position?: number;
  readonly token?: unknown;
}

function fault(text: string, error: JsonataError): ExpressionFault {
  // Deep nesting overflows the parser's stack: a RangeError, which knows no position.
  if (error instanceof RangeError) return { kind: 'syntax', detail: 'it is nested too deeply.', position: 0 };
  const end = Math.min(error.position ?? 0, text.length);
  const operator = text.slice(Math.max(0, end - 2), end);
  if (operator === '??' || operator === '?:') return { kind: 'operator', detail: operator, position: end - 2 };
  const token = String(error.token ?? '');
  const position = token !== '' && text.slice(0, end).endsWith(token) ? end - token.length : end;
  const message = error.message ?? 'it cannot be read';
  return { kind: 'syntax', detail: /[.!]$/.test(message) ? message : `${message}.`, position };
}

/** Walks the tree without recursion; jsonata's parser has made it, so it is not deeper than its stack could bear. */
function uses(root: Node): Omit<ParsedExpression, 'top'> {
  const bound = new Set<string>(['', '$']);
  const found: VariableUse[] = [];
  const states: StatesUse[] = [];
  const pending: { readonly node: Node; readonly guarded: boolean; readonly called: boolean }[] = [
    { node: root, guarded: false, called: false },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, called, guarded } = next;
    if (node.type === 'variable' && typeof node.value === 'string')
      found.push({ name: node.value, position: Number(node.position ?? 0), called, guarded });
    else if (node.type === 'bind') bound.add(String((node.lhs as Node).value));
    else if (node.type === 'lambda')
      for (const parameter of node.arguments as readonly Node[]) bound.add(String(parameter.value));
    else if (node.type === 'path') {
      const [first, ...steps] = node.steps as readonly Node[];
      if (first?.type === 'variable' && first.value === 'states') {
        const others = steps.findIndex(({ type }) => type !== 'name');
        const read = others === -1 ? steps : steps.slice(0, others);
        if (read.length > 0)
          states.push({
            fields: read.map(({ value }) => String(value)) as [string, ...string[]],
            positions: read.map(({ position }) => Number(position ?? 0)),
          });
      }
    }
    // `@$v` and `#$i` bind for the rest of a path.
    if (typeof node.focus === 'string') bound.add(node.focus);
    if (typeof node.index === 'string') bound.add(node.index);
    else if (node.type === 'index') bound.add(String(node.value));
    for (const [field, value] of Object.entries(node)) {
      if (field === 'ancestor' || typeof value !== 'object' || value === null) continue;
      const calls = field === 'procedure';
      const tolerant =
        field === 'arguments' && node.type === 'function' && TOLERANT.has(String((node.procedure as Node).value));
      const list = field === 'expressions' && node.type === 'unary' && node.value === '[';
      const compared = node.type === 'binary' && comparedWithNull(node);
      for (const child of Array.isArray(value) ? value.flat() : [value])
        if (typeof child === 'object' && child !== null)
          pending.push({ node: child as Node, guarded: guarded || tolerant || list || compared, called: calls });
    }
  }
  const whole = found.find(({ name }) => name === '$');
  return {
    uses: found.filter(({ name }) => !bound.has(name) && name !== 'states'),
    // An expression may have a $states of its own.
    states: bound.has('states') ? [] : states,
    ...(whole !== undefined && { root: whole }),
  };
}

/** `$x.a != null`: asks whether it is there, and is false, not an error, where it is not. */
function comparedWithNull({ value, lhs, rhs }: Node): boolean {
  const isNull = (side: unknown) => (side as Node).type === 'value' && (side as Node).value === null;
  return (value === '=' || value === '!=') && (isNull(lhs) || isNull(rhs));
}

/** Parts of a node that are evaluated with the input of the node itself; predicates, steps and bodies of functions have another. */
const SAME_INPUT = ['lhs', 'rhs', 'expression', 'expressions', 'condition', 'then', 'else', 'arguments', 'procedure'];

function readOfNothing(root: Node): Place[] {
  const read = new Map<string, Place>();
  const pending: unknown[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = next as Node;
    const place = { name: node.type === 'variable' ? '$' : String(node.value), position: Number(node.position ?? 0) };
    if (Array.isArray(next)) pending.push(...next.toReversed());
    else if (node.type === 'path') pending.push((node.steps as readonly Node[])[0]);
    else if (node.type === 'name' || (node.type === 'variable' && node.value === '')) {
      if (!read.has(place.name)) read.set(place.name, place);
    } else if (node.type !== 'lambda' && node.type !== 'transform')
      for (const field of SAME_INPUT) {
        const value = node[field];
        if (typeof value === 'object' && value !== null) pending.push(value);
      }
  }
  return [...read.values()];
}
