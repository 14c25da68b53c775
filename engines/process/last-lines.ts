/** Keeps the last lines of what a command prints, in the order in which they arrive; lines of its two streams are not mixed. */
export class LastLines {
  readonly #keep: number;
  readonly #onLine: ((line: string) => void) | undefined;
  #lines: string[] = [];
  /** Of each stream, the beginning of a line whose end has not come yet. */
  readonly #open = new Map<string, string>();

  constructor(keep: number, onLine?: (line: string) => void) {
    this.#keep = keep;
    this.#onLine = onLine;
  }

  add(stream: 'out' | 'err', text: string): void {
    const parts = ((this.#open.get(stream) ?? '') + text).split(/\r\n|\n|\r/);
    this.#open.set(stream, parts.pop()!);
    for (const line of parts) this.#onLine?.(line);
    this.#lines = [...this.#lines, ...parts].slice(-this.#keep);
  }

  lines(): string[] {
    return [...this.#lines, ...[...this.#open.values()].filter((line) => line !== '')].slice(-this.#keep);
  }
}
