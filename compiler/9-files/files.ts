import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, PolicyDocument } from '../../manifest/manifest.ts';
import { jsonText } from '../6-emit/json-text.ts';
import type { Cleanup } from '../8-describe/cleanup.ts';

/** The files of `dist/<dag>/`, by name; the same DAG gives the same bytes. */
export type FileSet = ReadonlyMap<string, string>;

/** @param machine the state machine's text, as it was checked */
export function filesOf(
  machine: string,
  policy: PolicyDocument,
  manifest: Manifest,
  readme: string,
  cleanup: Cleanup | undefined,
): FileSet {
  return new Map([
    ['step_function.json', machine],
    ['policy.json', jsonText(policy)],
    ['manifest.json', jsonText(manifest, manifest.graph?.tasks)],
    ['README.md', readme],
    ...(cleanup === undefined
      ? []
      : ([
          ['cleanup.json', jsonText(cleanup.machine)],
          ['cleanup_policy.json', jsonText(cleanup.policy)],
        ] as const)),
  ]);
}

/** A difference between dist/ and what the DAGs say. */
export interface Difference {
  /** `<dag>/<file>`, or `<dag>` for a folder of a DAG that is no more. */
  readonly path: string;
  readonly kind: 'changed' | 'missing' | 'left over';
}

/** How dist/ differs from what it should be. `all`: these are all the DAGs there are, so that other folders are left over. */
export function compareDist(out: string, sets: ReadonlyMap<string, FileSet>, all: boolean): Difference[] {
  const differences: Difference[] = [];
  for (const [dag, files] of sets) {
    for (const [name, text] of files) {
      const there = read(join(out, dag, name));
      if (there !== text)
        differences.push({ path: `${dag}/${name}`, kind: there === undefined ? 'missing' : 'changed' });
    }
    for (const name of names(join(out, dag)))
      if (!files.has(name)) differences.push({ path: `${dag}/${name}`, kind: 'left over' });
  }
  // Only a folder that the compiler made is its own.
  const left = all ? names(out).filter((dag) => !sets.has(dag) && existsSync(join(out, dag, 'manifest.json'))) : [];
  return [...differences, ...left.map((path): Difference => ({ path, kind: 'left over' }))];
}

/** Makes dist/ what it should be, touching only what differs. A file is whole or not there: each is put in place by a rename. */
export function writeDist(out: string, sets: ReadonlyMap<string, FileSet>, all: boolean): Difference[] {
  const differences = compareDist(out, sets, all);
  const made = new Set<string>();
  for (const { path, kind } of differences) {
    if (kind === 'left over') {
      rmSync(join(out, path), { recursive: true });
      continue;
    }
    const [dag, name] = path.split('/') as [string, string];
    if (!made.has(dag)) mkdirSync(join(out, dag), { recursive: true });
    made.add(dag);
    const temporary = join(out, dag, `.${name}.${process.pid}`);
    writeFileSync(temporary, sets.get(dag)!.get(name) as string);
    renameSync(temporary, join(out, dag, name));
  }
  return differences;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function names(dir: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch {
    return [];
  }
}
