import { type Way, waysOf } from '../../asl/history/trace.ts';
import { scopesOf } from '../../asl/language/states.ts';
import type { State, States } from '../../asl/language/types.ts';
import { nameLines, nameWidth, smallWidth } from '../words.ts';
import { Plan, type Point } from './svg.ts';

/** Where the states and the ways between them stand, in pixels; x and y are a box's left upper corner. */
export interface MachineLayout {
  readonly boxes: readonly StateBox[];
  readonly lines: readonly WayLine[];
  readonly width: number;
  readonly height: number;
}
export interface StateBox {
  readonly name: string;
  readonly lines: readonly string[];
  readonly detail: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A Parallel or a Map: others stand in it, below its head. */
  readonly around: boolean;
}
/** `from` is undefined for the way in. */
export interface WayLine {
  readonly from: string | undefined;
  readonly to: string;
  readonly ways: readonly Way[];
  readonly points: readonly Point[];
}

const HEAD = 44;
const PAD = 16;
const BETWEEN = 20;
/** Branches that would be wider than this beside each other go on below. */
const WIDEST = 700;
/** Above so many states the layout is a little less tidy and several times as fast. */
const MANY = 150;
const START = 14;
const PLACES = 24;

/** Lays a machine out from top to bottom. What is in a Parallel or a Map is laid out by itself, and then stands in the whole as one box. */
export function layOut(machine: States, detailOf: (name: string) => string): MachineLayout {
  return region(machine, detailOf, true);
}

function region(states: States, detailOf: (name: string) => string, isWhole: boolean): MachineLayout {
  const ranker = Object.keys(states.States).length > MANY ? 'longest-path' : 'network-simplex';
  const plan = new Plan({ rankdir: 'TB', nodesep: 26, ranksep: 34, edgesep: 14, marginx: 6, marginy: 6, ranker });
  const parts = new Map<string, Part>();
  // dagre keeps its nodes in a plain object, in which not every state's name may be a key.
  const idOf = (name: string | undefined) => (name === undefined ? 'start' : parts.get(name)!.id);
  for (const [name, state] of Object.entries(states.States)) {
    const inside = insideOf(state, detailOf);
    const head = headOf(name, detailOf(name), inside?.width);
    const part: Part = { id: `s${parts.size}`, head, ...(inside !== undefined && { inside }) };
    parts.set(name, part);
    const height = inside === undefined ? head.height : HEAD + inside.height + PAD;
    plan.box(part.id, { width: head.width, height });
  }
  if (isWhole) plan.box('start', { width: START, height: START });
  const ways = linesOf(states).filter(({ from }) => from !== undefined || isWhole);
  for (const { from, to } of ways) plan.line(idOf(from), idOf(to), from === undefined ? 3 : 1);
  const placed = plan.place();
  const boxes: StateBox[] = [];
  const lines: WayLine[] = ways.map((way) => ({
    ...way,
    points: placed.pointsOf(idOf(way.from), idOf(way.to)),
  }));
  for (const [name, { id, head, inside }] of parts) {
    const { x, y, width, height } = placed.boxOf(id);
    const [left, top] = [x - width / 2, y - height / 2];
    const { lines: text, detail } = head;
    boxes.push({ name, lines: text, detail, x: left, y: top, width, height, around: inside !== undefined });
    if (inside === undefined) continue;
    const there = moved(inside, left + (width - inside.width) / 2, top + HEAD);
    boxes.push(...there.boxes);
    lines.push(...there.lines);
  }
  return { boxes, lines, width: placed.width, height: placed.height };
}

interface Part {
  /** What dagre knows it as. */
  readonly id: string;
  readonly head: Head;
  readonly inside?: MachineLayout;
}

/** The branches of a Parallel beside each other, in as many rows as it takes; a Map's processor. */
function insideOf(state: State, detailOf: (name: string) => string): MachineLayout | undefined {
  const parts = scopesOf(state).map((part) => region(part, detailOf, false));
  if (parts.length === 0) return undefined;
  const widest = Math.max(WIDEST, ...parts.map(({ width }) => width));
  const placed: MachineLayout[] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > widest) {
      y += rowHeight + BETWEEN;
      [x, rowHeight] = [0, 0];
    }
    placed.push(moved(part, x + PAD, y));
    width = Math.max(width, x + part.width);
    rowHeight = Math.max(rowHeight, part.height);
    x += part.width + BETWEEN;
  }
  return {
    boxes: placed.flatMap(({ boxes }) => boxes),
    lines: placed.flatMap(({ lines }) => lines),
    width: width + 2 * PAD,
    height: y + rowHeight,
  };
}

interface Head {
  readonly lines: readonly string[];
  readonly detail: string;
  readonly width: number;
  readonly height: number;
}

function headOf(name: string, detail: string, inside: number | undefined): Head {
  const lines = inside === undefined ? nameLines(name, PLACES) : [name];
  const text = Math.max(...lines.map(nameWidth), smallWidth(detail));
  if (inside === undefined) return { lines, detail, width: Math.ceil(text) + 48, height: lines.length === 2 ? 58 : 44 };
  // The head of a Parallel is cut to what stands in it, where that is wide enough to read.
  return { lines, detail, width: Math.max(inside, Math.min(Math.ceil(text) + 56, 320)), height: HEAD };
}

function moved({ boxes, lines, width, height }: MachineLayout, dx: number, dy: number): MachineLayout {
  return {
    boxes: boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
    lines: lines.map((line) => ({ ...line, points: line.points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) })),
    width,
    height,
  };
}

/** One line from a state to another, however many ways lead there. */
function linesOf({ StartAt, States }: States): Omit<WayLine, 'points'>[] {
  const first = { from: undefined, to: StartAt, ways: [] };
  const others = Object.entries(States).flatMap(([from, state]) => {
    const targets = new Map<string, Way[]>();
    for (const way of waysOf(state)) targets.set(way.to, [...(targets.get(way.to) ?? []), way]);
    return [...targets].map(([to, ways]) => ({ from, to, ways }));
  });
  return [first, ...others];
}
