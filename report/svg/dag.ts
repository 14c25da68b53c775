import type { Picture } from '../../manifest/picture.ts';
import { cut } from '../words.ts';
import { type DagLayout, DETAIL_LETTER, type Line, layOut } from './dag-layout.ts';
import { escaped } from './html.ts';
import { arrowHead, type Box, type Point, px } from './svg.ts';

const HEAD = 64;
const LEGEND = 44;

/** The picture as an SVG document that needs nothing else: no script, no font file, no address. It follows the reader's dark mode. */
export function dagSvg(picture: Picture): string {
  const laid = layOut(picture);
  const legend = legendOf(laid);
  const title = `${picture.nodes.length} task${picture.nodes.length === 1 ? '' : 's'}`;
  const subtitle = picture.description === undefined ? title : `${cut(picture.description, 100)} · ${title}`;
  const width = Math.ceil(Math.max(laid.width, picture.dag.length * 11 + 48, subtitle.length * 6.6 + 48, legend.width));
  const height = Math.ceil(laid.height) + HEAD + LEGEND;
  const accents = accentsOf(picture.nodes.map(({ service }) => service));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(`The DAG ${picture.dag}`)}</title>`,
    `<style>${STYLE}</style>`,
    ARROWS,
    `<rect class="page" width="${width}" height="${height}"/>`,
    `<text class="dag" x="24" y="34">${escaped(picture.dag)}</text>`,
    `<text class="about" x="24" y="54">${escaped(subtitle)}</text>`,
    `<g transform="translate(${px((width - laid.width) / 2)} ${HEAD})">`,
    ...laid.groups.map(group),
    ...laid.edges.map(line),
    ...laid.barriers.map(barrier),
    ...laid.nodes.map((node) => task(node, accents.get(node.service) as string)),
    '</g>',
    `<g transform="translate(24 ${height - LEGEND / 2})">${legend.text}</g>`,
    '</svg>',
  ].join('\n')}\n`;
}

const ARROWS = `<defs>${['plain', 'implied', 'barrier'].map((kind) => arrowHead(kind, kind)).join('')}</defs>`;

function task(node: DagLayout['nodes'][number], accent: string): string {
  const { x, y, label, detail, kind, description, id } = node;
  const lines = detail
    ? `<text class="id" x="${px(x)}" y="${px(y - 2)}">${escaped(label)}</text><text class="detail" x="${px(x)}" y="${px(y + 13)}">${escaped(detail)}</text>`
    : `<text class="id" x="${px(x)}" y="${px(y + 4.5)}">${escaped(label)}</text>`;
  const about = description === undefined ? id : `${id}: ${description}`;
  return `<g class="${kind}"><title>${escaped(about)}</title>${outline(node, accent)}${lines}</g>`;
}

function outline({ kind, ...box }: DagLayout['nodes'][number], accent: string): string {
  const { x, y, width, height } = box;
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  const polygon = (...points: (readonly [number, number])[]) =>
    `<polygon class="box" stroke="${accent}" points="${points.map((point) => point.map(px).join(',')).join(' ')}"/>`;
  switch (kind) {
    case 'setup':
      return polygon([left + 12, top], [right - 12, top], [right, bottom], [left, bottom]);
    case 'teardown':
      return polygon([left, top], [right, top], [right - 12, bottom], [left + 12, bottom]);
    case 'branch':
      return polygon([left, y], [x, top], [right, y], [x, bottom]);
    case 'short_circuit':
      return polygon(
        [left, y],
        [left + 18, top],
        [right - 18, top],
        [right, y],
        [right - 18, bottom],
        [left + 18, bottom],
      );
    default:
      return `<rect class="box" stroke="${accent}" x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" rx="8"/>`;
  }
}

function group({ id, label, ...box }: DagLayout['groups'][number]): string {
  const [left, top] = corner(box);
  return `<g class="group"><title>${escaped(id)}</title><rect x="${left}" y="${top}" width="${px(box.width)}" height="${px(box.height)}" rx="12"/><text x="${px(box.x - box.width / 2 + 12)}" y="${px(box.y - box.height / 2 + 17)}">${escaped(label)}</text></g>`;
}

function barrier({ delays, ...box }: DagLayout['barriers'][number]): string {
  const [left, top] = corner(box);
  const late =
    delays.length === 0 ? 'delays nothing by the estimates' : `delays ${delays.map(({ task }) => task).join(', ')}`;
  return `<g class="barrier"><title>${escaped(`Barrier: ${late}`)}</title><rect x="${left}" y="${top}" width="${px(box.width)}" height="${px(box.height)}" rx="4"/></g>`;
}

function corner({ x, y, width, height }: Box): [string, string] {
  return [px(x - width / 2), px(y - height / 2)];
}

function line({ kind, arrow, points }: Line): string {
  return `<path class="edge ${kind}" d="${curve(points)}"${arrow ? ` marker-end="url(#${kind})"` : ''}/>`;
}

/** A cubic basis spline that leaves and arrives level. The first two points and the last two are level with each other. */
function curve(points: readonly Point[]): string {
  const [first, out, into, last] = [points[0], points[1], points.at(-2), points.at(-1)] as [Point, Point, Point, Point];
  const middle = points.slice(2, -2);
  const through = [
    out,
    { x: out.x + 16, y: out.y },
    ...(middle.length > 0 ? middle : [{ x: (out.x + into.x) / 2, y: (out.y + into.y) / 2 }]),
    { x: into.x - 22, y: into.y },
    { x: into.x - 8, y: into.y },
  ];
  const at = (...weighted: (readonly [number, Point])[]) => {
    const sum = weighted.reduce((total, [weight]) => total + weight, 0);
    const of = (axis: 'x' | 'y') =>
      px(weighted.reduce((total, [weight, point]) => total + weight * point[axis], 0) / sum);
    return `${of('x')} ${of('y')}`;
  };
  const parts = [`M${at([1, first])}`, `L${at([1, out])}`];
  for (let i = 1; i < through.length; i++) {
    const [a, b] = [through[i - 1] as Point, through[i] as Point];
    const c = through[i + 1] ?? b;
    parts.push(`C${at([2, a], [1, b])} ${at([1, a], [2, b])} ${at([1, a], [4, b], [1, c])}`);
  }
  return `${parts.join('')}L${at([1, last])}`;
}

/** What the lines and shapes mean that occur. */
function legendOf({ nodes, edges, barriers }: DagLayout): { readonly text: string; readonly width: number } {
  const has = (kind: string) => nodes.some((node) => node.kind === kind) || edges.some((edge) => edge.kind === kind);
  const polygon = (points: string) => `<polygon class="box sample" points="${points}"/>`;
  const entries: (readonly [boolean, string, string])[] = [
    [has('setup'), polygon('5,-8 19,-8 24,8 0,8'), 'setup'],
    [has('teardown'), polygon('0,-8 24,-8 19,8 5,8'), 'teardown'],
    [has('branch'), polygon('0,0 12,-9 24,0 12,9'), 'branch'],
    [has('short_circuit'), polygon('0,0 5,-8 19,-8 24,0 19,8 5,8'), 'short circuit'],
    [
      has('implied'),
      '<path class="edge implied" d="M0 0H18" marker-end="url(#implied)"/>',
      'dependency that others imply',
    ],
    [
      barriers.length > 0,
      '<g class="barrier"><rect x="8" y="-9" width="8" height="18" rx="4"/></g>',
      'barrier: the plan waits here, the DAG does not',
    ],
  ];
  let x = 0;
  const parts = entries.flatMap(([occurs, sample, text]) => {
    if (!occurs) return [];
    const part = `<g transform="translate(${px(x)} 0)">${sample}<text class="about" x="32" y="4">${text}</text></g>`;
    x += 32 + text.length * DETAIL_LETTER + 24;
    return [part];
  });
  return { text: parts.join(''), width: x + 48 };
}

const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace';
const SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif';

/** How a drawing looks, by day and by night. */
export const STYLE = `
.page{fill:#fff}
text{font:11px ${SANS};fill:#5f6368}
.dag{font:600 18px ${MONO};fill:#202124}
.id{font:600 13px ${MONO};fill:#202124;text-anchor:middle}
.detail{font:10.5px ${MONO};text-anchor:middle}
.box{fill:#fff;stroke-width:1.8}
.sample{stroke:#5f6368}
.edge{fill:none;stroke:#5f6368;stroke-width:1.4}
.edge.implied{stroke:#c4c7cc;stroke-width:1.1;stroke-dasharray:2 4}
.edge.barrier{stroke:#e8710a;stroke-dasharray:6 4}
.head{fill:#5f6368}
.head.implied{fill:#c4c7cc}
.head.barrier{fill:#e8710a}
.barrier rect{fill:#e8710a}
.group rect{fill:#8892a0;fill-opacity:.08;stroke:#8892a0;stroke-opacity:.5}
.group text{font-weight:600}
@media (prefers-color-scheme:dark){
.page{fill:#0d1117}
text{fill:#9aa4b1}
.dag,.id{fill:#e6edf3}
.box{fill:#161b22}
.edge{stroke:#8b949e}
.edge.implied{stroke:#444c56}
.head{fill:#8b949e}
.head.implied{fill:#444c56}
}
`;

/** A colour for each service, by its place among those that occur. */
const ACCENTS = ['#1a73e8', '#8e44ad', '#188038', '#d93084', '#00838f', '#b06000', '#5c6bc0', '#7cb342'];

export function accentsOf(services: readonly string[]): Map<string, string> {
  return new Map([...new Set(services)].sort().map((service, i) => [service, ACCENTS[i % ACCENTS.length] as string]));
}
