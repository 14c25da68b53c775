/** Keeps the last lines of a text that arrives in pieces. */
export class LastLines {
  readonly #keep: number;
  readonly #onLine: ((line: string) => void) | undefined;
  #lines: string[] = [];
  #open = '';

  constructor(keep: number, onLine?: (line: string) => void) {
    this.#keep = keep;
    this.#onLine = onLine;
  }

  add(text: string): void {
    const parts = (this.#open + text).split(/\r\n|\n|\r/);
    this.#open = parts.pop()!;
    for (const line of parts) this.#onLine?.(line);
    this.#lines = [...this.#lines, ...parts].slice(-this.#keep);
  }

  lines(): string[] {
    return this.#open === '' ? this.#lines : [...this.#lines, this.#open].slice(-this.#keep);
  }
}
