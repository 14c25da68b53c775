import type { Trace, Transition, Way } from '../../asl/history/trace.ts';
import type { StateFigures } from '../picture/figures.ts';
import { counted, cutTo, grouped, nameWidth, STATUSES, took } from '../words.ts';
import { Html, html } from './html.ts';
import { layOut, type MachineLayout, type StateBox, type WayLine } from './machine-layout.ts';
import { arrowHead, at, type Point, px } from './svg.ts';

/** dagre takes seconds from here on, and nobody would find anything in the drawing. */
const MOST_STATES = 1500;

/** The machine, each state in its colour, the ways that were taken drawn strongly; undefined where it is too large to be drawn. */
export function machineSvg(
  trace: Trace,
  machine: Parameters<typeof layOut>[0],
  figures: ReadonlyMap<string, StateFigures>,
): Html | undefined {
  if (trace.places.size > MOST_STATES) return undefined;
  const laid = layOut(machine, (name) => detailOf(trace, figures.get(name)!));
  const [width, height] = [Math.ceil(laid.width), Math.ceil(laid.height)];
  return html`<svg id="graph" xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="The states of the machine">
<defs>${['way', 'taken', 'catch'].map((kind) => new Html(arrowHead(`head-${kind}`, kind)))}</defs>
${boxesAround(laid).map((box) => stateBox(box, figures.get(box.name)!, trace))}
${laid.lines.map((line) => wayLine(line, trace))}
${laid.boxes.filter(({ around }) => !around).map((box) => stateBox(box, figures.get(box.name)!, trace))}
</svg>`;
}

/** Outer ones first, so that the inner ones lie on them. */
function boxesAround({ boxes }: MachineLayout): readonly StateBox[] {
  return boxes.filter(({ around }) => around);
}

/** The second line in a box: the type, and what is worth knowing of its visits. */
function detailOf({ places }: Trace, { name, visits, attempts, total }: StateFigures): string {
  const type = places.get(name)!.state.Type;
  if (visits.length === 0) return type;
  const iterations = visits.reduce((sum, { events }) => sum + lengthIn(events), 0);
  return [
    type,
    total > 0 ? took(total) : '',
    type === 'Map' ? counted(iterations, 'item') : '',
    visits.length > 1 ? `×${grouped(visits.length)}` : '',
    attempts > 1 ? `${attempts} attempts` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function lengthIn(events: StateFigures['visits'][number]['events']): number {
  const started = events.findLast(({ type }) => type === 'MapStateStarted');
  const { length } = (started?.mapStateStartedEventDetails ?? {}) as { readonly length?: number };
  return length ?? 0;
}

function stateBox(box: StateBox, { name, status, visits, total, attempts }: StateFigures, { places }: Trace): Html {
  const { x, y, width, height, around, lines, detail } = box;
  const { word, sign } = STATUSES[status];
  const said = [
    `${name}: ${places.get(name)!.state.Type}, ${word}`,
    ...(visits.length > 0 ? [counted(visits.length, 'visit'), took(total)] : []),
    ...(attempts > 1 ? [counted(attempts, 'attempt')] : []),
  ].join(', ');
  const left = x + 34;
  const middle = around ? y + 22 : y + height / 2;
  const shown = around ? [cutTo(name, Math.floor((width - 48) / nameWidth('x')))] : lines;
  const first = middle - (shown.length * 15 + 13) / 2 + 11;
  return html`<a class="state ${status}${around ? ' around' : ''}" href="#${visits.length > 0 ? `v${visits[0]!.id}` : 'graph'}" data-state="${name}" aria-label="${said}"><title>${said}</title><rect class="box" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="8"/><circle class="dot" cx="${px(x + 18)}" cy="${px(middle)}" r="9"/><text class="mark" x="${px(x + 18)}" y="${px(middle + 3.8)}">${sign}</text>${shown.map((line, i) => html`<text class="name" x="${px(left)}" y="${px(first + i * 15)}">${line}</text>`)}<text class="detail" x="${px(left)}" y="${px(first + shown.length * 15 - 1)}">${detail}</text></a>`;
}

function wayLine(line: WayLine, { transitions, visits }: Trace): Html {
  const { from, to, points } = line;
  const taken = transitions.filter((one) => one.from === from && one.to === to);
  const count = from === undefined ? Math.min(1, visits.length) : taken.reduce((sum, one) => sum + one.count, 0);
  const kind = kindOf(line.ways, taken);
  const classes = `way${count > 0 ? ' taken' : ''}${kind === 'catch' ? ' catch' : ''}`;
  const head = kind === 'catch' && count > 0 ? 'catch' : count > 0 ? 'taken' : 'way';
  const title = `${from ?? 'start'} → ${to}${line.ways.length > 0 ? ` (${line.ways.map(wayText).join('; ')})` : ''}${count > 0 ? `, taken ${count === 1 ? 'once' : `${grouped(count)} times`}` : ', not taken'}`;
  const middle = points[Math.floor(points.length / 2)]!;
  const label =
    count > 1
      ? html`<text class="count" x="${px(middle.x + 6)}" y="${px(middle.y + 4)}">×${grouped(count)}</text>`
      : '';
  const start =
    from === undefined ? html`<circle class="start" cx="${px(points[0]!.x)}" cy="${px(points[0]!.y - 7)}" r="7"/>` : '';
  return html`<g class="${classes}"><title>${title}</title>${start}<path d="${curve(points)}" marker-end="url(#head-${head})"/>${label}</g>`;
}

/** A way that only a failure takes is drawn as one; one that both take, as what took it. */
function kindOf(ways: readonly Way[], taken: readonly Transition[]): 'way' | 'catch' {
  if (taken.length > 0) return taken.every(({ caught }) => caught) ? 'catch' : 'way';
  return ways.length > 0 && ways.every(({ kind }) => kind === 'catch') ? 'catch' : 'way';
}

function wayText({ kind, label }: Way): string {
  const words = { next: 'Next', choice: 'Choice', default: 'Default', catch: 'Catch' };
  return label === undefined ? words[kind] : `${words[kind]}: ${label}`;
}

/** Straight lines with round corners through dagre's points. */
function curve(points: readonly Point[]): string {
  const parts = [`M${at(points[0]!)}`];
  for (let i = 1; i < points.length - 1; i++) {
    const [before, here, after] = [points[i - 1]!, points[i]!, points[i + 1]!];
    parts.push(`L${at(towards(here, before))}`, `Q${at(here)} ${at(towards(here, after))}`);
  }
  return [...parts, `L${at(points.at(-1)!)}`].join('');
}

/** A point so far from a corner, but not past the middle of the way. */
function towards(corner: Point, other: Point): Point {
  const [dx, dy] = [other.x - corner.x, other.y - corner.y];
  const length = Math.hypot(dx, dy);
  const part = length === 0 ? 0 : Math.min(12, length / 2) / length;
  return { x: corner.x + dx * part, y: corner.y + dy * part };
}
