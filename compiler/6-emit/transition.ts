import { SUCCESS } from '../../airflow/end-state.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { endsAt } from '../5-outcomes/certainty.ts';
import type { Edge, Scope, Target } from '../5-outcomes/outcomes.ts';
import { within } from '../5-outcomes/outcomes.ts';
import { FIRST_FAILURE } from '../5-outcomes/semantics.ts';
import { type Emission, mayBeRecorded } from './emission.ts';
import { computed, literal } from './jsonata-text.ts';
import { fieldText } from './resolve.ts';
import { CHECK, FAIL, SUCCEED } from './state-names.ts';

/** Where an edge starts, as far as that decides how the edge is written. */
export interface Source {
  readonly scope: Scope;
  /** Whether the state can end by itself: a Catch and a Choice rule need a state to go to. */
  readonly canEnd: boolean;
  /** How an output is read that is not in a variable yet: of the task itself, or out of a Parallel's branches. */
  readonly fresh?: (task: string) => { readonly text: string; readonly json?: Json } | undefined;
  /** Of a Parallel: its branches, whose records its result brings. */
  readonly branches?: readonly Scope[];
  /** Of a branch that computes what it chooses: the choice, and for each task that it decides the choices that let it run. */
  readonly choice?: { readonly chosen: string; readonly lets: (task: string) => readonly string[] };
  /** Of a Parallel that a failure stopped: its name, in place of the task that failed. */
  readonly parallel?: string;
  /** What is recorded of a failure that no state raised. */
  readonly failure?: { readonly error: string; readonly cause: string };
}

export interface Transition {
  readonly Assign?: JsonObject;
  readonly Output?: Json;
  readonly Next?: string;
  readonly End?: true;
}

/** An edge as the fields of the state, the Catch or the Choice rule that it starts at. */
export function transition(e: Emission, edge: Edge, source: Source): Transition {
  const target = edge.target as Target;
  if (target.to === 'exit') {
    const Output = branchOutput(e, edge, source);
    return source.canEnd ? { Output, End: true } : { Output, Next: e.names.exitOf(source.scope) };
  }
  const records = newRecords(e, edge, source);
  const Assign = records === undefined ? {} : { Assign: { [e.names.listOf(source.scope.path)]: records } };
  if (target.to === 'succeed') return source.canEnd ? { ...Assign, End: true } : { ...Assign, Next: SUCCEED };
  return { ...Assign, Next: nameOf(e, target) };
}

/** An edge of a Catch or a Choice rule: it leads to a state, at the end of a scope too. */
export function toState(
  e: Emission,
  edge: Edge,
  source: Omit<Source, 'canEnd'>,
): Omit<Transition, 'End' | 'Next'> & { readonly Next: string } {
  const { Next, ...rest } = transition(e, edge, { ...source, canEnd: false });
  return { ...rest, Next: Next as string };
}

/** The state of a target. */
export function nameOf(e: Emission, target: Target): string {
  switch (target.to) {
    case 'guard':
      return e.names.guardOf(target.item);
    case 'state':
      return target.item.kind === 'task' ? entryOf(e, target.item.id) : e.names.of(target.item);
    case 'fail':
      return FAIL;
    case 'check':
      return CHECK;
    default:
      return SUCCEED;
  }
}

/** The first state of a task. */
export function entryOf(e: Emission, task: string): string {
  return e.isWrapped(task) ? task : e.names.stepOf(task, e.fragmentOf(task).start);
}

/** What leaves a branch on an edge out of it: its records, and the outputs that somebody outside reads. Never more. */
function branchOutput(e: Emission, edge: Edge, source: Source): Json {
  const { path } = source.scope;
  const records =
    newRecords(e, edge, source) ?? (hadRecords(e, edge, source) ? computed(`[$${e.names.listOf(path)}]`) : undefined);
  const outputs: { [variable: string]: Json } = {};
  for (const task of e.outputs.leaving(path)) {
    const ends = endsAt(e.outcomes, edge.known, task);
    if (!(ends & SUCCESS)) continue;
    const field = e.outputs.carriedAs(task);
    const fresh = source.fresh?.(task);
    // A task's own result can stand as JSON, field by field.
    if (ends === SUCCESS && fresh?.json !== undefined) {
      outputs[field] = fresh.json;
      continue;
    }
    const value = fresh?.text ?? narrowed(e, task, path);
    outputs[field] = computed(ends === SUCCESS ? value : `$exists(${value}) ? ${value} : null`);
  }
  return { ...(records !== undefined && { ended: records }), ...outputs };
}

/** What somebody outside of a branch reads of an output that is in a variable of it. */
function narrowed(e: Emission, task: string, branch: readonly number[]): string {
  const variable = `$${e.outputs.seenFrom(branch, task)}`;
  const parts = e.outputs.partsBeyond(task, branch);
  if (parts === 'whole') return variable;
  const held = e.outputs.partsHeld(task, branch);
  return held !== 'whole' && String(parts.names) === String(held.names) ? variable : objectText(parts.names, variable);
}

/** Some fields of a value as an object, in JSONata: what is not there is left out. */
export function objectText(fields: readonly string[], value: string): string {
  return `{${fields.map((field) => `${literal(field)}: ${value}${fieldText(field)}`).join(', ')}}`;
}

/** The list of records as it is after this edge, where the edge adds to it. */
function newRecords(e: Emission, edge: Edge, source: Source): Json | undefined {
  const own = edge.ended
    .filter(({ task, state }) => e.outcomes.isRecorded(task, state))
    .map(({ task, state }) => ({ task: task === FIRST_FAILURE ? (source.parallel as string) : task, state }));
  const results =
    source.branches !== undefined && mayBeRecorded(e, edge.known, (_, path) => isIn(path, source.branches));
  if (own.length === 0 && !results) return undefined;
  const had = hadRecords(e, edge, source);
  const error = source.failure ? literal(source.failure.error) : errorText(e, own);
  const cause = source.failure ? literal(source.failure.cause) : CAUSE;
  if (!had && !results && !source.choice) {
    const plain = source.failure ?? { error: computed(error), cause: computed(cause) };
    return own.map(({ task, state }): { [field: string]: Json } =>
      state === 'failed' ? { task, state, ...plain } : { task, state },
    );
  }
  const texts = own.map(({ task, state }) => {
    const plain = `'task': ${literal(task)}, 'state': ${literal(state)}`;
    const record =
      state === 'failed'
        ? `{${plain}, 'error': ${error === ERROR_OF_CALLBACK ? `(${error})` : error}, 'cause': ${cause}}`
        : `{${plain}}`;
    if (!source.choice) return record;
    const lets = source.choice.lets(task).map((id) => `${literal(id)} in $chosen`);
    return `${lets.join(' or ')} ? [] : ${record}`;
  });
  const list = `[${[...(had ? [`$${e.names.listOf(source.scope.path)}`] : []), ...(results ? ['$states.result.ended'] : []), ...texts].join(', ')}]`;
  return computed(source.choice ? `($chosen := ${source.choice.chosen}; ${list})` : list);
}

const ERROR = '$states.errorOutput.Error';
/** Whoever sends a task token back as failed may leave the error out, and the machine's Fail state takes no null for one. */
const ERROR_OF_CALLBACK = `${ERROR} != null ? ${ERROR} : 'States.TaskFailed'`;

function errorText({ graph, fragmentOf }: Emission, ended: Edge['ended']): string {
  const states = ended.flatMap(({ task }) => (graph.tasks.has(task) ? Object.values(fragmentOf(task).states) : []));
  return states.some(({ Resource }) => typeof Resource === 'string' && Resource.endsWith('.waitForTaskToken'))
    ? ERROR_OF_CALLBACK
    : ERROR;
}

/** The cause may be missing, and undefined would break the Catch itself: joined to a text it is empty. */
const CAUSE = "$substring('' & $states.errorOutput.Cause, 0, 256)";

/** Whether the list can hold something before this edge adds to it. */
function hadRecords(e: Emission, edge: Edge, { scope, branches }: Source): boolean {
  const elsewhere = new Set(edge.ended.map(({ task }) => task));
  return mayBeRecorded(
    e,
    edge.known,
    (task, path) => !elsewhere.has(task) && within(path, scope.path) && !isIn(path, branches),
    // What was recorded before the branch began stands in the list around it.
    e.endedWithin(scope),
  );
}

function isIn(path: readonly number[], branches: readonly Scope[] = []): boolean {
  return branches.some((branch) => within(path, branch.path));
}
