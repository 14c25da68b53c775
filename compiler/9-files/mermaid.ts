import type { Picture, PictureNode } from '../../manifest/picture.ts';

/**
 * What Mermaid draws where nobody raised its limits, GitHub among them.
 * @see https://mermaid.js.org/config/schema-docs/config.html#maxedges
 */
const MOST_EDGES = 500;
const MOST_CHARACTERS = 50_000;

/** The picture as a Mermaid flowchart, without implied dependencies where they are too many; undefined where it is larger than Mermaid draws. */
export function mermaidOf(picture: Picture): string | undefined {
  const all = linksOf(picture);
  const links = all.length > MOST_EDGES ? all.filter(({ kind }) => kind !== 'implied') : all;
  if (links.length > MOST_EDGES) return undefined;
  const names = namesOf(picture);
  const link = ({ from, arrow, to }: Link) => `  ${names.get(from)} ${arrow} ${names.get(to)}`;
  const [implied, barrier] = [indicesOf(links, 'implied'), indicesOf(links, 'barrier')];
  const text = [
    'flowchart LR',
    ...boxes(picture, names, undefined, '  '),
    ...picture.barriers.map((_, i) => `  ${names.get(barrierName(i))}(["barrier"]):::barrier`),
    ...links.map(link),
    ...(barrier.length === 0
      ? []
      : ['  classDef barrier fill:#fff3e0,stroke:#e8710a,stroke-dasharray:4,color:#b45309']),
    ...(implied.length === 0 ? [] : [`  linkStyle ${implied.join(',')} stroke:#9aa0a6,stroke-width:1px`]),
    ...(barrier.length === 0 ? [] : [`  linkStyle ${barrier.join(',')} stroke:#e8710a`]),
  ].join('\n');
  return text.length > MOST_CHARACTERS ? undefined : text;
}

interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: 'implied' | 'barrier' | 'plain';
  readonly arrow: string;
}

/** Plain arrows last: styles go by number, so that a further task leaves the numbers of the others as they are. */
function linksOf({ edges, barriers }: Picture): Link[] {
  return [
    ...edges.filter((edge) => edge.implied).map((edge): Link => ({ ...edge, kind: 'implied', arrow: '-.->' })),
    ...barriers.flatMap(({ after, before }, i): Link[] => [
      ...after.map((from): Link => ({ from, to: barrierName(i), kind: 'barrier', arrow: '-.-' })),
      ...before.map((to): Link => ({ from: barrierName(i), to, kind: 'barrier', arrow: '-.->' })),
    ]),
    ...edges.filter((edge) => !edge.implied).map((edge): Link => ({ ...edge, kind: 'plain', arrow: '-->' })),
  ];
}

function indicesOf(links: readonly Link[], kind: Link['kind']): number[] {
  return links.flatMap((link, i) => (link.kind === kind ? [i] : []));
}

/** The tasks right in a group, or in none, and the groups within it. */
function boxes(
  picture: Picture,
  names: ReadonlyMap<string, string>,
  inside: string | undefined,
  indent: string,
): string[] {
  return [
    ...picture.nodes
      .filter(({ group }) => group === inside)
      .map((node) => `${indent}${names.get(node.id)}${shape(node)}`),
    ...picture.groups
      .filter(({ parent }) => parent === inside)
      .flatMap(({ id, label }) => [
        `${indent}subgraph ${names.get(groupName(id))}["${escaped(label)}"]`,
        ...boxes(picture, names, id, `${indent}  `),
        `${indent}end`,
      ]),
  ];
}

function shape({ kind, label, triggerRule }: PictureNode): string {
  const text = `"${escaped(label)}${triggerRule === undefined ? '' : `<br/>${triggerRule}`}"`;
  switch (kind) {
    case 'setup':
      return `[/${text}\\]`;
    case 'teardown':
      return `[\\${text}/]`;
    case 'branch':
      return `{${text}}`;
    case 'short_circuit':
      return `{{${text}}}`;
    default:
      return `[${text}]`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('"', '&quot;');
}

const groupName = (id: string) => `group ${id}`;
const barrierName = (i: number) => `barrier ${i}`;

/** Names that Mermaid takes: made from the ids, so that a further task renames none. */
function namesOf({ nodes, groups, barriers }: Picture): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (key: string, wanted: string) => {
    let name = wanted;
    for (let i = 2; taken.has(name); i++) name = `${wanted}_${i}`;
    taken.add(name);
    names.set(key, name);
  };
  const plain = (id: string) => id.replaceAll(/[^A-Za-z0-9]/g, '_');
  for (const { id } of nodes) give(id, `t_${plain(id)}`);
  for (const { id } of groups) give(groupName(id), `g_${plain(id)}`);
  barriers.forEach((_, i) => void give(barrierName(i), `b_${i + 1}`));
  return names;
}
