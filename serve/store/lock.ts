import { diagnose, Stop } from '../../diagnostics/index.ts';
import { ownFolder } from '../../project/lock.ts';

/** Takes a data folder for this server; a second one is refused with the number of the first. Answers what releases it. */
export async function lockData(folder: string): Promise<() => Promise<void>> {
  const about = { since: new Date().toISOString() };
  const { release } = await ownFolder(
    folder,
    'serve.lock.json',
    about,
    ({ pid, since }) => new Stop(diagnose('SRV001', { pid, since, folder }), 1),
  );
  return release;
}
