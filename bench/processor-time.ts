/**
 * Seconds of processor time that this process has taken, the garbage collector's threads included: what is measured by it is the same
 * on a machine that does other things as well.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
