import type { Graph, GraphTask } from '../3-graph/graph.ts';

/**
 * The outputs of which a task may read a field that is not there in every answer, for a branch or a short circuit before it asked the same
 * output first: `Contents` of an S3 listing behind `KeyCount > 0`. These are kept where they are there: else the task that answers would
 * fail, and not the one that reads.
 */
export function askedFirst({ tasks }: Graph): (reader: string, source: string, field: string | undefined) => boolean {
  // By reader and source: the fields that every run which comes to the reader has already read.
  const asked = new Map<string, Map<string, ReadonlySet<string | undefined>>>();
  for (const [id, { model, reads }] of tasks) {
    if (!model.decision) continue;
    const bySource = new Map<string, Set<string | undefined>>();
    for (const { kind, path, whole } of reads) {
      const source = path[1];
      if (kind === 'output' && source !== undefined)
        bySource.set(source, (bySource.get(source) ?? new Set()).add(whole ? undefined : path[2]));
    }
    if (bySource.size === 0) continue;
    for (const reader of behind(tasks, id)) {
      const known = asked.get(reader) ?? new Map<string, ReadonlySet<string | undefined>>();
      for (const [source, fields] of bySource) known.set(source, new Set([...(known.get(source) ?? []), ...fields]));
      asked.set(reader, known);
    }
  }
  return (reader, source, field) => {
    const fields = asked.get(reader)?.get(source);
    return fields !== undefined && !fields.has(field);
  };
}

/** Everything downstream of a task. */
function behind(tasks: ReadonlyMap<string, GraphTask>, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of tasks.get(at)!.downstreams) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
