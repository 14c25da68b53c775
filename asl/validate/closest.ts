import { distance } from 'fastest-levenshtein';

/** The candidate most like a word, for "did you mean"; nothing where none is near enough. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  // A name this long is no slip of the pen, and comparing it would cost its square.
  if (word.length > 100) return undefined;
  const small = word.toLowerCase();
  let best: string | undefined;
  let least = Math.min(3, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= least) continue;
    const far = distance(small, candidate.toLowerCase());
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
}
