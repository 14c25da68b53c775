import type { ChildExecution, MapRun, MapRunCounts, MapRunDescription, MapRunSettings } from '../../map-run.ts';

export interface LedgerOptions extends MapRunSettings {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly startDate: number;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** Calls the action between two steps of the execution. */
  readonly post: (action: () => void) => void;
}

/** Keeps count of the children of a Map run and of their items, and says when too many have failed. */
export class Ledger implements MapRun {
  readonly mapRunArn: string;
  readonly #options: LedgerOptions;
  readonly #executions = noCounts();
  readonly #items = noCounts();
  #settings: MapRunSettings;
  #status: MapRunDescription['status'] = 'RUNNING';
  #stopDate: number | undefined;
  /** Called when the settings have changed. */
  onUpdate: (() => void) | undefined;

  constructor(options: LedgerOptions) {
    const { mapRunArn, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = options;
    this.mapRunArn = mapRunArn;
    this.#options = options;
    this.#settings = { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage };
  }

  get maxConcurrency(): number {
    return this.#settings.maxConcurrency;
  }

  add(standing: Standing, items: number): void {
    for (const [counts, by] of this.#both(items)) {
      counts.total += by;
      counts[standing] += by;
    }
  }

  /** So many more children, and so many items of theirs, are waiting. */
  expect(executions: number, items: number): void {
    for (const [counts, by] of this.#both(items, executions)) {
      counts.total += by;
      counts.pending += by;
    }
  }

  move(from: Standing, to: Standing, items: number): void {
    for (const [counts, by] of this.#both(items)) {
      counts[from] -= by;
      counts[to] += by;
    }
  }

  /** The results of so many children, and of so many items of theirs, are written. */
  written(executions: number, items: number): void {
    for (const [counts, by] of this.#both(items, executions)) counts.resultsWritten += by;
  }

  /** A failed child is beyond redriving. */
  lost(items: number): void {
    for (const [counts, by] of this.#both(items)) counts.failuresNotRedrivable += by;
  }

  /** More have failed than may. Both thresholds hold where both are set; 0 counts as unset; without any, none may fail. */
  exceeded(): boolean {
    const { toleratedFailureCount: most, toleratedFailurePercentage: percentage } = this.#settings;
    const failed = this.#items.failed + this.#items.timedOut;
    if (most === 0 && percentage === 0) return failed > 0;
    return (most > 0 && failed > most) || (percentage > 0 && (100 * failed) / this.#items.total > percentage);
  }

  end(status: Exclude<MapRunDescription['status'], 'RUNNING'>, at: number): void {
    this.#status = status;
    this.#stopDate = at;
    // What waited to be redriven waits no more.
    for (const counts of [this.#executions, this.#items]) {
      counts.pending += counts.pendingRedrive;
      counts.pendingRedrive = 0;
    }
  }

  describe(): MapRunDescription {
    const { mapRunArn, executionArn, startDate, redriveCount, redriveDate } = this.#options;
    return {
      mapRunArn,
      executionArn,
      status: this.#status,
      startDate,
      ...(this.#stopDate !== undefined && { stopDate: this.#stopDate }),
      ...this.#settings,
      itemCounts: { ...this.#items },
      executionCounts: { ...this.#executions },
      redriveCount,
      ...(redriveDate !== undefined && { redriveDate }),
    };
  }

  update(settings: Partial<MapRunSettings>): void {
    if (this.#status !== 'RUNNING') return;
    this.#settings = { ...this.#settings, ...settings };
    this.#options.post(() => this.onUpdate?.());
  }

  #both(items: number, executions = 1): [Counts, number][] {
    return [
      [this.#executions, executions],
      [this.#items, items],
    ];
  }
}

/** Where a child, and its items with it, may stand. */
export type Standing = 'pending' | 'pendingRedrive' | 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted';
/** Where a child's status puts it. */
export const STANDINGS: { readonly [status in ChildExecution['status']]: Standing } = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
};

/** Counts under way. */
export type Counts = { -readonly [name in keyof MapRunCounts]: MapRunCounts[name] };

export function noCounts(): Counts {
  return {
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    total: 0,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
}
