import { impliedIn, Reach } from './implied-dependencies.ts';
import type { Manifest, ManifestTask } from './manifest.ts';

/** What every drawing of a DAG shows, read off its manifest alone. */
export interface Picture {
  readonly dag: string;
  readonly description: string | undefined;
  /** In plan order. */
  readonly nodes: readonly PictureNode[];
  /** A group stands before those within it. */
  readonly groups: readonly PictureGroup[];
  readonly edges: readonly PictureEdge[];
  readonly barriers: readonly PictureBarrier[];
}

export interface PictureNode {
  readonly id: string;
  /** Within a group, the id without the group's. */
  readonly label: string;
  readonly kind: ManifestTask['kind'];
  readonly service: string;
  readonly description: string | undefined;
  /** Where it is not the default. */
  readonly triggerRule: string | undefined;
  /** The innermost group that it is in. */
  readonly group: string | undefined;
}

export interface PictureGroup {
  readonly id: string;
  readonly label: string;
  readonly parent: string | undefined;
}

/** A dependency. It is implied where others say the same together (implied-dependencies.ts). */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly implied: boolean;
}

/** Waiting that the plan adds: of the tasks on both sides only those that do not wait for each other anyway. */
export interface PictureBarrier {
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly delays: readonly { readonly task: string; readonly ms: number }[];
}

export function pictureOf(manifest: Manifest): Picture {
  const { tasks } = manifest;
  const reach = new Reach(tasks);
  const isImplied = impliedIn(tasks);
  const groups = (manifest.groups ?? []).filter((group) => group.tasks.length > 0);
  const innermost = new Map<string, string>();
  // By id, so that a group within another comes after it.
  for (const { id, tasks: members } of groups) for (const task of members) innermost.set(task, id);
  return {
    dag: manifest.dag,
    description: manifest.description,
    nodes: tasks.map(({ id, kind, service, description, triggerRule }) => ({
      id,
      label: within(id, innermost.get(id)),
      kind,
      service,
      description,
      triggerRule: kind === 'teardown' || triggerRule === 'all_success' ? undefined : triggerRule,
      group: innermost.get(id),
    })),
    groups: groups.map(({ id }) => {
      const parent = groups.findLast((other) => id.startsWith(`${other.id}.`))?.id;
      return { id, label: within(id, parent), parent };
    }),
    edges: tasks.flatMap(({ id, upstreams }) =>
      upstreams.map((from) => ({ from, to: id, implied: isImplied(from, id) })),
    ),
    barriers: (manifest.barriers ?? []).map(({ after, before, delays }) => ({
      after: after.filter((id) => before.some((down) => !reach.leads(id, down))),
      before: before.filter((down) => after.some((id) => !reach.leads(id, down))),
      delays,
    })),
  };
}

function within(id: string, group: string | undefined): string {
  return group !== undefined && id.startsWith(`${group}.`) ? id.slice(group.length + 1) : id;
}
