import type { Place } from '../diagnostics/index.ts';
import { outermostCallSite } from './place.ts';
import { isReference } from './reference.ts';

/** A template that a DAG file made while it was loaded. */
export interface MadeTemplate {
  readonly kind: string;
  /** The statement of the user's that led to it. */
  readonly place: Place;
  /** Whether a task has it, or another template that a task has. */
  isUsed: boolean;
}

let made: MadeTemplate[] = [];

/** What marks a template as used. */
const uses = new WeakMap<object, () => void>();

/** A task was placed with it. */
export function templatePlaced(template: object): void {
  uses.get(template)?.();
}

/** Something that a user gave is told to be at fault: that no task has the templates in it is not told besides. */
export function templatesTold(given: unknown, depth = 0): void {
  if (typeof given !== 'object' || given === null || isReference(given) || depth > DEEPEST_TOLD) return;
  templatePlaced(given);
  try {
    if (!Array.isArray(given) && Object.getPrototypeOf(given) !== Object.prototype) return;
    for (const inner of Object.values(given)) templatesTold(inner, depth + 1);
  } catch {
    // What cannot be read holds no template that could be told of.
  }
}

/** `defaultArgs: { callbacks: [template] }`. */
const DEEPEST_TOLD = 3;

export function onTemplatePlaced(template: object, use: () => void): void {
  uses.set(template, use);
}

/** Takes down that a template was made; what it answers is called when the template does something. */
export function madeTemplate(kind: string): () => void {
  const place = outermostCallSite();
  if (place === undefined) return () => {};
  const one: MadeTemplate = { kind, place, isUsed: false };
  made.push(one);
  return () => {
    one.isUsed = true;
  };
}

/** Every template that was made since the last call. */
export function takeMadeTemplates(): readonly MadeTemplate[] {
  const taken = made;
  made = [];
  return taken;
}
