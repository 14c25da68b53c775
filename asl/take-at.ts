/** Where a text is read piece by piece: what a sticky pattern matches at a position, or undefined. Its length is how far it reaches. */
export function takeAt(text: string, at: number, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
