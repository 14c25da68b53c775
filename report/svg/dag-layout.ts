import type { Picture, PictureNode } from '../../manifest/picture.ts';
import { type Box, Plan, type Point } from './svg.ts';

/** Where everything stands, in pixels; x and y are a box's middle. */
export interface DagLayout {
  readonly nodes: readonly (PictureNode & Box & { readonly detail: string })[];
  readonly groups: readonly ({ readonly id: string; readonly label: string } & Box)[];
  readonly barriers: readonly (Picture['barriers'][number] & Box)[];
  readonly edges: readonly Line[];
  readonly width: number;
  readonly height: number;
}
export interface Line {
  readonly kind: 'plain' | 'implied' | 'barrier';
  /** Whether it ends with an arrow; a line into a barrier does not. */
  readonly arrow: boolean;
  readonly points: readonly Point[];
}

/** Of the fonts that the drawing names, whose letters are all of one width. */
const LABEL_LETTER = 7.8;
export const DETAIL_LETTER = 6.3;
/** Room above a group's tasks for its name. */
const GROUP_HEAD = 18;
const BARRIER = { width: 10, height: 64 };

/** Lays a DAG out from left to right. The same picture gives the same layout. */
export function layOut(picture: Picture): DagLayout {
  const plan = new Plan(
    { rankdir: 'LR', nodesep: 22, ranksep: 64, edgesep: 14, marginx: 24, marginy: 24 },
    { nested: true },
  );
  for (const { id } of picture.groups) plan.box(`group ${id}`, undefined);
  for (const { id, parent } of picture.groups) if (parent) plan.within(`group ${id}`, `group ${parent}`);
  const nodes = picture.nodes.map((node) => ({ ...node, detail: detailOf(node) }));
  for (const node of nodes) {
    plan.box(node.id, sizeOf(node));
    if (node.group !== undefined) plan.within(node.id, `group ${node.group}`);
  }
  picture.barriers.forEach((barrier, i) => {
    plan.box(`barrier ${i}`, BARRIER);
    const around = sharedGroup(picture, [...barrier.after, ...barrier.before]);
    if (around !== undefined) plan.within(`barrier ${i}`, `group ${around}`);
  });
  const wanted = linesOf(picture);
  for (const { from, to, kind } of wanted) plan.line(from, to, kind === 'implied' ? 0 : 2, kind);
  const { boxOf, pointsOf, width, height } = plan.place();
  const columns = columnsOf(picture.nodes.map(({ id }) => boxOf(id)));
  return {
    nodes: nodes.map((node) => ({ ...node, ...boxOf(node.id) })),
    groups: picture.groups.map(({ id, label }) => ({ id, label, ...withHead(boxOf(`group ${id}`)) })),
    barriers: picture.barriers.map((barrier, i) => ({ ...barrier, ...boxOf(`barrier ${i}`) })),
    edges: wanted.map(({ from, to, kind, arrow }) => {
      const points = pointsOf(from, to, kind);
      const [source, target] = [boxOf(from), boxOf(to)];
      // Between neighbouring columns the way is free: what dagre puts in the middle only makes a wave.
      const between = points.length > 3 ? points.slice(1, -1) : [];
      const out = { x: columns.get(source.x)?.right ?? rightOf(source).x, y: source.y };
      const into = { x: columns.get(target.x)?.left ?? leftOf(target).x, y: target.y };
      return { kind, arrow, points: [rightOf(source), out, ...between, into, leftOf(target)] };
    }),
    width,
    height,
  };
}

/** The innermost group that holds all of these tasks. */
function sharedGroup({ nodes, groups }: Picture, tasks: readonly string[]): string | undefined {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const around = nodes
    .filter(({ id }) => tasks.includes(id))
    .map(({ group }) => {
      const path: string[] = [];
      for (let id = group; id !== undefined; id = parents.get(id)) path.push(id);
      return path;
    });
  return around[0]?.find((id) => around.every((path) => path.includes(id)));
}

/** Where the boxes of each column begin and end: a line bends outside of that, so that it crosses none of them. */
function columnsOf(boxes: readonly Box[]): Map<number, { readonly left: number; readonly right: number }> {
  const columns = new Map<number, { left: number; right: number }>();
  for (const box of boxes) {
    const { left, right } = columns.get(box.x) ?? { left: Number.POSITIVE_INFINITY, right: 0 };
    columns.set(box.x, { left: Math.min(left, leftOf(box).x), right: Math.max(right, rightOf(box).x) });
  }
  return columns;
}

function linesOf({
  edges,
  barriers,
}: Picture): ({ readonly from: string; readonly to: string } & Omit<Line, 'points'>)[] {
  return [
    ...edges.map(({ from, to, implied }) => ({
      from,
      to,
      kind: implied ? ('implied' as const) : ('plain' as const),
      arrow: true,
    })),
    ...barriers.flatMap(({ after, before }, i) => [
      ...after.map((from) => ({ from, to: `barrier ${i}`, kind: 'barrier' as const, arrow: false })),
      ...before.map((to) => ({ from: `barrier ${i}`, to, kind: 'barrier' as const, arrow: true })),
    ]),
  ];
}

/** The second line in a box: what runs it, and what is unusual about it. */
function detailOf({ kind, service, triggerRule }: PictureNode): string {
  const what = {
    task: service,
    setup: `setup · ${service}`,
    teardown: `teardown · ${service}`,
    branch: '',
    short_circuit: '',
  };
  return [what[kind], triggerRule].filter(Boolean).join(' · ');
}

function sizeOf({ kind, label, detail }: { kind: PictureNode['kind']; label: string; detail: string }) {
  const text = Math.max(label.length * LABEL_LETTER, detail.length * DETAIL_LETTER);
  switch (kind) {
    case 'branch':
      return { width: Math.ceil(text / 0.6) + 16, height: detail ? 76 : 60 };
    case 'short_circuit':
      return { width: Math.ceil(text) + 56, height: 44 };
    case 'task':
      return { width: Math.ceil(text) + 32, height: 44 };
    default:
      return { width: Math.ceil(text) + 48, height: 44 };
  }
}

function withHead({ x, y, width, height }: Box): Box {
  return { x, y: y - GROUP_HEAD / 2, width, height: height + GROUP_HEAD };
}
function rightOf({ x, y, width }: Box): Point {
  return { x: x + width / 2, y };
}
function leftOf({ x, y, width }: Box): Point {
  return { x: x - width / 2, y };
}
