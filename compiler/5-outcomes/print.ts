import { namesOf } from '../../airflow/end-state.ts';
import type { Edge, Guard, GuardTest, Item, Outcomes, Scope } from './outcomes.ts';

/** The outcomes as text: a line a state, with where each edge out of it leads and what is recorded on it. */
export function printOutcomes(outcomes: Outcomes): string {
  const lines: string[] = [];
  const names = new Map<Item, string>();
  nameItems(outcomes.body);
  print(outcomes.body, '');
  if (outcomes.check) lines.push(`failed? ${test(outcomes.check)} -> fail, else succeed`);
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
    lines.push(`${indent}start -> ${edge(scope.start)}`);
    for (const item of scope.items) {
      const name = names.get(item) as string;
      for (const asked of (item.guard as Guard | undefined)?.tests ?? [])
        lines.push(`${indent}${name}? ${test(asked)} -> ${edge(asked.edge)}`);
      if (item.kind === 'decision') {
        for (const { chosen, edge: taken } of item.cases)
          lines.push(`${indent}${name} [${chosen.join(', ')}] -> ${edge(taken)}`);
      } else {
        lines.push(`${indent}${name} -> ${edge(item.next)}`);
      }
      if (item.failed) lines.push(`${indent}${name} failed -> ${edge(item.failed)}`);
      if (item.kind === 'task' && item.skipped) lines.push(`${indent}${name} skipped -> ${edge(item.skipped)}`);
      if (item.kind === 'parallel') {
        item.branches.forEach((branch) => void print(branch, `${indent}  `));
      }
    }
  }
  function edge({ target, ended }: Edge): string {
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
  function test({ when: { quantifier, tasks, in: states } }: GuardTest): string {
    return `${quantifier} of ${tasks.join(', ')} ${namesOf(states).join(' or ')}`;
  }
}
