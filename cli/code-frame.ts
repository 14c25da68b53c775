/** A line of a text, or of its lines, with a caret under the place, and a line before it for company. Lines and columns count from 1. */
export function codeFrame(text: string | readonly string[], line: number, column: number): string {
  const lines = typeof text === 'string' ? text.split('\n') : text;
  const width = String(line).length;
  const row = (number: number): string => {
    const { shown } = window(lines[number - 1] ?? '', column);
    return `  ${String(number).padStart(width)} │ ${shown}`;
  };
  const { shift } = window(lines[line - 1] ?? '', column);
  const caret = `  ${' '.repeat(width)} │ ${' '.repeat(column - 1 - shift)}^`;
  return [...(line > 1 ? [row(line - 1)] : []), row(line), caret].join('\n');
}

/** At most 100 characters around the column: a definition may be one line of a megabyte. */
const WIDTH = 100;
function window(text: string, column: number): { readonly shown: string; readonly shift: number } {
  const clean = text.replace(/\t/g, ' ').replace(/\r$/, '');
  const shift = column <= WIDTH ? 0 : column - WIDTH / 2;
  return { shown: clean.slice(shift, shift + WIDTH), shift };
}
