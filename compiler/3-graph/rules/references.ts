import { statSync } from 'node:fs';
import {
  BUILT_IN_ENV,
  describeTarget,
  isFunctionName,
  projectRoot,
  type Template,
} from '../../../authoring/internal.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import { assetFile } from '../../../packaging/own-files.ts';
import type { GraphRule } from './index.ts';

/** What a task reads belongs to its own DAG and exists there. */
export const references: GraphRule = ({ model, tasks }) =>
  [...tasks.values()].flatMap(({ model: task, reads }) =>
    reads.flatMap((target) => {
      const at = { task: task.id, place: task.place };
      const reference = describeTarget(target);
      const [first = '', second = ''] = target.path;
      const foreign = diagnose('DAG016', { reference, dag: model.id }, at);
      if (target.kind === 'env') {
        const isBuiltIn = (BUILT_IN_ENV as readonly string[]).includes(first) || isFunctionName(first);
        return isBuiltIn || Object.hasOwn(model.env, first) ? [] : [foreign];
      }
      if (target.kind === 'param') return Object.hasOwn(model.params, first) ? [] : [foreign];
      if (target.kind !== 'output') return [];
      if (first !== model.id) return [foreign];
      return tasks.has(second) ? [] : [diagnose('DAG017', { task: task.id, reference }, at)];
    }),
  );

/** The files that tasks need are in the project. */
export const assets: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, template } }) =>
    filesOf(template)
      .filter((path) => !isFile(assetFile(path, projectRoot())))
      .map((path) => diagnose('DAG020', { task: id, path }, { task: id, place })),
  );

/** The files of the project that a template names. */
function filesOf(template: Template | undefined): readonly string[] {
  const { assets = [], code, jobCode } = template ?? {};
  const sources = [code?.source, jobCode?.source].filter((source) => source?.kind === 'python');
  return [...assets, ...sources.map((source) => source!.file)];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Also a name that no file can have.
    return false;
  }
}
