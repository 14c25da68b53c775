import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

/** Files of the project that comments and documents name exist: a file that moves takes its mentions along. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const sources = files.filter(
  (file) => /\.(?:ts|md)$/.test(file) && !/^(?:dist|test|docs\/diagnostics|templates|examples)\/|^CHANGELOG/.test(file),
);
/** Names that stand for any file in examples. */
const EXAMPLES = ['dag.ts', 'ratings.ts', 'sales.ts', 'service.ts', 'engine.ts', 'logs.ts'];

function namesIn(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    // A file that is deleted and not yet committed.
    return [];
  }
  const lines = text.split('\n').filter((line) => !file.endsWith('.ts') || /^\s*(?:\/?\*|\/\/)/.test(line));
  const found = lines.flatMap((line) => [...line.matchAll(/(?<![\w@./-])((?:[\w-]+\/)*[\w-]+\.ts)\b/g)]);
  return found.map(([, name = '']) => name).filter((name) => !EXAMPLES.includes(name.split('/').at(-1)!));
}

test('every file that a comment or a document names exists', () => {
  const named = sources.flatMap((source) => namesIn(source).map((name) => ({ source, name })));
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter(({ name }) => !files.some((file) => file === name || file.endsWith(`/${name}`)));
  expect(missing).toEqual([]);
});
