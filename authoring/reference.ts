import { inspect } from 'node:util';
import { diagnosticHere, refuse, report } from './faults.ts';
import { currentLoading, isEvaluating } from './loading.ts';
import { hasField, mayHaveAnyField, readField, type Shape } from './shape.ts';
import { isPosition, keptTarget, splitTokens, type Target, targetsIn, tokenOf } from './token.ts';

/**
 * A reference to a value that is known later: a Proxy whose string form is a token (token.ts). What would silently go wrong with it in
 * plain TypeScript is refused at its place: arithmetic, comparison, methods of text and lists, iteration, writing.
 */
const TARGET: unique symbol = Symbol.for('dagwright.reference') as never;
const REFERRED: unique symbol = Symbol.for('dagwright.referred') as never;

/** A reference with what is known about its value. */
export interface Referred {
  readonly target: Target;
  /** Whether fields can be read from it: outputs and object params. */
  readonly open: boolean;
  readonly shape: Shape | undefined;
  /** A param's JSON schema. */
  readonly schema?: Schema | undefined;
  /** Whether `maybe(…)` made it: its value may be missing, and only expressions may use it. */
  readonly maybe?: boolean;
}
export type Schema = { readonly [keyword: string]: unknown };

/** Members that are only read to treat the value as a string, a list or a number. */
const METHODS = new Set<PropertyKey>(
  [String.prototype, Array.prototype, Number.prototype].flatMap((p) => Object.getOwnPropertyNames(p)).concat('size'),
);
for (const own of ['toString', 'constructor', 'valueOf']) METHODS.delete(own);

/** Those of them that are names of fields as well, which a value whose fields nobody declared may have; nobody calls them outside of expressions. */
const ALSO_FIELDS = new Set(['keys', 'values', 'entries']);

/** What a number that is no position in a list, or nothing at all, becomes as a key. */
function isNoKey(key: string): boolean {
  if (key === 'undefined' || key === 'null' || key.startsWith('[object ')) return true;
  return !isPosition(key) && String(Number(key)) === key;
}

/** The result of reading a field of a value that has none: a param, a date, a value of the env. */
const PLAIN = { there: false, owner: 'a plain value', known: [] } as const;

/** Members that test runners read from any object to find out whether it is an element of a page. */
const INSPECTED = new Set(['nodeType', 'nodeName', 'tagName']);

export function isReference(value: unknown): boolean {
  return targetOf(value) !== undefined;
}

/** Whether a value is all that a task answered, which is an object and no text. */
export function isWholeOutput(value: unknown): boolean {
  const target = targetOf(value);
  return target?.kind === 'output' && target.path.length === 2;
}

export function targetOf(value: unknown): Target | undefined {
  return memberOf(value, TARGET) as Target | undefined;
}

/** The references that a value is, or that stand in its text. */
export function targetsOf(value: unknown): readonly Target[] {
  const target = targetOf(value);
  if (target !== undefined) return [target];
  if (typeof value !== 'string') return [];
  return splitTokens(value).flatMap((piece) => ('target' in piece ? [piece.target] : []));
}

export function referredOf(value: unknown): Referred | undefined {
  return memberOf(value, REFERRED) as Referred | undefined;
}

/** A value's member by one of our symbols; a proxy of the user's that throws is no reference. */
function memberOf(value: unknown, symbol: symbol): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as { readonly [symbol: symbol]: unknown })[symbol];
  } catch {
    return undefined;
  }
}

/** How a person would write the reference: `cluster.output.ClusterId`, `dag.env.lake`. */
export function describeTarget({ kind, path }: Target): string {
  if (kind === 'output') return `${path[1]}.output${steps(path.slice(2))}`;
  if (kind === 'logicalDate') return 'dag.logicalDate';
  if (kind === 'expression') return `expr(…)${steps(path.slice(1))}`;
  if (kind === 'asset') return `the file ${path[0]}`;
  if (kind === 'step') return `the state ${path[0]}`;
  if (kind === 'context' && path.join('.') === 'Task.Token') return 'taskToken';
  return kind === 'context'
    ? `the execution's ${path.join('.')}`
    : `dag.${kind === 'param' ? 'params' : kind}${steps(path)}`;
}

/** The same of what `maybe(…)` reads. */
export function describeMaybe(target: Target): string {
  return target.kind === 'expression' ? describeTarget(target) : `maybe(${describeTarget(target)})`;
}

function steps(path: readonly string[]): string {
  return path.map((part) => (isPosition(part) ? `[${part}]` : `.${part}`)).join('');
}

/** A reference to a target whose value's fields are not known, for a model that was read from a manifest. */
export function unboundReference(target: Target): unknown {
  return reference(target, true);
}

/** Whether a value is a reference that `maybe(…)` made, or a field of one. */
export function isMaybe(value: unknown): boolean {
  return referredOf(value)?.maybe === true;
}

/**
 * Makes a reference.
 * @param open whether fields can be read from it: outputs and object params. Text and numbers have none.
 * @param shape what is known of its value: a field that it does not have is refused
 * @param schema of a param: expressions take the kind of its value from it
 * @param maybe whether its value may be missing
 */
export function reference(
  target: Target,
  open: boolean,
  shape?: Shape,
  schema?: Schema,
  maybe: boolean = false,
): unknown {
  const name = maybe ? describeMaybe(target) : describeTarget(target);
  const text = (json: boolean): string => {
    if (maybe) return refuse('DAG071', { reference: name });
    const token = tokenOf(json ? { ...target, json } : target);
    const written = currentLoading().evaluation?.written;
    if (written) for (const read of targetsIn(target).map(keptTarget)) written.set(tokenOf(read), read);
    return token;
  };
  const refuseUse = (use: string): never => refuse('DAG010', { reference: name, use });
  return new Proxy(Object.freeze(Object.create(null)) as object, {
    get(_, key) {
      if (key === TARGET) return target;
      if (key === REFERRED) return { target, open, shape, schema, maybe } satisfies Referred;
      if (key === Symbol.toPrimitive) {
        return (hint: string) =>
          hint === 'string' ? text(false) : refuseUse(hint === 'number' ? 'a number' : 'an operand of an operator');
      }
      if (key === 'toString') return () => text(false);
      if (key === 'toJSON') return () => text(true);
      if (key === inspect.custom) return () => `<${name}>`;
      if (key === Symbol.iterator) return refuseUse('a list');
      // Read by `await`, by test runners and by structural checks: undefined, not a fault.
      if (
        typeof key === 'symbol' ||
        key === 'then' ||
        key === 'constructor' ||
        key === '$$typeof' ||
        (!isEvaluating() && INSPECTED.has(key)) ||
        key === 'asymmetricMatch'
      )
        return undefined;
      if (key === 'valueOf') return refuseUse('a plain value');
      const known = hasField(shape, key);
      if (open && !known && isNoKey(key)) return refuse('DAG070', { reference: name, key });
      if (METHODS.has(key) && !known && !(open && ALSO_FIELDS.has(key) && mayHaveAnyField(shape)))
        return refuseUse(`a value with ".${key}"`);
      const read = open ? readField(shape, key) : PLAIN;
      // The rest of the file runs all the same: there may be more faults in it.
      if (!read.there) report([diagnosticHere('DAG011', { reference: name, field: key, ...read })]);
      const inner = read.there ? read.shape : undefined;
      return reference({ ...target, path: [...target.path, key] }, true, inner, undefined, maybe);
    },
    has: (_, key) => (isEvaluating() && typeof key === 'string' ? refuseUse('an object with keys') : false),
    ownKeys: () => (isEvaluating() ? refuseUse('an object with keys') : []),
    set: () => refuseUse('something to write to'),
    defineProperty: () => refuseUse('something to write to'),
    deleteProperty: () => refuseUse('something to write to'),
  });
}

/**
 * Reads the output of a task that may have failed, been skipped or not been chosen by a branch when the reader runs (its trigger rule
 * allows that). The type includes `undefined`: an expression has to say what replaces a missing value, with `??`, `?.`, `===` or a
 * condition. Outside of an expression it is an error (DAG071).
 *
 * @example
 * ```ts
 * const job = dag.task('job', aws({ service: 'glue', action: 'startJobRun', parameters: { JobName: 'daily' } }));
 * const text = expr(() => `the run was ${maybe(job.output.JobRunId) ?? 'not started'}`);
 * const message = aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:runs', Message: text } });
 * dag.task('notify', message, { triggerRule: 'all_done' }).after(job);
 * ```
 */
export function maybe<T>(value: T): T | undefined {
  const referred = referredOf(value);
  if (!referred) return value;
  const { target, open, shape, schema } = referred;
  return reference({ ...target, whole: true, maybe: true }, open, shape, schema, true) as T;
}
