import type { Manifest } from '../../manifest/manifest.ts';
import type { FileSet } from './make-files.ts';
import { duration, names } from './markdown.ts';
import { type PictureBarrier, pictureOf } from './picture.ts';

/** The barriers of a compiled DAG, a line each: waiting that the plan added is never added silently. */
export function barrierReport(files: FileSet): string[] {
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  return pictureOf(manifest).barriers.map((barrier) => `barrier: ${barrierLine(barrier).replaceAll('`', '')}`);
}

/** The longest delays of a barrier that are named. */
const NAMED_DELAYS = 4;

/** What a barrier makes wait for what, and which tasks start how much later for it; in Markdown. */
export function barrierLine({ after, before, delays }: PictureBarrier): string {
  const late = delays.slice(0, NAMED_DELAYS).map(({ task, ms }) => `\`${task}\` by ${duration(ms)}`);
  const more = delays.length > NAMED_DELAYS ? ` and ${delays.length - NAMED_DELAYS} more by less` : '';
  const starts = late.length === 0 ? 'Nothing starts later for it.' : `Starting later: ${late.join(', ')}${more}.`;
  return `${names(before, 6)} ${before.length === 1 ? 'waits' : 'wait'} for ${names(after, 6)}. ${starts}`;
}
