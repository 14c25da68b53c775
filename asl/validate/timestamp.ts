const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/;

/**
 * What is wrong with a timestamp, or nothing.
 * @see https://states-language.net/spec.html#timestamps: RFC 3339 with a capital T and a capital Z.
 */
export function timestampFault(text: string): string | undefined {
  const parts = TIMESTAMP.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return 'it is not of the form 2026-03-14T01:59:00Z';
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12) return `there is no month ${month}`;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return `that month has no day ${day}`;
  if (hour > 23 || minute > 59 || second > 60) return 'there is no such time of day';
  return offsetHour > 23 || offsetMinute > 59 ? 'there is no such offset' : undefined;
}
