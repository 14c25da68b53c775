import { isFilledLater } from '../draft.ts';
import type { Rule } from '../rule.ts';

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
  // Not by `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999: the year 0 is a leap year, 1900 is none.
  const days = new Date(new Date(0).setUTCFullYear(year, month, 0)).getUTCDate();
  if (day < 1 || day > days) return `that month has no day ${day}`;
  if (hour > 23 || minute > 59 || second > 60) return 'there is no such time of day';
  return offsetHour > 23 || offsetMinute > 59 ? 'there is no such offset' : undefined;
}

/** AWS: "String does not match RFC3339 timestamp". */
export const timestamps: Rule = {
  purpose: "A Wait's Timestamp is one.",
  check({ states }, report) {
    for (const { json, path, type, language } of states) {
      const { Timestamp } = json;
      if (type !== 'Wait' || typeof Timestamp !== 'string' || isFilledLater(Timestamp)) continue;
      if (language === 'JSONata' && Timestamp.startsWith('{%')) continue;
      const detail = timestampFault(Timestamp);
      if (detail !== undefined) report('ASL016', { value: Timestamp, detail }, `${path}/Timestamp`);
    }
  },
};

/** https://states-language.net/spec.html#task-state: a heartbeat "MUST be smaller than the TimeoutSeconds". */
export const timeouts: Rule = {
  purpose: 'A heartbeat comes before the timeout.',
  check({ states }, report) {
    for (const { json, path, name } of states) {
      const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = json;
      if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
        report('ASL017', { what: `The state "${name}"`, heartbeat, timeout }, `${path}/HeartbeatSeconds`);
    }
  },
};
