import { createHash } from 'node:crypto';

/** A version 3 UUID: always the same for the same names. So does the service name children and Maps without a label. */
export function nameUuid(...names: readonly (string | number)[]): string {
  const hex = createHash('md5').update(names.join('\n')).digest('hex');
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  // Joined, not concatenated: the engine keeps a concatenation as a tree of its parts, and a Map run has a name for each of its children.
  return [hex.slice(0, 8), hex.slice(8, 12), `3${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  );
}
