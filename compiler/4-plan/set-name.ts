/**
 * A number for a set of tasks, whatever their order. Two sets of a DAG with the same number are next to impossible (53 bits, well mixed)
 * and would do no harm but to make a plan a little worse.
 */
export function nameOf(tasks: Int32Array): number {
  let high = 0;
  let low = 0;
  for (let i = 0; i < tasks.length; i++) {
    const bits = mixed((tasks[i] as number) + 1);
    high = (high + bits) | 0;
    low = (low + mixed(bits ^ 0x5bd1e995)) | 0;
  }
  return (high >>> 0) * 2 ** 21 + (low & (2 ** 21 - 1));
}

/** MurmurHash3's finalizer. */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
