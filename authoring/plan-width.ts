const LIMIT: unique symbol = Symbol.for('dagwright.planWidth') as never;

/**
 * How many of the tasks that have a task's handle can run at a time, at least 1: a reference, for the number is known when the DAG is planned,
 * after its templates have made their states. It stands as the whole value of a state's field.
 * @example
 * lower: ({ width }) => singleState(CREATE, { StepConcurrencyLevel: width.atMost(10) })
 */
export interface PlanWidth {
  readonly [LIMIT]: number;
  /** The same, or the limit where that is less. */
  atMost(limit: number): PlanWidth;
}

function widthOf(most: number): PlanWidth {
  return Object.freeze({
    [LIMIT]: most,
    atMost: (limit: number) => widthOf(Math.min(most, limit)),
    [Symbol.toPrimitive](): never {
      throw new TypeError('The width is known when the DAG is planned: write `width.atMost(10)` as a field’s value');
    },
  });
}

/** The width without a limit. */
export const PLAN_WIDTH: PlanWidth = widthOf(Number.POSITIVE_INFINITY);

/** The limit of a width that a template wrote, `Infinity` where it has none; undefined for any other value. */
export function planWidthLimit(value: unknown): number | undefined {
  return typeof value === 'object' && value !== null ? (value as Partial<PlanWidth>)[LIMIT] : undefined;
}
