import type { Json } from '../json/value.ts';

/** The text is no JSON list. What is wrong, and where, only a reader of the whole text can tell. */
export class NoJsonList extends Error {}

const [QUOTE, BACKSLASH, COMMA] = ['"', '\\', ','].map((char) => char.charCodeAt(0)) as [number, number, number];
const OPENING = new Set(['[', '{'].map((char) => char.charCodeAt(0)));
const CLOSING = new Set([']', '}'].map((char) => char.charCodeAt(0)));

/**
 * Reads the items of a JSON list that comes in pieces. It only looks for the commas between items; what stands between two of them is
 * given to `JSON.parse`, many items at a time.
 */
export class JsonListReader {
  /** Of the list: what has not been parsed. */
  #rest = '';
  /** How far `#rest` has been looked at. */
  #seen = 0;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  #state: 'before' | 'within' | 'after' = 'before';
  /** An item must follow: there was a comma. */
  #expects = false;

  /**
   * The items that end in this piece.
   * @throws NoJsonList
   */
  read(piece: string, last: boolean): Json[] {
    this.#rest += piece;
    if (this.#state === 'before' && !this.#open()) {
      if (last) throw new NoJsonList();
      return [];
    }
    const items = this.#state === 'within' ? this.#items() : [];
    if (this.#state === 'after' && !isBlank(this.#rest)) throw new NoJsonList();
    if (last && this.#state !== 'after') throw new NoJsonList();
    return items;
  }

  #open(): boolean {
    this.#rest = this.#rest.replace(/^[ \t\r\n]+/, '');
    if (this.#rest === '') return false;
    if (!this.#rest.startsWith('[')) throw new NoJsonList();
    this.#rest = this.#rest.slice(1);
    this.#state = 'within';
    return true;
  }

  #items(): Json[] {
    const end = this.#look();
    if (end.close !== undefined) {
      const text = this.#rest.slice(0, end.close);
      const isEmpty = isBlank(text);
      if (isEmpty && this.#expects) throw new NoJsonList();
      this.#rest = this.#rest.slice(end.close + 1);
      this.#state = 'after';
      return isEmpty ? [] : parse(text);
    }
    if (end.comma === undefined) return [];
    const text = this.#rest.slice(0, end.comma);
    if (isBlank(text)) throw new NoJsonList();
    const items = parse(text);
    this.#rest = this.#rest.slice(end.comma + 1);
    this.#seen -= end.comma + 1;
    this.#expects = true;
    return items;
  }

  /** The last comma between items, and the bracket that closes the list, in what has come. */
  #look(): { comma: number | undefined; close: number | undefined } {
    const text = this.#rest;
    let comma: number | undefined;
    for (let at = this.#seen; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (this.#inText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (char === BACKSLASH) this.#isEscaped = true;
        else if (char === QUOTE) this.#inText = false;
      } else if (char === QUOTE) this.#inText = true;
      else if (OPENING.has(char)) this.#depth++;
      else if (CLOSING.has(char)) {
        if (this.#depth === 0) {
          if (text[at] !== ']') throw new NoJsonList();
          return { comma, close: at };
        }
        this.#depth--;
      } else if (char === COMMA && this.#depth === 0) comma = at;
    }
    this.#seen = text.length;
    return { comma, close: undefined };
  }
}

/** Nothing but what JSON takes for white space, which is less than what `trim` does. */
function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}

function parse(items: string): Json[] {
  try {
    return JSON.parse(`[${items}]`) as Json[];
  } catch {
    throw new NoJsonList();
  }
}
