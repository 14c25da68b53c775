/**
 * A text with insertions, none of which has a line break: a place in the result is led back to the place in the text without a source map.
 */
export class Insertions {
  private readonly text: string;
  private readonly opening = new Map<number, string>();
  private readonly closing = new Map<number, string>();
  private readonly blanks: { readonly start: number; readonly end: number }[] = [];
  private edits: readonly { readonly offset: number; readonly inserted: string }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Leaves a part out: spaces stand in its place, so that what is behind it stays where it was. */
  blank({ start, end }: { readonly start: number; readonly end: number }): void {
    this.blanks.push({ start, end });
  }

  get isEmpty(): boolean {
    return this.opening.size === 0 && this.closing.size === 0;
  }

  /** Puts a text before and one after a part; of two parts that begin or end at one offset, the one that is wrapped later is the outer one. */
  wrap({ start, end }: { readonly start: number; readonly end: number }, before: string, after: string): void {
    this.opening.set(start, before + (this.opening.get(start) ?? ''));
    this.closing.set(end, (this.closing.get(end) ?? '') + after);
  }

  /** The text with everything that was inserted, and a first part before all of it. */
  result(first: string): string {
    const offsets = [...new Set([...this.opening.keys(), ...this.closing.keys()])].sort((a, b) => a - b);
    const edits = offsets.map((offset) => ({
      offset,
      inserted: (this.closing.get(offset) ?? '') + (this.opening.get(offset) ?? ''),
    }));
    this.edits = [{ offset: 0, inserted: first }, ...edits];
    let text = this.text;
    for (const { start, end } of this.blanks)
      text = text.slice(0, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ') + text.slice(end);
    let result = '';
    let from = 0;
    for (const { offset, inserted } of this.edits) {
      result += text.slice(from, offset) + inserted;
      from = offset;
    }
    return result + text.slice(from);
  }

  /**
   * From a column of the result to the column of the text on the same line, both from 0. What was inserted leads to where it was inserted.
   * @param lineStart the offset in the text at which the line begins
   * @param lineEnd the offset at which the next one begins
   */
  originalColumn(lineStart: number, lineEnd: number, column: number): number {
    let ahead = 0;
    for (const { offset, inserted } of this.edits) {
      if (offset < lineStart) continue;
      const at = offset - lineStart + ahead;
      if (offset >= lineEnd || at > column) break;
      if (column < at + inserted.length) return offset - lineStart;
      ahead += inserted.length;
    }
    return column - ahead;
  }
}
