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

/** Two units at most, and no more exact than people read it: `2h`, `9m 30s`, `1.5s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${Math.round(ms / 100) / 10}s`;
  const whole = Math.round(ms / 1000) * 1000;
  const first = UNITS.findIndex(([size]) => whole >= size);
  const [size, name] = UNITS[first] as (typeof UNITS)[number];
  const [smaller, smallerName] = UNITS[first + 1] ?? [size, name];
  const rounded = Math.round(whole / smaller) * smaller;
  if (first > 0 && rounded >= UNITS[first - 1]![0]) return duration(rounded);
  if (rounded % size === 0) return `${rounded / size}${name}`;
  return `${Math.floor(rounded / size)}${name} ${(rounded % size) / smaller}${smallerName}`;
}
