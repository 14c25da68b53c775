import { distance } from 'fastest-levenshtein';

/** The name that somebody may have meant: the one with the fewest edits, if they are few for its length. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  const ranked = names
    .map((name) => ({ name, edits: distance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0] !== undefined && ranked[0].edits <= most ? ranked[0].name : undefined;
}
