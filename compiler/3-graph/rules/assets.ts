import { statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../authoring/internal.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** The files that tasks need are in the project. */
export const assets: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, template } }) =>
    (template?.assets ?? [])
      .filter((path) => !isFile(join(projectRoot(), path)))
      .map((path) => diagnose('DAG020', { task: id, path }, { task: id, place })),
  );

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Also a name that no file can have.
    return false;
  }
}
