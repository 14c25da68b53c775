import { IANAZone } from 'luxon';
import type { Manifest } from '../manifest/manifest.ts';

/** The scheduling options of a DAG. */
export type Scheduled = Pick<Manifest, 'schedule' | 'timezone' | 'startDate' | 'endDate'>;

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The zone in which a DAG's schedule is read, by IANA's name. */
export function zoneOf({ timezone = 'UTC' }: Scheduled): string {
  return timezone;
}

/** The first and the last moment at which a DAG may be due, in milliseconds since the epoch. */
export function windowOf(of: Scheduled): { readonly start?: number; readonly end?: number } {
  const zone = zoneOf(of);
  return {
    ...(of.startDate !== undefined && { start: momentOf(of.startDate, zone) }),
    ...(of.endDate !== undefined && { end: momentOf(of.endDate, zone) }),
  };
}

/** A date of ISO 8601 as a moment: in the zone, where it has no offset of its own. */
function momentOf(text: string, zone: string): number {
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+)?$/.test(text)) return Date.parse(text);
  const wall = Date.parse(text.includes('T') ? `${text}Z` : text);
  return onClock(wall, zoneNamed(zone)).at(-1)!;
}

/**
 * The moments at which a clock on the wall shows a time, given as if it were UTC: mostly one; two where clocks go back; where they go
 * forward over it, the one that is so much later.
 */
export function onClock(wall: number, zone: IANAZone): number[] {
  const moments = momentsOf(wall, zone);
  return moments.length > 0 ? moments : [wall - zone.offset(wall - DAY) * MINUTE];
}

/** The same, with none where the time does not exist. */
export function momentsOf(wall: number, zone: IANAZone): number[] {
  const offsets = new Set([zone.offset(wall - DAY) * MINUTE, zone.offset(wall + DAY) * MINUTE]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((moment) => moment + zone.offset(moment) * MINUTE === wall)
    .sort((a, b) => a - b);
}

/** @throws RangeError if there is no such zone */
export function zoneNamed(name: string): IANAZone {
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new RangeError(`"${name}" is no time zone`);
  return zone;
}
