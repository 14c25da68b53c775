import { Graph, type GraphLabel, layout } from '@dagrejs/dagre';

// What the drawings of this room have in common: where dagre puts their boxes and lines, numbers as they stand in attributes, arrows.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box; x and y are its middle. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A drawing as dagre takes it: boxes, which of them stand in which, and lines between them. */
export class Plan {
  readonly #graph: Graph;

  /** @param options dagre's settings of the whole drawing */
  constructor(options: GraphLabel, { nested = false } = {}) {
    this.#graph = new Graph({ compound: nested, multigraph: true });
    this.#graph.setGraph(options);
  }

  /** A box of this size; without a size, one around those that stand in it. */
  box(id: string, size: { readonly width: number; readonly height: number } | undefined): void {
    this.#graph.setNode(id, { ...size });
  }

  /** A box stands in another one. */
  within(id: string, around: string): void {
    this.#graph.setParent(id, around);
  }

  /** A line; the heavier, the shorter and straighter it becomes. */
  line(from: string, to: string, weight: number, name?: string): void {
    this.#graph.setEdge(from, to, { weight }, name);
  }

  /** Places everything. The same plan gives the same places. */
  place(): Placed {
    layout(this.#graph);
    const { width, height } = this.#graph.graph() as { width: number; height: number };
    return {
      width,
      height,
      boxOf: (id) => {
        const box = this.#graph.node(id) as Box;
        return { x: box.x, y: box.y, width: box.width, height: box.height };
      },
      pointsOf: (from, to, name) => (this.#graph.edge(from, to, name) as { points: Point[] }).points,
    };
  }
}

/** Where everything of a plan stands, in pixels. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  boxOf(id: string): Box;
  /** The points of a line, its ends among them. */
  pointsOf(from: string, to: string, name?: string): readonly Point[];
}

/** A length as it stands in an attribute: to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A corner or an end as it stands in a path. */
export function at({ x, y }: Point): string {
  return `${px(x)} ${px(y)}`;
}

/** The head of an arrow, for `marker-end`. */
export function arrowHead(id: string, kind: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head ${kind}" d="M0 0.5 8 4 0 7.5Z"/></marker>`;
}
