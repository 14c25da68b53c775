import jsonata from 'jsonata';
import type { Json } from '../json/value.ts';
import { expressionText } from '../jsonata/index.ts';
import { remembered } from '../remembered.ts';
import { itemAt, itemsOf, list, member, object, oneOf, tuple, type Value } from './value.ts';

/** Told of a value that an expression reads; `guarded` where its being missing is what is looked at. */
export type OnRead = (value: Value, guarded: boolean) => void;

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

interface Scope {
  readonly lookup: (name: string) => Value;
  /** What `$`, and a path that begins with a name, applies to. */
  readonly context: Value;
  readonly onRead: OnRead;
}

/** The value of a field of a JSONata state: JSON in which expressions may stand at any depth. */
export function evaluateField(value: Json, lookup: (name: string) => Value, onRead: OnRead): Value {
  if (typeof value === 'string') {
    const text = expressionText(value);
    const root = text === undefined ? undefined : parse(text);
    return root && evaluate(root, { lookup, context: undefined, onRead });
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return tuple(value.map((item) => evaluateField(item, lookup, onRead)));
  return object(Object.entries(value).map(([key, inner]) => [key, evaluateField(inner, lookup, onRead)]));
}

/** Undefined where it is no expression: the validator says so. */
const parse = remembered((text): Node | undefined => {
  try {
    return jsonata(text).ast() as unknown as Node;
  } catch {
    return undefined;
  }
});

function evaluate(node: Node, scope: Scope): Value {
  switch (node.type) {
    case 'path':
      return ofPath(node, scope);
    case 'variable':
      return filtered(node, node.value === '' ? scope.context : scope.lookup(String(node.value)), scope);
    case 'condition': {
      test(node.condition as Node, scope);
      const branches = [node.then, node.else].filter((branch) => branch !== undefined) as Node[];
      return oneOf(branches.map((branch) => evaluate(branch, scope)));
    }
    case 'block':
      return ofBlock(node.expressions as readonly Node[], scope);
    case 'binary':
      return ofOperator(node, scope);
    case 'unary':
      return ofConstructor(node, scope);
    case 'apply': {
      const { lhs, rhs } = node as { readonly lhs?: Node; readonly rhs?: Node };
      if (rhs?.type !== 'function') return ofParts(node, scope);
      return ofCall({ ...rhs, arguments: [lhs, ...(rhs.arguments as readonly Node[])] }, scope);
    }
    case 'function':
      return filtered(node, ofCall(node, scope), scope);
    case 'lambda':
      // Whoever calls it gives its parameters; what it reads besides is read all the same.
      evaluate(node.body as Node, bound(scope, node, []));
      return undefined;
  }
  return ofParts(node, scope);
}

/** What reads nothing by itself: its parts are evaluated, and nothing is known of its value. */
function ofParts(node: Node, scope: Scope): undefined {
  for (const [field, inner] of Object.entries(node)) {
    if (field === 'ancestor') continue;
    for (const each of Array.isArray(inner) ? inner.flat() : [inner])
      if (typeof each === 'object' && each !== null && 'type' in each) evaluate(each as Node, scope);
  }
  return undefined;
}

function ofPath(node: Node, scope: Scope): Value {
  const value = follow(node, scope);
  scope.onRead(value, false);
  const { group } = node as { readonly group?: { readonly lhs: readonly (readonly Node[])[] } };
  if (group === undefined) return value;
  const inner = { ...scope, context: itemsOf(value) };
  for (const pair of group.lhs) for (const each of pair) evaluate(each, inner);
  return undefined;
}

function follow(node: Node, scope: Scope): Value {
  let value = scope.context;
  for (const [at, step] of (node.steps as readonly Node[]).entries()) {
    if (step.type === 'name') value = filtered(step, member(value, String(step.value)), scope);
    else if (at === 0) value = evaluate(step, scope);
    else if (step.type === 'sort') ofTerms(step, { ...scope, context: itemsOf(value) });
    else {
      // The items are what a step applies to: `.{…}`, `.(…)`, `.$string()`.
      scope.onRead(value, false);
      const each = evaluate(step, { ...scope, context: itemsOf(value) });
      value = list([each]);
    }
    if (typeof step.focus === 'string' || typeof step.index === 'string') return undefined;
  }
  return value;
}

function ofTerms(step: Node, scope: Scope): void {
  for (const { expression } of step.terms as readonly { readonly expression: Node }[]) evaluate(expression, scope);
}

/** Predicates: of numbers an item, of anything else some of the items. */
function filtered(node: Node, value: Value, scope: Scope): Value {
  let held = value;
  const filters = [node.predicate, node.stages].flat() as readonly (Node | undefined)[];
  for (const filter of filters) {
    if (filter?.type !== 'filter') continue;
    const by = filter.expr as Node;
    if (by.type === 'number') held = itemAt(held, Number(by.value));
    else {
      evaluate(by, { ...scope, context: itemsOf(held) });
      held = list([itemsOf(held)]);
    }
  }
  return held;
}

/** `a := b` binds for what stands after it. */
function ofBlock(expressions: readonly Node[], scope: Scope): Value {
  const names = new Map<string, Value>();
  const inner: Scope = { ...scope, lookup: (name) => (names.has(name) ? names.get(name) : scope.lookup(name)) };
  let last: Value;
  for (const expression of expressions) {
    const binds = expression.type === 'bind';
    last = evaluate((binds ? expression.rhs : expression) as Node, inner);
    if (binds) names.set(String((expression.lhs as Node).value), last);
  }
  return last;
}

function ofOperator(node: Node, scope: Scope): undefined {
  const { lhs, rhs, value } = node as { readonly lhs: Node; readonly rhs: Node; readonly value: unknown };
  if (value === 'and' || value === 'or') {
    test(lhs, scope);
    test(rhs, scope);
  } else if (isNull(lhs) || isNull(rhs)) test(isNull(lhs) ? rhs : lhs, scope);
  else ofParts(node, scope);
  return undefined;
}

function isNull({ type, value }: Node): boolean {
  return type === 'value' && value === null;
}

/** What is only asked whether it is there. */
function test(node: Node, scope: Scope): void {
  if (node.type === 'path') testPath(node, scope);
  else if (node.type === 'block' && (node.expressions as readonly Node[]).length === 1)
    test((node.expressions as readonly Node[])[0]!, scope);
  else if (node.type === 'variable') scope.onRead(evaluate(node, scope), true);
  else evaluate(node, scope);
}

/** Whether there is one of something (`a[0]`, `a.*`, `a[n > 0]`) asks for the whole of it, too, and a comparison for its sides. */
function testPath(node: Node, scope: Scope): void {
  const steps = [...(node.steps as readonly Node[])];
  while (steps.at(-1)?.type === 'wildcard') steps.pop();
  const last = steps.at(-1);
  if (last === undefined) return;
  const { predicate, stages, ...bare } = last;
  const whole = follow({ ...node, steps: [...steps.slice(0, -1), bare] }, scope);
  scope.onRead(whole, true);
  if (steps.length === (node.steps as readonly Node[]).length) scope.onRead(follow(node, scope), true);
  for (const filter of [predicate, stages].flat() as readonly (Node | undefined)[]) {
    const by = filter?.type === 'filter' ? (filter.expr as Node) : undefined;
    // What is missing is neither equal to anything nor less nor more.
    if (by?.type !== 'binary' || !/^[<>=]=?$/.test(String(by.value))) continue;
    for (const side of [by.lhs, by.rhs]) test(side as Node, { ...scope, context: itemsOf(whole) });
  }
}

function ofConstructor(node: Node, scope: Scope): Value {
  if (node.value === '[')
    return filtered(node, list((node.expressions as readonly Node[]).map((item) => evaluate(item, scope))), scope);
  if (node.value !== '{') return ofParts(node, scope);
  const members: [string, Value][] = [];
  for (const [key, held] of node.lhs as readonly (readonly [Node, Node])[]) {
    const value = evaluate(held, scope);
    if (key.type === 'string') members.push([String(key.value), value]);
    else evaluate(key, scope);
  }
  return object(members);
}

/** Functions that only ask whether their argument is there, or of what type. */
const TESTS: ReadonlySet<string> = new Set(['exists', 'boolean', 'not', 'type', 'count']);
/** Functions that answer their list, or some of it. */
const KEEPS: ReadonlySet<string> = new Set(['filter', 'sort', 'reverse', 'shuffle', 'distinct']);

function ofCall(node: Node, scope: Scope): Value {
  const { procedure, arguments: given = [] } = node as {
    readonly procedure?: Node;
    readonly arguments?: readonly Node[];
  };
  const name = procedure?.type === 'variable' ? String(procedure.value) : '';
  if (procedure !== undefined && procedure.type !== 'variable') evaluate(procedure, scope);
  if (TESTS.has(name)) {
    for (const each of given) test(each, scope);
    return undefined;
  }
  const [first, second] = given;
  const values = given.map((each) => (each.type === 'lambda' ? undefined : evaluate(each, scope)));
  const [held] = values;
  const applied = given.map((each) =>
    each.type === 'lambda' ? evaluate(each.body as Node, bound(scope, each, [itemsOf(held)])) : undefined,
  );
  if (KEEPS.has(name)) return held;
  switch (name) {
    case 'map':
      return list([applied[1]]);
    case 'single':
      return itemsOf(held);
    case 'append':
      return list(values.map(itemsOf));
    case 'lookup': {
      if (second?.type !== 'string') return undefined;
      const found = member(held, String(second.value));
      scope.onRead(found, false);
      return found;
    }
    case 'merge':
      return merged(first, scope);
  }
  return undefined;
}

/** `$merge([a, b])`: the members of a, and those of b before them. */
function merged(argument: Node | undefined, scope: Scope): Value {
  if (argument?.type !== 'unary' || argument.value !== '[') return undefined;
  // They have been read already.
  const quiet: Scope = { ...scope, onRead: () => undefined };
  return (argument.expressions as readonly Node[])
    .map((item) => evaluate(item, quiet))
    .reduce<Value>((before, after) => {
      if (after?.kind === 'object' && after.base === undefined) return object(after.members, before);
      return before === undefined ? after : oneOf([before, after]);
    }, undefined);
}

function bound(scope: Scope, lambda: Node, values: readonly Value[]): Scope {
  const names = new Map(
    (lambda.arguments as readonly Node[]).map((parameter, at) => [String(parameter.value), values[at]]),
  );
  return { ...scope, lookup: (name) => (names.has(name) ? names.get(name) : scope.lookup(name)) };
}
