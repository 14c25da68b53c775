/** What waiting takes; tests hand in a clock of their own. */
export interface Patience {
  readonly sleep: (ms: number) => Promise<void>;
  readonly onProgress: (text: string) => void;
}

export interface Wait {
  /** What is waited for where time mends the error, as a clause: `IAM has spread the role x`. Undefined: the error is final. */
  readonly until: (error: unknown) => string | undefined;
  /** How long, in milliseconds; then the last error is final. */
  readonly mostMs: number;
}

/** How long until the call is made again, in milliseconds, up to the last. */
const PAUSES = [1_000, 2_000, 3_000, 5_000, 5_000, 5_000, 10_000];
const SAY_AGAIN_MS = 30_000;

const WAITED = new WeakMap<object, number>();

/** How long a call was repeated before its error became final, in milliseconds. */
export function waitedFor(error: unknown): number {
  return typeof error === 'object' && error !== null ? (WAITED.get(error) ?? 0) : 0;
}

/**
 * Makes a call again while its error is one that time mends, and says what is waited for. Time is counted by what was slept.
 * @example
 * await patiently(patience, { mostMs: 60_000, until: () => 'it is there' }, () => call())
 */
export async function patiently<T>(
  { sleep, onProgress }: Patience,
  { until, mostMs }: Wait,
  call: (attempt: number) => Promise<T>,
): Promise<T> {
  let waited = 0;
  let said: string | undefined;
  let saidAt = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(attempt);
    } catch (error) {
      const what = until(error);
      if (what === undefined || waited >= mostMs) {
        if (waited > 0 && typeof error === 'object' && error !== null) WAITED.set(error, waited);
        throw error;
      }
      if (what !== said || waited - saidAt >= SAY_AGAIN_MS) {
        onProgress(`waiting until ${what}${waited === 0 ? '' : ` (${waited / 1000} s so far)`}`);
        said = what;
        saidAt = waited;
      }
      const pause = Math.min(PAUSES[attempt - 1] ?? PAUSES.at(-1)!, mostMs - waited);
      await sleep(pause);
      waited += pause;
    }
  }
}
