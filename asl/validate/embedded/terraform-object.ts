import { type Part, placeholdersOf } from '../../placeholders/index.ts';

/**
 * The JSON that an object of Terraform's language becomes, as `jsonencode` makes it, in pieces; what Terraform has to
 * evaluate is a placeholder. Undefined where it is no object, or has something in it that cannot be read.
 *
 * @param from where the object begins
 */
export function objectParts(text: string, from: number): readonly Part[] | undefined {
  const reader = new Reader(text, from);
  try {
    reader.value(0);
  } catch (error) {
    // Brackets of an expression may be nested deeper than the stack is.
    if (error instanceof Unreadable || error instanceof RangeError) return undefined;
    throw error;
  }
  return reader.parts[0]?.text === '{' ? reader.parts : undefined;
}

class Unreadable extends Error {}

/** Nothing that a person wrote is nested deeper. */
const MAX_DEPTH = 100;
const BLANKS = /(?:[ \t\r]|\/\*[\s\S]*?\*\/)*/y;
const BLANKS_AND_LINES = /(?:\s|,|#.*|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
const LITERAL = /(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)\b/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const FOR = /[{[]\s*for\b/y;
const HEREDOC = /<<[-~]?(\w+)[ \t]*\r?\n([\s\S]*?)\n[ \t]*\1[ \t\r]*(?=\n|$)/y;
/** What follows a value that is whole. */
const END = /[,\n}\])#]|\/\/|$/y;

class Reader {
  readonly parts: Part[] = [];
  private readonly text: string;
  private at: number;

  constructor(text: string, from: number) {
    this.text = text;
    this.at = from;
  }

  value(depth: number): void {
    this.match(BLANKS_AND_LINES);
    const start = this.at;
    const before = this.parts.length;
    if (depth > MAX_DEPTH) throw new Unreadable();
    if (this.primary(depth)) {
      this.match(BLANKS);
      if (this.looksAt(END)) return;
    }
    // A part of something larger: an operator or an index follows it.
    this.parts.length = before;
    this.at = start;
    this.expression();
  }

  private primary(depth: number): boolean {
    const c = this.text[this.at];
    if (this.looksAt(FOR)) return false;
    if (c === '{') this.list('}', () => this.member(depth));
    else if (c === '[') this.list(']', () => this.value(depth + 1));
    else if (c === '"') {
      const start = this.at;
      this.string();
      const text = this.text.slice(start, this.at);
      // "${x}" and nothing else in it is x, of whatever type.
      const [whole] = placeholdersOf(text);
      const isWhole = whole?.start === 1 && whole.end === text.length - 1 && text.startsWith('"${');
      this.add(isWhole ? '${…}' : text, start, isWhole);
    } else {
      const start = this.at;
      const heredoc = this.match(HEREDOC);
      if (heredoc !== undefined) this.add(JSON.stringify(heredoc[2]), start, true);
      else {
        const literal = this.match(LITERAL);
        if (literal === undefined) return false;
        this.add(literal[0], start);
      }
    }
    return true;
  }

  private list(close: '}' | ']', item: () => void): void {
    this.add(this.text[this.at]!, this.at++);
    for (let first = true; ; first = false) {
      this.match(BLANKS_AND_LINES);
      if (this.at >= this.text.length) throw new Unreadable();
      if (this.text[this.at] === close) break;
      if (!first) this.add(',', this.at);
      item();
    }
    this.add(close, this.at++);
  }

  private member(depth: number): void {
    const start = this.at;
    const name = this.match(NAME);
    if (name !== undefined) this.add(`"${name[0]}"`, start);
    else if (this.text[start] === '"') {
      this.string();
      this.add(this.text.slice(start, this.at), start);
    } else if (this.text[start] === '(') {
      this.balanced();
      this.add('"${…}"', start, true);
    } else throw new Unreadable();
    this.match(BLANKS);
    if (!'=:'.includes(this.text[this.at] ?? ' ')) throw new Unreadable();
    this.add(':', this.at++);
    this.value(depth + 1);
  }

  /** To the end of whatever it is: a comma, a line or a bracket that is not its own. */
  private expression(): void {
    const start = this.at;
    while (this.at < this.text.length && !',\n}])'.includes(this.text[this.at]!)) this.balanced();
    if (this.at === start) throw new Unreadable();
    this.add('${…}', start, true);
  }

  /** One character, or a text or a pair of brackets with all that is in it. */
  private balanced(): void {
    const close = { '(': ')', '[': ']', '{': '}' }[this.text[this.at]!];
    if (this.text[this.at] === '"') this.string();
    else if (close === undefined) this.at++;
    else {
      this.at++;
      while (this.at < this.text.length && this.text[this.at] !== close) this.balanced();
      this.at++;
    }
  }

  /** A text, with whatever stands in its `${…}`. */
  private string(): void {
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length || this.text[this.at] === '\n') throw new Unreadable();
      if (this.text[this.at] === '\\') this.at++;
      else if (/[$%]\{/.test(this.text.slice(this.at, this.at + 2)) && this.text[this.at - 1] !== this.text[this.at]) {
        this.at++;
        this.balanced();
        this.at--;
      }
    }
    this.at++;
  }

  private add(text: string, at: number, called = false): void {
    this.parts.push({ text, at: `/${at}`, called, substituted: false });
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  private looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }
}
