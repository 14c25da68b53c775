import { relative } from 'node:path';
import type { Note } from '../../engines/engine.ts';

type Failure = Extract<Note, { kind: 'failure' }>;

/** What is told of a failed attempt: its own last lines, unless an earlier attempt of the task has said the same. */
export class FailureTeller {
  readonly #said = new Map<string, string>();

  tell({ state, attempt, title, lines, log }: Failure): { title: string; lines: readonly string[] } {
    const which = attempt === 0 ? '' : ` (attempt ${attempt + 1})`;
    const again = this.#said.get(state) === lines.join('\n');
    this.#said.set(state, lines.join('\n'));
    if (again) return { title: `${state}${which}: ${title}, as before`, lines: [] };
    return {
      title: `${state}${which}: ${title}`,
      lines: log === undefined ? lines : [...lines, `(its log: ${relative(process.cwd(), log)})`],
    };
  }
}
