import { rounded } from './lib/rounded.ts';

/** There was nothing to score. */
export class NothingToDo extends Error {}

export async function score(input: { rows: number; day: string }): Promise<{ kept: number; day: string }> {
  if (input.rows === 0) throw new NothingToDo('no rows');
  return { kept: rounded(input.rows - 0.4), day: input.day };
}

export function other(): string {
  return 'what nobody calls';
}
