/** A line of a result as Athena writes it: every value in quotes, NULL as nothing at all. */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(',')}\n`;
}

/** Reads such a text; a field without quotes that is empty is NULL. */
export function parseCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    let value: string | null = null;
    if (text[at] === '"') {
      let end = at + 1;
      while (text[end] !== '"' || text[end + 1] === '"') {
        if (end >= text.length) throw new Error('a quote is not closed');
        end += text[end] === '"' ? 2 : 1;
      }
      value = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = text.slice(at).search(/[,\n]/);
      const bare = end < 0 ? text.slice(at) : text.slice(at, at + end);
      value = bare === '' ? null : bare;
      at += bare.length;
    }
    row.push(value);
    if (text[at] !== ',') {
      rows.push(row);
      row = [];
    } else if (at + 1 === text.length || text[at + 1] === '\n') {
      // A last NULL leaves nothing behind its comma.
      rows.push([...row, null]);
      row = [];
      at++;
    }
    at++;
  }
  return rows;
}
