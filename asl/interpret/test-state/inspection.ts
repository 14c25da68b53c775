import type { Json, JsonObject } from '../../json.ts';
import type { MapState, Parallel } from '../../types.ts';
import type { Flow } from '../flow.ts';
import type { Probe, Step } from '../probe.ts';
import { StateFailure } from '../state-failure.ts';
import type { Item } from '../states/map-items.ts';
import type { Outcome, Visit } from '../visit.ts';
import type { Subject } from './find-state.ts';
import { mapInstead } from './map-instead.ts';
import type { Texts } from './read-texts.ts';
import type { InspectionData, TestStateRequest } from './types.ts';

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

  iterations = (visit: Visit<MapState>, input: Json, items: readonly Item[], most: number): Flow<Json> =>
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
