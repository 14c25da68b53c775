import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { splitTokens } from '../token.ts';

/** Half a surrogate pair, or one of Unicode's noncharacters. */
const UNSENDABLE = /\p{Cs}|\p{Noncharacter_Code_Point}/u;

/** What cannot stand in a text that is sent; the marks of references in it are the compiler's own. */
export function unsendable(text: string, where: string, at: Parameters<typeof diagnose>[2]): Diagnostic[] {
  for (const piece of splitTokens(text)) {
    const [found] = ('text' in piece && UNSENDABLE.exec(piece.text)) || [];
    if (found !== undefined) {
      const character = `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
      return [diagnose('DAG102', { where, character }, at)];
    }
  }
  return [];
}
