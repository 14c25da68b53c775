import { distance } from 'fastest-levenshtein';

/** `Did you mean "lake"? ` where a known name is close to the one given, else nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = known
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  return near[0] ? `Did you mean "${near[0].candidate}"? ` : '';
}
