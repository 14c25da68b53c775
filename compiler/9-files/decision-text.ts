import type { Decision } from '../../authoring/internal.ts';
import { names } from './markdown.ts';

/** Characters of a condition that a cell of a table takes. */
const LONGEST = 120;

/**
 * What a branch or a short circuit decides, as a reviewer reads it.
 * @param conditions those of the machine, in the order of the cases
 */
export function decisionText(decision: Decision, conditions: readonly string[]): string {
  const code = (i: number) => asCode(conditions[i] as string);
  const chosen = (ids: readonly string[]) => (ids.length === 0 ? 'none' : names(ids, ids.length));
  switch (decision.kind) {
    case 'test':
      return `Goes on where ${code(0)}.`;
    case 'computed':
      return `Chooses what ${code(0)} names.`;
    default: {
      const cases = decision.cases.map((one, i) => `${chosen(one.chosen)} where ${code(i)}`);
      return `Chooses ${[...cases, cases.length === 0 ? chosen(decision.otherwise) : `else ${chosen(decision.otherwise)}`].join('; ')}.`;
    }
  }
}

function asCode(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``;
}
