import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** What figures were taken on: the processor, Node's version, and those of packages. */
export function measuredOn(...packages: readonly string[]): string {
  const [first] = cpus();
  const versions = packages.map((name) => {
    const { version } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  return `${[`Node ${process.version}`, ...versions, `${cpus().length} × ${first?.model}`].join(', ')}.`;
}
