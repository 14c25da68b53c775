import { diagnose, Stop } from '../diagnostics/index.ts';
import { ownFolder } from './owner-lock.ts';

/**
 * Takes the lake of a folder for one run. A second run while the owner lives is refused with its number and since when; the lock of a
 * process that is gone is taken over. Answers what releases it, and the run that was left unfinished so.
 */
export async function lockLake(
  root: string,
  run: { dag: string; run: string; since: string },
): Promise<{ unlock: () => Promise<void>; dead?: string }> {
  const refusal = ({ pid, since, dag }: typeof run & { pid: number }) =>
    new Stop(diagnose('RUN010', { pid, since, dag, root }), 1);
  const { release, dead } = await ownFolder(root, 'run.lock.json', run, refusal);
  return { unlock: release, ...(dead !== undefined && { dead: dead.run }) };
}
