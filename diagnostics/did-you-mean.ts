import { distance } from 'fastest-levenshtein';

/** `Did you mean "lake"? ` where a known name is close to the one given, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? '' : `Did you mean "${near}"? `;
}

/** So many names are listed. */
const LISTED = 20;

/** The known names, the first of them where there are many. */
export function listed(names: readonly string[]): string {
  return `${names.slice(0, LISTED).join(', ')}${names.length > LISTED ? ` and ${names.length - LISTED} more` : ''}`;
}

/**
 * The known name that is closest to the one given, or the only one that it shortens (`params` for `parameters`).
 * @example
 * nearest('BackofRate', ['BackoffRate', 'MaxAttempts']); // 'BackoffRate'
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  // A name this long is no slip of the pen, and comparing it would cost its square.
  if (name.length > 100) return undefined;
  const most = Math.max(1, Math.floor(name.length / 3));
  const lower = name.toLowerCase();
  const all = [...known];
  const same = all.find((candidate) => candidate.toLowerCase() === lower);
  if (same !== undefined) return same;
  let near: string | undefined;
  let least = most + 1;
  for (const candidate of all) {
    if (Math.abs(candidate.length - name.length) > most) continue;
    const far = difference(lower, candidate.toLowerCase());
    if (far >= least) continue;
    near = candidate;
    least = far;
    // None is closer, of names that differ at all.
    if (far === 1) break;
  }
  if (near !== undefined) return near;
  const begin = lower.replace(/s$/, '');
  const longer = all.filter((candidate) => begin.length >= 4 && candidate.toLowerCase().startsWith(begin));
  return longer.length === 1 ? longer[0] : undefined;
}

/** The few known names that are closest to one that is close to none: by how little of the longer one is changed. */
export function nearestFew(name: string, known: readonly string[], most: number): string[] {
  const lower = name.slice(0, 100).toLowerCase();
  const far = (one: string) => difference(lower, one.toLowerCase()) / Math.max(lower.length, one.length);
  return known
    .map((one) => ({ one, far: far(one) }))
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one);
}

/** The edit distance; two letters exchanged count as one edit. */
function difference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const exchanged =
    a.length === b.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return at < a.length && exchanged ? 1 : distance(a, b);
}
