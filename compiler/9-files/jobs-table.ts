import { readResource } from '../../asl/services/index.ts';
import { jobsIn, seesJobEnded } from '../2-lower/given-up-jobs.ts';
import type { Graph, GraphTask } from '../3-graph/graph.ts';
import { names, table } from './markdown.ts';

/** What becomes of the tasks' jobs where nobody waits for them any more: a row for the tasks of which the same is to be said. */
export function jobsTable({ tasks }: Graph): string[] {
  const rows = new Map<string, { readonly ids: string[]; readonly cells: readonly string[] }>();
  for (const [id, task] of tasks) {
    const cells = fateOf(task);
    if (cells === undefined) continue;
    const row = rows.get(cells.join('\n')) ?? { ids: [], cells };
    row.ids.push(id);
    rows.set(cells.join('\n'), row);
  }
  if (rows.size === 0) return [];
  return [
    '## Jobs that nobody waits for any more',
    table(
      ['task', 'what', 'its call timed out, or could not ask how it is', 'the run was stopped, or ended otherwise'],
      [...rows.values()].map(({ ids, cells }) => [names(ids, 4), ...cells]),
    ),
  ];
}

const BY_CLEANUP = 'ended by the cleanup machine';

/** Undefined of a task whose calls leave nothing running. */
function fateOf({ model, fragment }: GraphTask): readonly string[] | undefined {
  const titles = [...new Set(jobsIn(fragment).map(({ job }) => job.title))];
  const tried = seesJobEnded(fragment)
    ? 'ended before another try'
    : `${model.retries > 0 ? 'tried again beside it, which does no harm; ' : ''}${BY_CLEANUP} when the run has ended`;
  if (titles.length > 0) return [titles.join(', '), tried, BY_CLEANUP];
  if (model.template.goesOn !== undefined) return [model.template.goesOn, 'goes on to its end', 'goes on to its end'];
  return waitsForOther(fragment) ? ['what it calls', 'what AWS does', 'what AWS does'] : undefined;
}

/** A call with `.sync` of which nobody but AWS knows how to end what it started. */
function waitsForOther({ states }: GraphTask['fragment']): boolean {
  return Object.values(states).some(({ Resource }) => {
    const read = readResource(`${Resource}`);
    return read.kind === 'integration' && /^(create|run)/.test(read.action) && /^sync/.test(read.pattern);
  });
}
