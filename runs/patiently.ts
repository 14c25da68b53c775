import { setTimeout as sleep } from 'node:timers/promises';
import { errorClass } from '../aws/errors.ts';

/** How long until it is tried again, in milliseconds, after what the SDK itself has tried: five minutes in all. */
const WAITS = [1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 60_000, 60_000, 60_000];

/**
 * Does what changes nothing, or the same when it is done twice; again where AWS is throttling or cannot be reached for a while. Whoever
 * follows a run for hours does not want to be told of each of these.
 */
export async function patiently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === WAITS.length || signal?.aborted || errorClass(error) !== 'retry') throw error;
      await sleep(WAITS[tried], undefined, signal && { signal }).catch(() => {});
    }
  }
}
