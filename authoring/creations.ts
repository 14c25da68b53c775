import type { Place } from '../diagnostics/index.ts';
import { outermostCallSite } from './place.ts';
import { isReference } from './reference.ts';

/**
 * The DAGs and templates that a DAG file creates while it is loaded, so that the loader can warn about a DAG which no file exports and
 * about a template which no task uses; and the folders that are read for it, so that the loader knows when to run it again.
 */

/** A DAG that a file created. */
export interface CreatedDag {
  readonly id: string;
  readonly dag: object;
  readonly place: Place;
}

/** A template that a file created. */
export interface CreatedTemplate {
  readonly kind: string;
  /** The user's statement that led to it. */
  readonly place: Place;
  /** Whether a task has it, or another template that a task has. */
  isUsed: boolean;
}

let dags: CreatedDag[] = [];
let folders = new Set<string>();
let templates: CreatedTemplate[] = [];

/** How each template is marked as used. */
const usages = new WeakMap<object, () => void>();

/** How deep `markUsedWithin` looks: `defaultArgs: { callbacks: [template] }`. */
const USAGE_DEPTH = 3;

/** Records that a DAG was created. */
export function recordDag(dag: { readonly id: string }, place: Place | undefined): void {
  if (place !== undefined) dags.push({ id: dag.id, dag, place });
}

/** Every DAG that was created since the last call. */
export function takeCreatedDags(): readonly CreatedDag[] {
  const taken = dags;
  dags = [];
  return taken;
}

/** Records that a template was created; the function that it returns marks the template as used. */
export function recordTemplate(kind: string): () => void {
  const place = outermostCallSite();
  if (place === undefined) return () => {};
  const one: CreatedTemplate = { kind, place, isUsed: false };
  templates.push(one);
  return () => {
    one.isUsed = true;
  };
}

/** Every template that was created since the last call. */
export function takeCreatedTemplates(): readonly CreatedTemplate[] {
  const taken = templates;
  templates = [];
  return taken;
}

/** Sets what `markUsed` does for a template. */
export function onUse(template: object, use: () => void): void {
  usages.set(template, use);
}

/** Marks a template as used; any other object is ignored. */
export function markUsed(template: object): void {
  usages.get(template)?.();
}

/** Marks every template in a value that a diagnostic already rejects, so that the user does not also get a warning about it. */
export function markUsedWithin(given: unknown, depth = 0): void {
  if (typeof given !== 'object' || given === null || isReference(given) || depth > USAGE_DEPTH) return;
  markUsed(given);
  try {
    if (!Array.isArray(given) && Object.getPrototypeOf(given) !== Object.prototype) return;
    for (const inner of Object.values(given)) markUsedWithin(inner, depth + 1);
  } catch {
    // What cannot be read holds no template.
  }
}

/** Records that a folder was read, whatever was found in it. */
export function recordFolder(folder: string): void {
  folders.add(folder);
}

/** Every folder that was read since the last call. */
export function takeReadFolders(): ReadonlySet<string> {
  const taken = folders;
  folders = new Set();
  return taken;
}
