import type { Json, JsonObject } from '../../json/value.ts';
import type { MapState, Parallel } from '../../language/types.ts';
import type { Flow } from '../flow.ts';
import type { Probe, Step } from '../probe.ts';
import { StateFailure } from '../state-failure.ts';
import { Batcher } from '../states/distributed/batches.ts';
import { selectedOf } from '../states/distributed/children.ts';
import { Ledger } from '../states/distributed/ledger.ts';
import { exceeded } from '../states/map-distributed.ts';
import { type Items, percentage, wholeNumber } from '../states/map-items.ts';
import type { Outcome, Visit } from '../visit.ts';
import { type InspectionData, invalid, type TestStateRequest } from './request.ts';
import type { Subject } from './subject.ts';
import type { Texts } from './texts.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A failure after which the state would be tried again. */
export class WouldRetry {
  readonly failure: StateFailure;

  constructor(failure: StateFailure) {
    this.failure = failure;
  }
}

/** Sees the state under test run, and keeps what TestState answers of it. */
export class Inspection implements Probe {
  readonly data: Writable<InspectionData> = {};
  readonly retried: number;
  caughtFailure: StateFailure | undefined;
  outcome: Outcome | undefined;
  readonly #request: TestStateRequest;
  readonly #subject: Subject;
  readonly #texts: Texts;
  readonly #unshown: ReadonlySet<Step>;

  constructor(request: TestStateRequest, subject: Subject, texts: Texts) {
    this.#request = request;
    this.#subject = subject;
    this.#texts = texts;
    this.#unshown = unshown(subject);
    this.retried = request.stateConfiguration?.retrierRetryCount ?? 0;
    this.data.input = JSON.stringify(texts.input);
  }

  saw(step: Step, value: Json): void {
    if (!this.#unshown.has(step)) this.data[step] = JSON.stringify(value);
  }

  /**
   * A context that the request gives is left as it is; the item alone that a selector asks for is the iteration's own. Without one, a
   * state within a Map is in its first iteration, with its input as the item.
   */
  context(made: JsonObject): JsonObject {
    const given = this.#texts.context;
    if (given !== undefined) return made.Map === undefined ? given : { ...given, Map: made.Map };
    return this.#subject.inMap ? { Map: { Item: { Index: 0, Value: this.#texts.input } }, ...made } : made;
  }

  branches(_visit: Visit<Parallel>): Json {
    return this.mocked();
  }

  iterations = (visit: Visit<MapState>, input: Json, items: Items, most: number): Flow<Json> =>
    mapInstead(this, this.#request.stateConfiguration?.mapIterationFailureCount ?? 0, visit, input, items, most);

  retry(at: number, milliseconds: number, failure: StateFailure): never {
    // The API has whole seconds.
    this.data.errorDetails = { retryIndex: at, retryBackoffIntervalSeconds: Math.floor(milliseconds / 1000) };
    throw new WouldRetry(failure);
  }

  spent(at: number): void {
    this.data.errorDetails = { retryIndex: at };
  }

  caught(at: number, failure: StateFailure): void {
    this.data.errorDetails = { ...this.data.errorDetails, catchIndex: at };
    this.caughtFailure = failure;
  }

  left(outcome: Outcome): void {
    this.outcome = outcome;
  }

  /** The mocked result; fails with the mocked error. */
  mocked(): Json {
    const { errorOutput } = this.#request.mock ?? {};
    if (errorOutput !== undefined) throw new StateFailure(errorOutput.error, errorOutput.cause);
    return this.#texts.result as Json;
  }
}

const PASS_WITH_RESULT: ReadonlySet<Step> = new Set(['afterInputPath']);
const NOTHING: ReadonlySet<Step> = new Set();
const INSIDE_MOCKED: ReadonlySet<Step> = new Set(['result']);

/** The steps that the API does not show of a state, although they are taken. */
function unshown({ state, machine }: Subject): ReadonlySet<Step> {
  const jsonata = (state.QueryLanguage ?? machine.QueryLanguage) === 'JSONata';
  if (state.Type === 'Pass' && !jsonata && state.Result !== undefined) return PASS_WITH_RESULT;
  // What stands for the work inside is the output there, without a step before it.
  return jsonata && (state.Type === 'Map' || state.Type === 'Parallel') ? INSIDE_MOCKED : NOTHING;
}

/** Nobody is told of this one. */
const NO_RUN = { mapRunArn: '', executionArn: '', startDate: 0, redriveCount: 0, post: () => undefined };

/** What a Map does around its iterations, without them: selects and batches the items, and counts the failures given. */
function* mapInstead(
  inspection: Inspection,
  failures: number,
  visit: Visit<MapState>,
  input: Json,
  items: Items,
  most: number,
): Flow<Json> {
  const { data } = inspection;
  const { state } = visit;
  if (failures > items.length)
    throw invalid('stateConfiguration.mapIterationFailureCount must not exceed the number of items of the Map.');
  const selected = yield* selectedOf(visit, input, items);
  if (state.ItemSelector !== undefined || state.Parameters !== undefined)
    data.afterItemSelector = JSON.stringify(selected);
  const batcher = yield* Batcher.of(visit, input);
  if (batcher !== undefined)
    data.afterItemBatcher = JSON.stringify([...batcher.all(selected)].map((batch) => batch.input));
  const settings = {
    maxConcurrency: most,
    toleratedFailureCount: yield* wholeNumber(visit, input, 'ToleratedFailureCount'),
    toleratedFailurePercentage: yield* percentage(visit, input),
  };
  const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = settings;
  const setsCount = isSet(state, 'ToleratedFailureCount');
  const setsPercentage = isSet(state, 'ToleratedFailurePercentage');
  Object.assign(data, {
    maxConcurrency,
    // JSONPath's has its default.
    ...((setsCount || visit.language === 'JSONPath') && { toleratedFailureCount }),
    ...(setsPercentage && { toleratedFailurePercentage }),
  });
  if (!setsCount && !setsPercentage) return inspection.mocked();
  const ledger = new Ledger({ ...settings, ...NO_RUN });
  ledger.add('failed', failures);
  ledger.add('succeeded', items.length - failures);
  if (ledger.exceeded()) throw exceeded();
  return inspection.mocked();
}

function isSet(state: MapState, field: 'ToleratedFailureCount' | 'ToleratedFailurePercentage'): boolean {
  return state[field] !== undefined || state[`${field}Path`] !== undefined;
}
