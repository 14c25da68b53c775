import type { Place } from '../../diagnostics/index.ts';
import type { SyntaxNode } from './syntax.ts';

/** A function that is translated and never run: what a capture found out about it. */
export interface Arrow {
  /** Its text, as it was written or as it was compiled. */
  readonly source: string;
  /** Where it begins. */
  readonly place: Place | undefined;
  readonly syntax: SyntaxNode;
  /** What the names in it that come from around it stood for when it was captured. A name that could not be read is not there. */
  readonly captured: ReadonlyMap<string, unknown>;
  /** The variables of its file, where they are known. */
  readonly names?: ReadonlySet<string>;
  /** Where a node of its syntax stands in the user's file. */
  placeOf(node: SyntaxNode): Place | undefined;
}
