import { namesOf } from '../../airflow/end-state.ts';
import type { Guard, Item, Outcomes, Question, Scope, Way } from './outcomes.ts';

/** The outcomes as text: a line a state, with where each way out of it leads and what is written down on it. */
export function printOutcomes(outcomes: Outcomes): string {
  const lines: string[] = [];
  const names = new Map<Item, string>();
  nameItems(outcomes.body);
  print(outcomes.body, '');
  if (outcomes.check) lines.push(`failed? ${question(outcomes.check)} -> fail, else succeed`);
  return `${lines.join('\n')}\n`;

  function nameItems({ items }: Scope): void {
    for (const item of items) {
      if (item.kind === 'parallel') item.branches.forEach(nameItems);
      names.set(
        item,
        item.kind === 'parallel'
          ? `[${item.branches.map(({ items: [first] }) => names.get(first as Item)).join(' | ')}]`
          : item.id,
      );
    }
  }
  function print(scope: Scope, indent: string): void {
    lines.push(`${indent}start -> ${way(scope.start)}`);
    for (const item of scope.items) {
      const name = names.get(item) as string;
      for (const asked of (item.guard as Guard | undefined)?.questions ?? [])
        lines.push(`${indent}${name}? ${question(asked)} -> ${way(asked.way)}`);
      if (item.kind === 'decision') {
        for (const { chosen, way: taken } of item.ways)
          lines.push(`${indent}${name} [${chosen.join(', ')}] -> ${way(taken)}`);
      } else {
        lines.push(`${indent}${name} -> ${way(item.next)}`);
      }
      if (item.failed) lines.push(`${indent}${name} failed -> ${way(item.failed)}`);
      if (item.kind === 'task' && item.skipped) lines.push(`${indent}${name} skipped -> ${way(item.skipped)}`);
      if (item.kind === 'parallel') {
        item.branches.forEach((branch) => void print(branch, `${indent}  `));
      }
    }
  }
  function way({ target, ended }: Way): string {
    const to = !target
      ? 'nowhere'
      : 'item' in target
        ? `${names.get(target.item)}${target.to === 'guard' ? '?' : ''}`
        : target.to;
    const written = ended
      .filter(({ task, state }) => outcomes.isRecorded(task, state))
      .map(({ task, state }) => `${task} ${state}`);
    return written.length > 0 ? `${to}, writes ${written.join(', ')}` : to;
  }
  function question({ when: { quantifier, tasks, in: states } }: Question): string {
    return `${quantifier} of ${tasks.join(', ')} ${namesOf(states).join(' or ')}`;
  }
}
