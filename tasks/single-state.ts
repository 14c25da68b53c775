import type { Fragment } from '../authoring/internal.ts';

/** The fragment of a task that is one Task state. */
export function singleState(resource: string, args: unknown): Fragment {
  return { start: '', states: { '': { Type: 'Task', Resource: resource, Arguments: args, End: true } } };
}
