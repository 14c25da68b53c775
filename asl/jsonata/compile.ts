import jsonata from 'jsonata';
import type { Json } from '../json/value.ts';
import { remembered } from '../remembered.ts';
import { Bounds, MOST_OPEN } from './bounds.ts';
import { DIALECT, type Environment, type Evaluation } from './dialect.ts';
import { type Quick, quick, SLOW } from './quick.ts';
import { type Node, rewrite } from './rewrite.ts';
import { toJson, type UNSUPPORTED } from './to-json.ts';

/** A compiled expression. Its value is plain JSON, undefined, or UNSUPPORTED; it throws what the evaluation throws. */
export interface Expression {
  readonly text: string;
  evaluate(environment: Environment): Value | Promise<Value>;
}
export type Value = Json | undefined | typeof UNSUPPORTED;

/** Under this name, which no expression can write, the functions of the dialect find what belongs to the evaluation. */
const EVALUATION = 'the evaluation';
const ENTRY = Symbol.for('jsonata.__evaluate_entry');
const EXIT = Symbol.for('jsonata.__evaluate_exit');

/** Nodes whose values are made, not only handed on: those are measured. */
const MAKES: ReadonlySet<string> = new Set(['binary', 'unary', 'path', 'function', 'apply', 'wildcard', 'descendant']);

interface Run extends Evaluation {
  readonly bounds: Bounds;
  readonly siblings: Siblings;
}
/** The frame of JSONata's that a hook or a function sees. */
interface Frame {
  lookup(name: string | symbol): unknown;
  timestamp: Date;
}

/**
 * Compiles an expression (without its `{%` and `%}`) in Step Functions' dialect of JSONata; each text is compiled once.
 * Throws JSONata's error, `{code, position, token, message}`, where the text is no expression.
 */
export const compile: (text: string) => Expression = remembered(compileNew);

function compileNew(text: string): Expression {
  const parsed = jsonata(text);
  const root = parsed.ast() as unknown as Node;
  const { names, matchers, owners } = rewrite(root);
  const variables: string[] = [];
  for (const name of names) {
    if (Object.hasOwn(DIALECT, name)) define(parsed, name);
    // `$` and `$$` are what a path applies to: at the top level there is nothing.
    if (name !== '' && name !== '$') variables.push(name);
  }
  // `assign` binds under any key; that it may be a symbol is not in its type.
  const assign = parsed.assign as (name: string | symbol, value: unknown) => void;
  assign(ENTRY, (node: unknown, _input: unknown, frame: Frame) => {
    const run = frame.lookup(EVALUATION) as Run;
    if (node === root) frame.timestamp = new Date(run.now);
    const owner = owners.get(node);
    const wait = owner && run.siblings.begin(owner);
    return wait === undefined ? run.bounds.enter() : wait.then(() => run.bounds.enter());
  });
  assign(EXIT, (node: unknown, _input: unknown, frame: Frame, value: unknown) => {
    const run = frame.lookup(EVALUATION) as Run;
    run.bounds.leave(MAKES.has((node as Node).type) ? value : undefined);
    if (owners.has(node)) run.siblings.end();
  });
  for (const [name, match] of matchers) assign(name, match);

  const full = async (environment: Environment): Promise<Value> => {
    const bindings: Record<string, unknown> = {};
    for (const name of variables) {
      const value = environment.lookup(name);
      if (value !== undefined) bindings[name] = value;
    }
    const run: Run = {
      environment,
      now: environment.now(),
      bounds: new Bounds(environment.bounds),
      siblings: new Siblings(),
    };
    bindings[EVALUATION] = run;
    return toJson(await parsed.evaluate(undefined, bindings));
  };
  // What is too deep fails; the quick evaluation does not count.
  const fast = depthOf(root) > MOST_OPEN ? undefined : quick(root);
  return { text, evaluate: fast === undefined ? full : quickOr(fast, full) };
}

/** How many nodes stand within each other at most. */
function depthOf(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  let deepest = 0;
  for (const inner of Object.values(part)) deepest = Math.max(deepest, depthOf(inner));
  return 'type' in part ? deepest + 1 : deepest;
}

function quickOr(
  fast: Quick,
  full: (environment: Environment) => Promise<Value>,
): (environment: Environment) => Value | Promise<Value> {
  return (environment) => {
    const value = fast(environment);
    return value === SLOW ? full(environment) : value;
  };
}

function define(parsed: jsonata.Expression, name: string): void {
  const own = DIALECT[name];
  if (own === null || own === undefined) {
    parsed.assign(name, undefined);
    return;
  }
  parsed.registerFunction(
    name,
    function (this: jsonata.Focus, ...args: unknown[]) {
      return own.call(this.environment.lookup(EVALUATION) as Run, ...args);
    },
    own.signature,
  );
}

/**
 * JSONata begins the values of an object, and the items of an array, all at once. The service evaluates one after the other: which of two
 * failures counts, and how deep an evaluation is, must not be chance. This lets each begin when the one before it has ended.
 */
class Siblings {
  /** What began in this very moment: siblings do. */
  #burst: { readonly owner: object; last: Promise<void> } | undefined;
  /** To be called when the innermost value under way has ended. */
  readonly #ends: (() => void)[] = [];

  /** A value of `owner` is to begin: at once, or when the promise says so. */
  begin(owner: object): Promise<void> | undefined {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    if (this.#burst?.owner === owner) {
      const before = this.#burst.last;
      this.#burst.last = ended;
      return before.then(() => {
        this.#ends.push(end);
      });
    }
    this.#burst = { owner, last: ended };
    queueMicrotask(() => {
      this.#burst = undefined;
    });
    this.#ends.push(end);
    return undefined;
  }

  end(): void {
    this.#ends.pop()?.();
  }
}
