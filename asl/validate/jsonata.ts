import jsonata from 'jsonata';

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
  /** Its being undefined is looked at or does no harm: `$exists($x)`, `[$x, …]`. */
  readonly guarded: boolean;
}

/** What an expression of AWS's dialect says, or why it does not parse. */
export interface ParsedExpression {
  readonly fault?: ExpressionFault;
  /** Variables of the state machine that it reads: those that it binds itself are left out. */
  readonly uses: readonly VariableUse[];
  /** Where it reads a part of `$states` that is not there everywhere, or nowhere. */
  readonly states: readonly StatesUse[];
  /** The first name that it reads of what a whole expression is given, which is nothing: `{% phone %}`. */
  readonly top?: { readonly name: string; readonly position: number };
}
export interface StatesUse {
  /** `result`, `errorOutput`, or what `$states` has not. */
  readonly field: string;
  /** Where the field's name ends, in UTF-16 units of the expression. */
  readonly position: number;
}
export interface ExpressionFault {
  readonly kind: 'syntax' | 'operator';
  readonly detail: string;
  /** In UTF-16 units of the expression. */
  readonly position: number;
}

/**
 * Functions that an expression can call: JSONata 2.0.6's and those of Step Functions.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad ' +
    'match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs ' +
    'sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse ' +
    'each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl ' +
    'decodeUrlComponent decodeUrl now millis toMillis fromMillis clone partition range hash uuid parse'
  ).split(' '),
);

/** Functions that take an undefined argument without giving undefined. */
const TOLERANT: ReadonlySet<string> = new Set(['exists', 'count', 'append', 'boolean', 'not', 'type', 'merge', 'sum']);

/** Parses the inside of `{% … %}`. Nothing is evaluated. */
export function parseExpression(text: string): ParsedExpression {
  try {
    const root = jsonata(text).ast() as unknown as Node;
    const top = topLevelName(root);
    return { ...uses(root), ...(top !== undefined && { top }) };
  } catch (error) {
    return {
      fault: fault(text, error as { message?: string; position?: number; token?: string }),
      uses: [],
      states: [],
    };
  }
}

interface JsonataError {
  readonly message?: string;
  /** Where the token that it speaks of ends. */
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
function uses(root: Node): ParsedExpression {
  const bound = new Set<string>(['', '$', 'states']);
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
      const [first, second] = node.steps as readonly Node[];
      const field = second?.value;
      const reads = first?.type === 'variable' && first.value === 'states' && second?.type === 'name';
      if (reads && field !== 'input' && field !== 'context')
        states.push({ field: String(field), position: Number(second!.position ?? 0) });
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
      for (const child of Array.isArray(value) ? value.flat() : [value])
        if (typeof child === 'object' && child !== null)
          pending.push({ node: child as Node, guarded: guarded || tolerant || list, called: calls });
    }
  }
  return { uses: found.filter(({ name }) => !bound.has(name)), states };
}

/** Parts of a node that are evaluated with the input of the node itself; predicates, steps and bodies of functions have another. */
const SAME_INPUT = ['lhs', 'rhs', 'expression', 'expressions', 'condition', 'then', 'else', 'arguments', 'procedure'];

function topLevelName(root: Node): ParsedExpression['top'] {
  const pending: unknown[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = next as Node;
    if (Array.isArray(next)) pending.push(...next.toReversed());
    else if (node.type === 'path') pending.push((node.steps as readonly Node[])[0]);
    else if (node.type === 'name') return { name: String(node.value), position: Number(node.position ?? 0) };
    else if (node.type !== 'lambda' && node.type !== 'transform')
      for (const field of SAME_INPUT) {
        const value = node[field];
        if (typeof value === 'object' && value !== null) pending.push(value);
      }
  }
  return undefined;
}
