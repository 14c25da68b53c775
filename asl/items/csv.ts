/** The characters that `CSVDelimiter` names. */
export const DELIMITERS: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The records of a delimited text, as Step Functions reads them: quoted fields may hold delimiters and newlines, a quotation mark is kept
 * by repeating it (in fields without quotes too), and a backslash keeps a backslash, a quotation mark or the delimiter that follows it;
 * before anything else it is dropped. No library has both ways of escaping.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html
 */
export function parseCsv(text: string, delimiter: string): Generator<string[]> {
  return new CsvReader(delimiter).read(text, true);
}

/** So many characters after one tell what it means: the two after a quotation mark. */
const LOOKAHEAD = 2;

/** Reads the records of a delimited text that comes in pieces. */
export class CsvReader {
  readonly #delimiter: string;
  /** What was not read of the pieces before. */
  #rest = '';
  #record: string[] = [];
  #field = '';
  #quoted = false;
  /** Whether the field, or the record, has begun: a line with nothing in it is no record. */
  #begun = false;
  #isStart = true;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The records that end in this piece; of the last piece, all that are left. */
  *read(piece: string, last: boolean): Generator<string[]> {
    const text = this.#rest + piece;
    let at = 0;
    if (this.#isStart && text !== '') {
      if (text.startsWith('\uFEFF')) at = 1;
      this.#isStart = false;
    }
    const end = last ? text.length : text.length - LOOKAHEAD;
    for (; at < end; at++) {
      const char = text[at] as string;
      if (char === '\\') {
        const next = text[at + 1];
        if (next === '\\' || next === '"' || next === this.#delimiter) {
          this.#field += next;
          at++;
        }
        this.#begun = true;
      } else if (char === '"') {
        if (text[at + 1] === '"' && (this.#quoted || this.#field !== '' || !this.#opensQuoted(text, at))) {
          this.#field += '"';
          at++;
        } else if (this.#quoted) this.#quoted = false;
        else if (this.#field === '') this.#quoted = true;
        else this.#field += '"';
        this.#begun = true;
      } else if (!this.#quoted && char === this.#delimiter) {
        this.#record.push(this.#field);
        this.#field = '';
        this.#begun = true;
      } else if (!this.#quoted && (char === '\n' || (char === '\r' && text[at + 1] === '\n'))) {
        if (char === '\r') at++;
        const record = this.#end();
        if (record !== undefined) yield record;
      } else {
        this.#field += char;
        this.#begun = true;
      }
    }
    this.#rest = text.slice(at);
    const record = last ? this.#end() : undefined;
    if (record !== undefined) yield record;
  }

  #end(): string[] | undefined {
    const record = this.#begun ? [...this.#record, this.#field] : undefined;
    this.#record = [];
    this.#field = '';
    this.#begun = false;
    return record;
  }

  /** Whether `""` at the start of a field is an empty quoted field, not a repeated quotation mark. */
  #opensQuoted(text: string, at: number): boolean {
    const after = text[at + 2];
    return after === undefined || after === this.#delimiter || after === '\n' || after === '\r';
  }
}
