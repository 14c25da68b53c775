import { distance } from 'fastest-levenshtein';

/** `Did you mean "lake"? ` where a known name is close to the one given, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = known
    .map((candidate) => ({ candidate, far: difference(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  return near[0] ? `Did you mean "${near[0].candidate}"? ` : '';
}

/** The edit distance; two letters exchanged count as one edit. */
function difference(a: string, b: string): number {
  const at = [...a].findIndex((letter, place) => letter !== b[place]);
  const exchanged =
    a.length === b.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return at >= 0 && exchanged ? 1 : distance(a, b);
}
