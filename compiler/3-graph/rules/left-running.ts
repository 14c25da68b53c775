import { readResource } from '../../../asl/services/index.ts';
import type { FragmentState } from '../../../authoring/internal.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import type { StayingCall } from '../../../tasks/service.ts';
import { stayingCall } from '../../../tasks/services.ts';
import type { Draft, DraftTask } from '../graph.ts';
import type { GraphRule } from './index.ts';

/** What a call makes to stay (a cluster) is ended by another task, which reads what the call answered. */
export const leftRunning: GraphRule = (draft) =>
  [...draft.tasks.values()].flatMap((task) =>
    // A template that brings its own teardown says so where it is placed (DAG152).
    task.model.template?.teardown !== undefined ? [] : staysOf(task, draft),
  );

function staysOf({ model: { id, place }, fragment }: DraftTask, draft: Draft) {
  return Object.values(fragment?.states ?? {}).flatMap((state) => {
    const call = nameOf(state);
    const stays = call === undefined ? undefined : stayingCall(call);
    if (call === undefined || stays === undefined || !isMadeToStay(state, stays) || isEnded(id, stays, draft))
      return [];
    const { title, endedBy, instead } = stays;
    const [action, ends] = [call, endedBy[0]!].map((name) => name.split(':')[1]!) as [string, string];
    return [diagnose('DAG165', { task: id, action, title, endedBy: ends, instead }, { task: id, place })];
  });
}

/** `elasticmapreduce:createCluster`, whatever the pattern. */
function nameOf({ Resource }: FragmentState): string | undefined {
  const read = readResource(`${Resource}`);
  return read.kind === 'integration' ? `${read.service}:${read.action}` : undefined;
}

function isMadeToStay({ Arguments }: FragmentState, { where }: StayingCall): boolean {
  if (where === undefined) return true;
  const value = where.path.reduce<unknown>(
    (object, name) => (object as { readonly [name: string]: unknown } | undefined)?.[name],
    Arguments,
  );
  return value === where.value;
}

function isEnded(id: string, { endedBy }: StayingCall, { model, tasks }: Draft): boolean {
  return [...tasks.values()].some(
    ({ fragment, reads }) =>
      Object.values(fragment?.states ?? {}).some((state) => endedBy.includes(nameOf(state) ?? '')) &&
      reads.some(({ kind, path }) => kind === 'output' && path[0] === model.id && path[1] === id),
  );
}
