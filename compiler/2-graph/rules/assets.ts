import { statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../authoring/internal.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** The files that tasks need are in the project. */
export const assets: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, template } }) =>
    (template?.assets ?? [])
      .filter((path) => !statSync(join(projectRoot(), path), { throwIfNoEntry: false })?.isFile())
      .map((path) => diagnose('DAG020', { task: id, path }, { task: id, place })),
  );
