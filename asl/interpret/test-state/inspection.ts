import type { Json, JsonObject } from '../../json.ts';
import type { MapState, Parallel } from '../../types.ts';
import type { Flow } from '../flow.ts';
import type { Probe, Step } from '../probe.ts';
import { StateFailure } from '../state-failure.ts';
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

  constructor(request: TestStateRequest, subject: Subject, texts: Texts) {
    this.#request = request;
    this.#subject = subject;
    this.#texts = texts;
    this.retried = request.stateConfiguration?.retrierRetryCount ?? 0;
    this.data.input = JSON.stringify(texts.input);
  }

  saw(step: Step, value: Json): void {
    this.data[step] = JSON.stringify(value);
  }

  /**
   * What the request gives goes before what an execution would have; a state within a Map is in its first iteration, with its input
   * as the item.
   */
  context(made: JsonObject): JsonObject {
    const given = this.#texts.context ?? {};
    const item = this.#subject.inMap ? { Map: { Item: { Index: 0, Value: this.#texts.input } } } : {};
    const context: { [name: string]: Json } = { ...item, ...made };
    for (const [name, value] of Object.entries(given)) {
      const ours = context[name];
      const both = isObject(value) && isObject(ours);
      // The item that a selector asks for is the iteration's own.
      if (name === 'Map' && made.Map !== undefined) continue;
      context[name] = both ? { ...ours, ...value } : value;
    }
    return context;
  }

  branches(_visit: Visit<Parallel>): Json {
    return this.mocked();
  }

  iterations = (visit: Visit<MapState>, input: Json, items: readonly JsonObject[], most: number): Flow<Json> =>
    mapInstead(this, this.#request.stateConfiguration?.mapIterationFailureCount ?? 0, visit, input, items, most);

  retry(at: number, milliseconds: number, failure: StateFailure): never {
    // The API has whole seconds.
    this.data.errorDetails = { retryIndex: at, retryBackoffIntervalSeconds: Math.floor(milliseconds / 1000) };
    throw new WouldRetry(failure);
  }

  caught(at: number, failure: StateFailure): void {
    this.data.errorDetails = { catchIndex: at };
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

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
