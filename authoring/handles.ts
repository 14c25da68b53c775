import type { AnyTask } from './task.ts';
import type { Template } from './template.ts';

/** What a handle was given out for: by it a handle is told from what only looks like one. */
export interface Placing {
  readonly kind: 'task' | 'group';
  /** What runs the task, where a template does. */
  readonly template?: Template | undefined;
}

const handles = new WeakMap<object, Placing>();

export function registerHandle(handle: object, placing: Placing): void {
  handles.set(handle, placing);
}

/** What was placed with the handle, in whichever DAG; undefined for anything else. */
export function placingOf(value: unknown): Placing | undefined {
  return typeof value === 'object' && value !== null ? handles.get(value) : undefined;
}

export function isTaskHandle(value: unknown): value is AnyTask {
  return placingOf(value)?.kind === 'task';
}
