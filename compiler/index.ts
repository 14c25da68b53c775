/** The compiler as a library: the package `dagwright/compiler`. */
import type { Dag } from '../authoring/index.ts';
import { type DagModel, MODEL } from '../authoring/internal.ts';
import { type Compiled, compileModel } from './compile.ts';

export type { FileSet } from './6-files/make-files.ts';
export type {
  Asset,
  EnvDeclaration,
  Manifest,
  ManifestBarrier,
  ManifestGroup,
  ManifestTask,
  ParamsSchema,
  PolicyDocument,
  PolicyStatement,
} from './6-files/manifest.ts';
export type { Compiled } from './compile.ts';

/**
 * Compiles a DAG that was made in this process; nothing is written.
 * @throws Stop with every diagnostic of the DAG
 */
export function compileDag(dag: Pick<Dag, 'id' | 'task' | 'logicalDate'>): Compiled {
  return compileModel((dag as unknown as { readonly [MODEL]: () => DagModel })[MODEL]());
}
