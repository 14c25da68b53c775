import type { Place } from '../diagnostics/index.ts';

/** A DAG that a file made while it was loaded. */
export interface MadeDag {
  readonly id: string;
  readonly dag: object;
  readonly place: Place;
}

let made: MadeDag[] = [];

/** Takes down that a DAG was made: one that its file does not export is warned of. */
export function madeDag(dag: { readonly id: string }, place: Place | undefined): void {
  if (place !== undefined) made.push({ id: dag.id, dag, place });
}

/** Every DAG that was made since the last call. */
export function takeMadeDags(): readonly MadeDag[] {
  const taken = made;
  made = [];
  return taken;
}
