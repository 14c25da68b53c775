export function rounded(value: number): number {
  return Math.round(value);
}
