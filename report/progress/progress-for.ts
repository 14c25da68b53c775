import { coloursFor } from '../../diagnostics/colours.ts';
import { LiveProgress } from './live-progress.ts';
import { PlainProgress } from './plain-progress.ts';
import type { Progress } from './progress.ts';

/** A picture that moves on a terminal, lines elsewhere. */
export function progressFor(stream: NodeJS.WriteStream): Progress {
  if (stream.isTTY && !process.env.CI && process.env.TERM !== 'dumb')
    return new LiveProgress(stream, coloursFor(stream));
  return new PlainProgress((text) => stream.write(text));
}
