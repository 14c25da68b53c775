import type { Decision, Translated } from '../../authoring/internal.ts';
import type { Emission } from '../6-emit/emission.ts';
import { jsonataOf } from '../6-emit/resolve.ts';
import { names } from './markdown.ts';

/** Characters of a condition that a cell of a table takes. */
const LONGEST = 120;

/** What a branch or a short circuit decides, as a reviewer reads it: the conditions are those of the machine. */
export function decisionText(e: Emission, id: string, decision: Decision): string {
  const code = (expression: Translated) => asCode(jsonataOf(expression, e.wordsOf(id)));
  const chosen = (ids: readonly string[]) => (ids.length === 0 ? 'none' : names(ids, ids.length));
  switch (decision.kind) {
    case 'test':
      return `Goes on where ${code(decision.goOn)}.`;
    case 'computed':
      return `Chooses what ${code(decision.chosen)} names.`;
    default: {
      const cases = decision.cases.map((one) => `${chosen(one.chosen)} where ${code(one.when)}`);
      return `Chooses ${[...cases, cases.length === 0 ? chosen(decision.otherwise) : `else ${chosen(decision.otherwise)}`].join('; ')}.`;
    }
  }
}

function asCode(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``;
}
