import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import type { StateMachine } from '../../asl/types.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { type PictureOptions, pictureOf } from './picture.ts';

/** Writes the picture of a run to a file. */
export async function writePicture(
  file: string,
  machine: StateMachine,
  history: readonly HistoryEvent[],
  options: PictureOptions,
): Promise<void> {
  const page = await pictureOf(machine, history, options);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, page);
  } catch (error) {
    throw new Stop(diagnose('CLI005', { file, detail: (error as Error).message }), 3);
  }
}
