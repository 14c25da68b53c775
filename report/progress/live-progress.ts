import { createLogUpdate } from 'log-update';
import type { Colours } from '../../diagnostics/colours.ts';
import type { Note } from '../../engines/engine.ts';
import { duration } from '../words.ts';
import { FailureTeller, type Progress, type TaskProgress } from './progress.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** How often the picture moves, in milliseconds. */
const BEAT = 100;

/** The tasks as they stand, drawn anew on the same place of a terminal: what runs, how long, what waits and for what. */
export class LiveProgress implements Progress {
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #stream: NodeJS.WriteStream;
  readonly #colours: Colours;
  #timer: NodeJS.Timeout | undefined;
  readonly #failures = new FailureTeller();
  #frame = 0;
  #status = '';
  #statusSince = Date.now();
  #began = Date.now();
  #title = '';
  #tasks: () => readonly TaskProgress[] = () => [];

  constructor(stream: NodeJS.WriteStream, colours: Colours) {
    this.#draw = createLogUpdate(stream);
    this.#stream = stream;
    this.#colours = colours;
  }

  status(text: string): void {
    if (text.split(':')[0] !== this.#status.split(':')[0]) this.#statusSince = Date.now();
    this.#status = text;
    this.#beat();
  }

  begin(title: string): void {
    this.#status = '';
    this.#draw.clear();
    this.#title = title;
    this.#began = Date.now();
    this.#beat();
  }

  change(_task: TaskProgress, all: () => readonly TaskProgress[]): void {
    this.#tasks = all;
    this.#render();
  }

  note(note: Note): void {
    if (note.kind !== 'failure') return;
    // What stays on the screen scrolls above the picture.
    this.#draw.clear();
    const { red, dim } = this.#colours;
    const { title, lines } = this.#failures.tell(note);
    this.#stream.write(`${red('✖')} ${title}\n${lines.map((line) => `  ${dim('│')} ${line}\n`).join('')}`);
    this.#render();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#draw.clear();
    this.#draw.done();
  }

  #beat(): void {
    this.#timer ??= setInterval(() => {
      this.#frame = (this.#frame + 1) % FRAMES.length;
      this.#render();
    }, BEAT).unref();
    this.#render();
  }

  #render(): void {
    const { dim, cyan } = this.#colours;
    const spinner = cyan(FRAMES[this.#frame]!);
    if (this.#status !== '')
      return void this.#draw(`${spinner} ${this.#status} ${dim(duration(Date.now() - this.#statusSince))}`);
    this.#draw([`${this.#title} ${dim(duration(Date.now() - this.#began))}`, ...this.#lines()].join('\n'));
  }

  /** All tasks where they fit; else those that run or failed, then those that wait for the least, and how many there are of the others. */
  #lines(): string[] {
    const tasks = this.#tasks().filter(({ state }) => state !== 'left_out');
    const room = Math.max(5, (this.#stream.rows ?? 24) - 3);
    const width = Math.max(...tasks.map(({ task }) => task.length), 0);
    if (tasks.length <= room) return tasks.map((task) => this.#line(task, width));
    const urgent = tasks.filter(({ state }) => state === 'running' || state === 'failed');
    const waiting = tasks
      .filter(({ state }) => state === 'waiting')
      .sort((a, b) => a.waitsFor.length - b.waitsFor.length);
    const shown = new Set([...urgent, ...waiting].slice(0, room - 1));
    const count = (state: string) => tasks.filter((task) => task.state === state).length;
    const rest = `  ${count('success')} of ${tasks.length} done, ${count('waiting')} waiting`;
    return [...tasks.filter((task) => shown.has(task)).map((task) => this.#line(task, width)), this.#colours.dim(rest)];
  }

  #line({ task, state, since, until, waitsFor }: TaskProgress, width: number): string {
    const { dim, green, red, yellow, cyan } = this.#colours;
    const took = since === undefined ? '' : duration((until ?? Date.now()) - since);
    const said =
      state === 'waiting'
        ? `waits${waitsFor.length === 0 ? '' : ` for ${shorten(waitsFor)}`}`
        : state === 'running' || state === 'success'
          ? took
          : `${state} ${took}`;
    // A line that is broken in two would spoil the picture.
    const text = `${task.padEnd(width)}  ${said}`.slice(0, (this.#stream.columns ?? 80) - 3);
    if (state === 'waiting') return dim(`· ${text}`);
    const mark =
      state === 'running'
        ? cyan(FRAMES[this.#frame]!)
        : state === 'success'
          ? green('✔')
          : state === 'failed'
            ? red('✖')
            : yellow('○');
    return `${mark} ${text.slice(0, width)}${dim(text.slice(width))}`;
  }
}

function shorten(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
