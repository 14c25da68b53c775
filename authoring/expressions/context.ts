import { type Code, type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Arrow } from './arrow.ts';
import { LOCAL } from './jsonata-text.ts';
import { firstWord, type SyntaxNode } from './syntax.ts';
import { isPath, LEVEL, type Pieces, REFUSED, type Term, write } from './term.ts';

/** The translation of one arrow: what it looks at, and every fault that was found. */
export class Context {
  readonly arrow: Arrow;
  readonly faults: Diagnostic[] = [];
  /** How deep in the syntax it is. */
  depth = 0;

  /** A task stands for its id where a branch chooses. */
  readonly taskIdOf: (value: unknown) => string | undefined;

  constructor(arrow: Arrow, taskIdOf: (value: unknown) => string | undefined = () => undefined) {
    this.arrow = arrow;
    this.taskIdOf = taskIdOf;
  }

  /** Records a fault at a node; the term that it answers stands for what could not be translated. */
  refuse<C extends Code>(code: C, args: Parameters<typeof diagnose<C>>[1], node: SyntaxNode): Term {
    this.faults.push(diagnose(code, args, { place: this.arrow.placeOf(firstWord(node)) }));
    return REFUSED;
  }

  /** Faults that somebody else found, told at a node. */
  repeat(diagnostics: readonly Diagnostic[], node: SyntaxNode): Term {
    const place = this.arrow.placeOf(firstWord(node));
    this.faults.push(...diagnostics.map((fault) => ({ ...fault, ...(place && { place }) })));
    return REFUSED;
  }

  /** As it stands in the user's file, shortened. */
  textOf({ start, end }: SyntaxNode): string {
    const text = this.arrow.source.slice(start - this.arrow.syntax.start, end - this.arrow.syntax.start);
    const line = text.replaceAll(/\s+/g, ' ');
    return line.length > 60 ? `${line.slice(0, 59)}…` : line;
  }

  /** Uses a term twice or more: what is no mere path is computed once, into a variable. */
  once(term: Term, use: (again: Term) => Term): Term {
    if (isPath(term)) return use(term);
    const { kind, missing, wild } = term;
    const variable: Term = {
      pieces: [`$${LOCAL}`],
      kind,
      level: LEVEL.path,
      raises: false,
      missing,
      ...(wild && { wild }),
    };
    const result = use(variable);
    const text = [`($${LOCAL} := `, term, '; ', result, ')'];
    return write(result.kind, LEVEL.whole, text, { missing: result.missing, ...(result.wild && { wild: true }) });
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
