const DATE =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:T(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?(?<offset>Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * What is wrong with a text as a date of ISO 8601, `2026-01-31` or `2026-01-31T06:00:00+01:00`; undefined if it is one. A time without
 * an offset is read in the DAG's zone.
 */
export function dateFault(text: string): string | undefined {
  const parts = DATE.exec(text)?.groups;
  if (!parts) return 'is no date of ISO 8601';
  const [year, month, day, hour = 0, minute = 0, second = 0] = ['year', 'month', 'day', 'hour', 'minute', 'second'].map(
    (part) => (parts[part] === undefined ? undefined : Number(parts[part])),
  ) as [number, number, number, number?, number?, number?];
  if (month < 1 || month > 12) return `has a month ${parts.month}`;
  // Not by `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999: the year 0 is a leap year, 1900 is not one.
  const days = new Date(new Date(0).setUTCFullYear(year, month, 0)).getUTCDate();
  if (day < 1 || day > days) return `is a day that there is not: the month has ${days}`;
  if (hour > 23 || minute > 59 || second > 59) return 'has a time that no clock shows';
  const [, hours = '0', minutes = '0'] = /^[+-](\d{2}):(\d{2})$/.exec(parts.offset ?? '') ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return `has an offset that there is not, ${parts.offset}`;
  return undefined;
}

/** Whether the text of a date has an offset of its own; a day alone has none. */
export function hasOffset(text: string): boolean {
  return DATE.exec(text)?.groups?.offset !== undefined;
}

/** What is wrong with a text as the name of a time zone; undefined if it is one by IANA's name. */
export function zoneFault(name: string): string | undefined {
  if (name === 'UTC') return undefined;
  if (/^(utc|gmt)?\s*[+-]\s*\d/i.test(name)) return 'is an offset, which knows nothing of summer time';
  if (!name.includes('/')) return isZone(name) ? 'is an abbreviation' : 'is no time zone';
  if (!isZone(name)) return 'is no time zone';
  const exact = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase());
  return exact !== undefined && exact !== name ? `is written ${exact}` : undefined;
}

/** IANA's names, for the nearest one. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
