const EXTENDED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Milliseconds since the epoch of an ISO 8601 date and time in extended format with an offset, as the service wants timestamps;
 * undefined for any other text. Fractions of a millisecond are cut.
 */
export function parseTimestamp(text: string): number | undefined {
  const found = EXTENDED.exec(text);
  if (found === null) return undefined;
  const offset = found[2] as string;
  const local = text.slice(0, 19);
  const whole = Date.parse(`${local}Z`);
  // A day or an hour that does not exist parses as a later one, or not at all.
  if (Number.isNaN(whole) || new Date(whole).toISOString().slice(0, 19) !== local) return undefined;
  const fraction = Math.trunc(Number(`0.${found[1] ?? 0}`) * 1000);
  return whole + fraction - offsetOf(offset);
}

function offsetOf(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000;
}

/** As the context object writes a moment: no fraction where there is none. */
export function isoTimestamp(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
