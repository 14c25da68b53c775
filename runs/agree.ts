import { createInterface } from 'node:readline/promises';
import { diagnose, Stop } from '../diagnostics/index.ts';

/**
 * Asks on the terminal.
 * @throws Stop where there is none
 */
export async function agree(question: string, what: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new Stop(diagnose('OPS012', { what }), 2);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} (y/N) `)).trim());
  } finally {
    prompt.close();
  }
}
