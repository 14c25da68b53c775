import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../asl/json/value.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { validate } from '../../asl/validate/validate.ts';
import { executionName } from '../../aws/names.ts';
import { inPartition } from '../../aws/partition.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Manifest, ManifestGraph } from '../../manifest/manifest.ts';
import type { Operation } from '../operation.ts';
import { compileResume, type Resume } from './compile-resume.ts';
import { filledValues } from './deployed-values.ts';
import { type DatedRun, findResumable, liveDefinition, readRun, unreadable } from './past-run.ts';
import { canRedrive } from './start.ts';

export interface ResumeRequest {
  /** The folder of compiled DAGs. */
  readonly dist: string;
  /** Default: the latest. */
  readonly execution?: string;
  readonly from?: string;
}

/** What is going to happen. */
export type Resuming = {
  readonly run: DatedRun;
  /** The tasks that run or are judged, in plan order. */
  readonly tasks: readonly string[];
  /** Setups among them that had succeeded. */
  readonly anew: readonly string[];
  /** The tasks that do not run again, in plan order. */
  readonly finished: readonly string[];
} /** The history is known up to the event `seen`. */ & (
  | { readonly how: 'redrive'; readonly seen: number }
  | { readonly how: 'machine'; readonly name: string; readonly definition: StateMachine; readonly input: Json }
);

/**
 * Looks at a run and decides how it goes on; nothing is changed here.
 *
 *     which run, and what it did (past-run.ts) ──────┐
 *     dist/ = what is live? (deployed-values.ts) ────┴▶ what remains, compiled (compile-resume.ts) ─▶ redrive, or its own machine
 *
 * @throws Stop if it cannot be resumed
 */
export async function planResume(operation: Operation, { dist, execution, from }: ResumeRequest): Promise<Resuming> {
  const manifest = withGraph(operation.manifest, dist);
  const { dag } = manifest;
  if (from !== undefined) knownTask(manifest, from);
  const run = await findResumable(operation, execution, from !== undefined);
  const { name, status } = run;
  const [past, live] = await Promise.all([readRun(operation, run), liveDefinition(operation)]);
  const { partition } = operation.place;
  const values = filledValues(inPartition(readDefinition(dist, dag), partition), live, {
    ...operation.place,
    machine: operation.names.machine,
    cleanup: operation.names.cleanup,
  });
  if (values === undefined) throw new Stop(diagnose('RES004', { dag, environment: operation.environment.name }));
  const fill = <T extends StateMachine | Json>(document: T): T =>
    inPartition(fillPlaceholders(document as Json, values), partition) as T;
  const resume = await compileResume(manifest, past, fill, from).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (resume.strangers.length > 0) throw new Stop(diagnose('RES005', { dag, name, tasks: resume.strangers }));
  const plan = { run, ...told(manifest, resume) };
  if (from === undefined && canRedrive(past, live, resume))
    return { ...plan, how: 'redrive', seen: past.events.at(-1)?.id ?? 0 };
  if (resume.missing.length > 0) throw new Stop(diagnose('RES006', { dag, name, tasks: resume.missing }));
  if (resume.definition === undefined) throw new Stop(diagnose('RES007', { dag, name, status }));
  checked(name, resume.definition);
  return {
    ...plan,
    how: 'machine',
    name: executionName(new Date(run.date), run.attempt + 1),
    definition: resume.definition,
    input: resume.input,
  };
}

function told({ tasks }: Manifest, { remaining }: Resume): Pick<Resuming, 'tasks' | 'anew' | 'finished'> {
  const ids = tasks.map(({ id }) => id);
  return {
    tasks: ids.filter((id) => remaining.tasks.has(id)),
    anew: remaining.anew,
    finished: ids.filter((id) => remaining.given.get(id) === 'success'),
  };
}

function withGraph(manifest: Manifest, dist: string): Manifest & { readonly graph: ManifestGraph } {
  const { dag, graph } = manifest;
  if (graph?.graphVersion !== 1) throw new Stop(diagnose('RES010', { dag, file: join(dist, dag, 'manifest.json') }));
  return { ...manifest, graph };
}

function knownTask({ dag, tasks }: Manifest, task: string): void {
  const known = tasks.map(({ id }) => id);
  if (!known.includes(task)) throw new Stop(diagnose('OPS014', { dag, task, known }));
}

function readDefinition(dist: string, dag: string): Json {
  const file = join(dist, dag, 'step_function.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new Stop(diagnose('RUN002', { file, detail: (error as Error).message }));
  }
}

/** What the compiler promises of every machine. */
function checked(name: string, definition: StateMachine): void {
  const text = JSON.stringify(definition);
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.definitionBytes)
    throw new Stop(diagnose('RES011', { name, bytes, limit: LIMITS.definitionBytes }));
  const errors = validate(text).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  const findings = errors.map(({ code, path, message }) => `${code} at ${path}: ${message}`).join('; ');
  throw new Stop(diagnose('DAG030', { task: name, findings }));
}
