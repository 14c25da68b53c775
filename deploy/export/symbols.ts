/**
 * Texts that stand for a value which only whoever applies an export knows: the account, a variable of the module. They pass through
 * `desiredOf` as any value does, and are found again in what comes out. Their form is that of a bucket's name and of a role's.
 */
const FORM = /dagwright--(\d+)--value/;

/** A text in pieces: as it stands, and the names of what stands for something. */
export type Piece = { readonly text: string } | { readonly symbol: string };

export class Symbols {
  readonly #names: string[] = [];

  /** The text that stands for a name. */
  of(name: string): string {
    const known = this.#names.indexOf(name);
    return `dagwright--${known < 0 ? this.#names.push(name) - 1 : known}--value`;
  }

  piecesOf(text: string): Piece[] {
    return text
      .split(FORM)
      .map((part, i) => (i % 2 === 0 ? { text: part } : { symbol: this.#names[Number(part)]! }))
      .filter((piece) => !('text' in piece) || piece.text !== '');
  }

  /** The text as a template of the machine's own kind: `${name}`. */
  placeholders(text: string): string {
    return this.piecesOf(text)
      .map((piece) => ('text' in piece ? piece.text : `\${${piece.symbol}}`))
      .join('');
  }
}
