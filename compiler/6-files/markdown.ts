/** A table; cells are one line each. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** Ids as code, at most so many of them. */
export function names(ids: readonly string[], most: number): string {
  const shown = ids.length > most ? ids.slice(0, most - 1) : ids;
  const rest = ids.length - shown.length;
  return `${shown.map((id) => `\`${id}\``).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
];

/** Two units at most: `2h`, `9m 30s`, `1.5s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms / 1000}s`;
  const first = UNITS.findIndex(([size]) => ms >= size);
  const [size, name] = UNITS[first] as (typeof UNITS)[number];
  const second = UNITS[first + 1];
  if (second === undefined) return `${Math.round(ms / 100) / 10}${name}`;
  const rounded = Math.round(ms / second[0]) * second[0];
  const rest = (rounded % size) / second[0];
  return `${Math.floor(rounded / size)}${name}${rest === 0 ? '' : ` ${rest}${second[1]}`}`;
}
