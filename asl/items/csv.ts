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
export function* parseCsv(text: string, delimiter: string): Generator<string[]> {
  let record: string[] = [];
  let field = '';
  let quoted = false;
  // Whether the field, or the record, has begun: a line with nothing in it is no record.
  let begun = false;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\\') {
      const next = text[at + 1];
      if (next === '\\' || next === '"' || next === delimiter) {
        field += next;
        at++;
      }
      begun = true;
    } else if (char === '"') {
      if (text[at + 1] === '"' && (quoted || field !== '' || !opensQuoted(text, at, delimiter))) {
        field += '"';
        at++;
      } else if (quoted) quoted = false;
      else if (field === '') quoted = true;
      else field += '"';
      begun = true;
    } else if (!quoted && char === delimiter) {
      record.push(field);
      field = '';
      begun = true;
    } else if (!quoted && (char === '\n' || (char === '\r' && text[at + 1] === '\n'))) {
      if (char === '\r') at++;
      if (begun) yield [...record, field];
      record = [];
      field = '';
      begun = false;
    } else {
      field += char;
      begun = true;
    }
  }
  if (begun) yield [...record, field];
}

/** Whether `""` at the start of a field is an empty quoted field, not a repeated quotation mark. */
function opensQuoted(text: string, at: number, delimiter: string): boolean {
  const after = text[at + 2];
  return after === undefined || after === delimiter || after === '\n' || after === '\r';
}
