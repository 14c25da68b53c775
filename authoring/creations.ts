import type { Place } from '../diagnostics/index.ts';
import { type CreatedTemplate, currentLoading } from './loading.ts';
import { outermostCallSite } from './place.ts';
import { isReference } from './reference.ts';

/**
 * The DAGs and templates that a DAG file creates while it is loaded, so that the compiler can warn about a DAG which no file exports and
 * about a template which no task uses.
 */

/** How each template is marked as used. */
const usages = new WeakMap<object, () => void>();

/** How deep `markUsedWithin` looks: `defaultArgs: { callbacks: [template] }`. */
const USAGE_DEPTH = 3;

/** Records that a DAG was created. */
export function recordDag(dag: { readonly id: string }, place: Place | undefined): void {
  if (place !== undefined) currentLoading().evaluation?.dags.push({ id: dag.id, dag, place });
}

/** Records that a template was created; the function that it returns marks the template as used. */
export function recordTemplate(kind: string): () => void {
  const { evaluation } = currentLoading();
  const unusedAt = evaluation && outermostCallSite();
  if (unusedAt === undefined) return () => {};
  const one: CreatedTemplate = { kind, unusedAt };
  evaluation?.templates.push(one);
  return () => {
    one.unusedAt = undefined;
  };
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
