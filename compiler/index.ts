/** The compiler as a library: the package `dagwright/compiler`. */
import type { Dag } from '../authoring/index.ts';
import { type DagModel, MODEL, refuse, shown } from '../authoring/internal.ts';
import { type Compiled, compileModel } from './compile.ts';

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
} from '../manifest/manifest.ts';
export type { FileSet } from './9-files/files.ts';
export type { Compiled } from './compile.ts';

/**
 * Compiles a DAG that this process created. Nothing is written.
 *
 * @throws Stop with every diagnostic of the DAG, errors and warnings
 * @example
 * ```ts
 * const dag = new Dag('notify');
 * dag.task('send', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://sqs/q', MessageBody: 'hello' } }));
 * const { files } = compileDag(dag);
 * const machine = JSON.parse(String(files.get('step_function.json')));
 * ```
 */
export function compileDag(dag: Pick<Dag, 'id' | 'task' | 'logicalDate'>): Compiled {
  const model = modelOf(dag);
  if (model === undefined)
    refuse('DAG107', {
      call: 'compileDag(…)',
      argument: 'its argument',
      given: shown(dag),
      wanted: 'what `new Dag(…)` made',
    });
  return compileModel(model());
}

function modelOf(dag: unknown): (() => DagModel) | undefined {
  try {
    const model = (dag as { readonly [MODEL]?: () => DagModel } | null | undefined)?.[MODEL];
    return typeof model === 'function' ? () => model.call(dag) : undefined;
  } catch {
    return undefined;
  }
}
