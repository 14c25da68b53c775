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
  const all = [...known];
  const [near] = all
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, far: difference(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far);
  if (near) return near.candidate;
  const begin = name.toLowerCase().replace(/s$/, '');
  const longer = all.filter((candidate) => begin.length >= 4 && candidate.toLowerCase().startsWith(begin));
  return longer.length === 1 ? longer[0] : undefined;
}

/** The edit distance; two letters exchanged count as one edit. */
function difference(a: string, b: string): number {
  const at = [...a].findIndex((letter, place) => letter !== b[place]);
  const exchanged =
    a.length === b.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return at >= 0 && exchanged ? 1 : distance(a, b);
}
