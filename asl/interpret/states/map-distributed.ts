import type { Json, JsonObject } from '../../json.ts';
import { uuidFrom } from '../../jsonata/index.ts';
import { LIMITS } from '../../limits.ts';
import type { MapState, States } from '../../types.ts';
import { type Flow, settled } from '../flow.ts';
import { createHistory } from '../history.ts';
import { languageOf } from '../languages/index.ts';
import { runPool } from '../pool.ts';
import type { Inside } from '../redrive/position.ts';
import { runStates } from '../run-states.ts';
import { Scope } from '../scope.ts';
import { ExecutionEnd, StateFailure } from '../state-failure.ts';
import { errorOf } from '../task-resource.ts';
import type { Run, Visit } from '../visit.ts';
import { type Item, wholeNumber } from './map.ts';
import { batches } from './map-batches.ts';

/**
 * Each item, or batch of items, is an execution of its own: it reads no variable of the machine's, and its events stand in a history
 * of its own. Failed ones are tolerated up to a threshold.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function* runDistributed(
  visit: Visit<MapState>,
  input: Json,
  items: readonly Item[],
  most: number,
  _inside: Inside | undefined,
): Flow<Json> {
  const { run, branch, state } = visit;
  const { history } = run;
  const tolerated = yield* tolerance(visit, input, items.length);
  const selected: Json[] = [];
  for (const item of items)
    selected.push((yield* settled(languageOf(visit).selectItem(visit, input, item))) ?? item.Value);
  const inputs = yield* batches(visit, input, selected);
  const mapRunArn = `${String(run.stateMachine.Id).replace(':stateMachine:', ':mapRun:')}/${state.Label ?? visit.name}:${uuidFrom(run.random)}`;
  history.record(branch.trail, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  const results: Json[] = new Array(inputs.length);
  let failedItems = 0;
  let ended = false;
  try {
    yield* runPool(
      run,
      inputs.length,
      Math.min(most || LIMITS.distributedConcurrency, LIMITS.distributedConcurrency),
      function* (at) {
        const child = inputs[at] as { readonly input: Json; readonly items: number };
        const result = yield* runChild(visit, child.input);
        if (result instanceof StateFailure) {
          failedItems += child.items;
          if (!tolerated(failedItems)) throw exceeded();
          results[at] = {
            Status: 'FAILED',
            ...(result.error !== undefined && { Error: result.error }),
            ...(result.cause !== undefined && { Cause: result.cause }),
          };
        } else {
          results[at] = result;
        }
        return branch.trail.last;
      },
      branch.trail.last,
    );
    ended = true;
  } catch (failure) {
    ended = true;
    if (!(failure instanceof StateFailure)) throw failure;
    history.record(branch.trail, 'MapRunFailed', { mapRunFailedEventDetails: errorOf(failure) });
    throw failure;
  } finally {
    if (!ended && !run.over) history.record(branch.trail, 'MapRunAborted');
  }
  history.record(branch.trail, 'MapRunSucceeded');
  return state.ResultWriter === undefined ? results : yield* written(visit, input, state.ResultWriter, mapRunArn);
}

function exceeded(): StateFailure {
  return new StateFailure(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

/** Whether so many failed items may be. Both thresholds hold where both are set; 0 counts as unset; without any, none may fail. */
function* tolerance(visit: Visit<MapState>, input: Json, items: number): Flow<(failed: number) => boolean> {
  const most = yield* wholeNumber(visit, input, 'ToleratedFailureCount');
  const field = languageOf(visit).field(visit, input, 'ToleratedFailurePercentage', 'number');
  const percentage = ((yield* settled(field)) ?? 0) as number;
  if (most === 0 && percentage === 0) return (failed) => failed === 0;
  return (failed) => (most === 0 || failed <= most) && (percentage === 0 || (100 * failed) / items <= percentage);
}

/** Runs one child execution; a failure is its answer, since the Map may tolerate it. */
function* runChild(visit: Visit<MapState>, input: Json): Flow<Json | StateFailure> {
  const { run: parent, state } = visit;
  const { scheduler, random } = parent;
  const processor = (state.ItemProcessor ?? state.Iterator) as NonNullable<MapState['ItemProcessor']>;
  const name = uuidFrom(random);
  const started = scheduler.clock.now();
  const run: Run = {
    ...parent,
    history: createHistory({
      clock: scheduler.clock,
      type: processor.ProcessorConfig?.ExecutionType ?? 'STANDARD',
      keep: false,
    }),
    execution: {
      ...parent.execution,
      Id: `${String(parent.stateMachine.Id).replace(':stateMachine:', ':execution:')}/${state.Label ?? visit.name}:${name}`,
      Input: input,
      Name: name,
      StartTime: new Date(started).toISOString(),
    },
  };
  try {
    return yield* runStates({ run, trail: { last: 0 }, scope: new Scope() }, processor as States, input);
  } catch (error) {
    if (error instanceof StateFailure) return error;
    if (error instanceof ExecutionEnd) return new StateFailure(error.error, error.cause);
    throw error;
  }
}

/** What the Map answers in place of its results where these go to S3. */
function* written(visit: Visit<MapState>, input: Json, writer: JsonObject, mapRunArn: string): Flow<Json> {
  const { Arguments, Parameters } = (yield* settled(
    languageOf(visit).compute(visit, input, writer, 'ResultWriter'),
  )) as JsonObject;
  const { Bucket = '', Prefix = '' } = (Arguments ?? Parameters ?? {}) as { Bucket?: string; Prefix?: string };
  const id = mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1);
  return {
    MapRunArn: mapRunArn,
    ResultWriterDetails: { Bucket, Key: `${Prefix === '' ? '' : `${Prefix}/`}${id}/manifest.json` },
  };
}
