import { type Code, type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { report } from '../faults.ts';
import type { Target } from '../token.ts';
import type { Arrow } from './arrow.ts';
import { firstWord, type SyntaxNode } from './syntax.ts';
import { isPath, LEVEL, LOCAL, type Pieces, REFUSED, type Term, write } from './term.ts';

/** The state of the translation of one arrow function, with every fault found in it. */
export class Context {
  readonly arrow: Arrow;
  readonly faults: Diagnostic[] = [];
  /** Whether the argument of `verbatim(…)` is being evaluated, in which foreign syntax is allowed. */
  isVerbatim = false;
  /** How deep in the syntax it is. */
  depth = 0;

  /** The references that are known to be present, from the conditions around the node that is evaluated. */
  #present: readonly Target[] = [];

  /** A task is replaced by its id where a branch chooses. */
  readonly taskIdOf: (value: unknown) => string | undefined;

  constructor(arrow: Arrow, taskIdOf: (value: unknown) => string | undefined = () => undefined) {
    this.arrow = arrow;
    this.taskIdOf = taskIdOf;
  }

  /** Evaluates with more references that are known to be present. */
  assuming<T>(present: readonly Target[], look: () => T): T {
    const before = this.#present;
    this.#present = [...before, ...present];
    try {
      return look();
    } finally {
      this.#present = before;
    }
  }

  /** A reference whose presence is known needs no replacement for a missing value; nor do other outputs of the same task. */
  ifPresent(term: Term): Term {
    const { target } = term;
    if (target === undefined || this.#present.length === 0) return term;
    const isIt = this.#present.some(({ kind, path }) => kind === target.kind && startsWith(path, target.path));
    if (isIt)
      return { ...term, pieces: [{ ...target, maybe: true }], target: { ...target, maybe: true }, maybe: false };
    const isNear = this.#present.some(
      ({ kind, path }) => kind === 'output' && startsWith(target.path, path.slice(0, 2)),
    );
    if (target.kind !== 'output' || !isNear) return term;
    return { ...term, pieces: [{ ...target, maybe: true }], target: { ...target, maybe: true } };
  }

  /** Evaluates a part whose faults are reported by another evaluation of it. */
  quietly<T>(look: () => T): T {
    const told = this.faults.length;
    const result = look();
    this.faults.length = told;
    return result;
  }

  /** Records a fault at a node and returns a substitute term, so that the translation can continue. */
  refuse<C extends Code>(code: C, args: Parameters<typeof diagnose<C>>[1], node: SyntaxNode): Term {
    this.faults.push(diagnose(code, args, { place: this.arrow.placeOf(firstWord(node)) }));
    return REFUSED;
  }

  /** Reports diagnostics that another function found, at the place of a node. */
  repeat(diagnostics: readonly Diagnostic[], node: SyntaxNode): Term {
    const place = this.arrow.placeOf(firstWord(node));
    this.faults.push(...diagnostics.map((fault) => ({ ...fault, ...(place && { place }) })));
    return REFUSED;
  }

  /** Reports warnings at the place of a node. */
  warn(diagnostics: readonly Diagnostic[], node: SyntaxNode): void {
    const place = this.arrow.placeOf(firstWord(node));
    report(diagnostics.map((one) => ({ ...one, ...(place && { place }) })));
  }

  /** The source text of a node, shortened. */
  textOf({ start, end }: SyntaxNode): string {
    const text = this.arrow.source.slice(start - this.arrow.syntax.start, end - this.arrow.syntax.start);
    const line = text.replaceAll(/\s+/g, ' ');
    return line.length > 60 ? `${line.slice(0, 59)}…` : line;
  }

  /** Uses a term twice or more: what is no mere path is computed once, into a variable. */
  once(term: Term, use: (again: Term) => Term): Term {
    if (isPath(term)) return use(term);
    const { kind, missing, wild, maybe } = term;
    const variable: Term = {
      pieces: [`$${LOCAL}`],
      kind,
      level: LEVEL.path,
      raises: false,
      missing,
      ...(wild && { wild }),
      ...(maybe && { maybe }),
    };
    const result = use(variable);
    const text = [`($${LOCAL} := `, term, '; ', result, ')'];
    return write(result.kind, LEVEL.whole, text, {
      missing: result.missing,
      ...(result.wild && { wild: true }),
      ...(result.maybe && { maybe: true }),
    });
  }
}

/** Names the expression's own variable, so that no task's variable in it, which is named after the task's id, is hidden. */
export function nameLocals(pieces: Pieces): Pieces {
  if (!pieces.some((piece) => typeof piece === 'string' && piece.includes(LOCAL))) return pieces;
  const ids = pieces.flatMap((piece) => (typeof piece === 'string' || piece.kind !== 'output' ? [] : [piece.path[1]!]));
  const taken = ids.flatMap((id) => [id, `_${id}`]);
  let name = 'it';
  for (let i = 2; taken.some((id) => id.startsWith(name)); i++) name = `it${i}`;
  return pieces.map((piece) => (typeof piece === 'string' ? piece.replaceAll(LOCAL, name) : piece));
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((part, i) => path[i] === part);
}
