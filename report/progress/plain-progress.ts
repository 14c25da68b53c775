import { coloursFor } from '../../diagnostics/colours.ts';
import type { Note } from '../../engines/engine.ts';
import { duration } from '../words.ts';
import { LiveProgress } from './live-progress.ts';
import { FailureTeller, type Progress, type TaskProgress } from './progress.ts';

/** A line for each thing that happens: for logs, CI and whatever is no terminal. */
export class PlainProgress implements Progress {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  #began: number;
  #said = '';
  readonly #failures = new FailureTeller();

  constructor(write: (text: string) => void, now: () => number = Date.now) {
    this.#write = write;
    this.#now = now;
    this.#began = now();
  }

  status(text: string): void {
    // Of a long installation the first line is enough: the rest is what pip is at.
    const line = text.replace(/ \(once\): .*$/, ' (once)');
    if (line !== this.#said) this.#line(line);
    this.#said = line;
  }

  begin(title: string): void {
    this.#line(title);
    this.#began = this.#now();
  }

  change({ task, state, since, until, waitsFor }: TaskProgress, all: () => readonly TaskProgress[]): void {
    if (state === 'running') {
      const waiting = all().filter((other) => other.state === 'waiting' && other.waitsFor.includes(task));
      const who =
        waiting.length > 2
          ? `${waiting.length} tasks wait`
          : `${waiting.map((other) => other.task).join(' and ')} wait${waiting.length === 1 ? 's' : ''}`;
      this.#line(`${task} started${waiting.length > 0 ? `, ${who} for it` : ''}`);
    } else if (state !== 'waiting') {
      this.#line(
        `${task} ${state}${since !== undefined && until !== undefined ? ` in ${duration(until - since)}` : ''}${waitsFor.length > 0 ? `, waits for ${waitsFor.join(', ')}` : ''}`,
      );
    }
  }

  note(note: Note): void {
    if (note.kind !== 'failure') return;
    const { title, lines } = this.#failures.tell(note);
    this.#line(title);
    for (const line of lines) this.#write(`           | ${line}\n`);
  }

  end(): void {}

  #line(text: string): void {
    this.#write(`${duration(this.#now() - this.#began).padStart(10)} ${text}\n`);
  }
}

/** A picture that moves on a terminal, lines elsewhere. */
export function progressFor(stream: NodeJS.WriteStream): Progress {
  if (stream.isTTY && !process.env.CI && process.env.TERM !== 'dumb')
    return new LiveProgress(stream, coloursFor(stream));
  return new PlainProgress((text) => stream.write(text));
}
