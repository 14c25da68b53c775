import type { Graph } from '../2-graph/graph.ts';

/** The DAG as Mermaid draws it: tasks by kind, an arrow for each dependency that no other one implies. */
export function mermaidOf({ tasks }: Graph): string {
  const ids = [...tasks.keys()];
  const name = new Map(ids.map((id, i) => [id, `t${i}`]));
  const shape = (id: string) => {
    const { kind } = tasks.get(id)!.model;
    const label = `"${id.replaceAll('"', '&quot;')}"`;
    return kind === 'setup' ? `[/${label}\\]` : kind === 'teardown' ? `[\\${label}/]` : `[${label}]`;
  };
  return [
    'graph LR',
    ...ids.map((id) => `  ${name.get(id)}${shape(id)}`),
    ...ids.flatMap((id) => directDownstreams(tasks, id).map((down) => `  ${name.get(id)} --> ${name.get(down)}`)),
  ].join('\n');
}

/** Downstreams that are not also behind another downstream. */
function directDownstreams(tasks: Graph['tasks'], id: string): string[] {
  const direct = new Set(tasks.get(id)!.downstreams);
  const seen = new Set<string>();
  const open = [...direct].flatMap((down) => tasks.get(down)!.downstreams);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    direct.delete(next);
    open.push(...tasks.get(next)!.downstreams);
  }
  return [...direct];
}
