import { appendFile } from 'node:fs/promises';
import type { RunEvent } from './event.ts';

/** Where events go: a file that they are added to, a line each, or an address that takes them. */
export type Destination =
  | { readonly kind: 'file'; readonly file: string }
  | {
      readonly kind: 'url';
      /** The whole address of the endpoint. */
      readonly url: string;
      /** Sent as a bearer token. */
      readonly apiKey?: string;
    };

/** What became of the events. */
export interface Delivered {
  readonly events: number;
  /** How many of them did not get where they should, and the first reason. */
  readonly failed?: { readonly events: number; readonly why: string };
}

/** In milliseconds: how long an address may take for one event, and the end of a run for those that are still on their way. */
const LIMITS = { answer: 5_000, flush: 15_000 };
/** After so many events in a row that were not delivered, no further one is tried. */
const PATIENCE = 3;

/**
 * Delivers events in the order in which they come, while the run goes on. Nothing that goes wrong with it is an error of the run: what
 * did not arrive is counted, and every event stands in the run's own file as well.
 */
export class Outbox {
  readonly #copy: string;
  readonly #to: Destination;
  readonly #limits: typeof LIMITS;
  #turn: Promise<void> = Promise.resolve();
  #events = 0;
  #delivered = 0;
  #inARow = 0;
  #why: string | undefined;
  readonly #over = new AbortController();

  /** @param copy the run's own file */
  constructor(copy: string, to: Destination, limits = LIMITS) {
    this.#copy = copy;
    this.#to = to;
    this.#limits = limits;
  }

  send(event: RunEvent): void {
    this.#events++;
    const line = JSON.stringify(event);
    this.#turn = this.#turn.then(() => this.#deliver(line));
  }

  /** Waits for what is on its way, for a while. */
  async close(): Promise<Delivered> {
    const timer = setTimeout(() => this.#over.abort(new Error('the run had ended')), this.#limits.flush);
    await this.#turn;
    clearTimeout(timer);
    const failed = this.#events - this.#delivered;
    return {
      events: this.#events,
      ...(failed > 0 && { failed: { events: failed, why: this.#why ?? 'it was not tried' } }),
    };
  }

  async #deliver(line: string): Promise<void> {
    try {
      await appendFile(this.#copy, `${line}\n`);
      if (this.#inARow >= PATIENCE || this.#over.signal.aborted) return;
      if (this.#to.kind === 'file') await appendFile(this.#to.file, `${line}\n`);
      else await post(this.#to, line, AbortSignal.any([AbortSignal.timeout(this.#limits.answer), this.#over.signal]));
      this.#delivered++;
      this.#inARow = 0;
    } catch (error) {
      this.#inARow++;
      this.#why ??= reasonOf(error as Error);
    }
  }
}

/** Redirects are not followed: the key is for this address alone. */
async function post(
  { url, apiKey }: Extract<Destination, { kind: 'url' }>,
  body: string,
  signal: AbortSignal,
): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) },
    body,
    redirect: 'manual',
    signal,
  });
  const text = (await answer.text()).split('\n')[0]!.trim().slice(0, 200);
  if (!answer.ok) throw new Error(`it answered ${answer.status}${text === '' ? '' : ` (${text})`}`);
}

function reasonOf(error: Error): string {
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)';
  if (code === 'ENOTFOUND') return 'there is no such host (ENOTFOUND)';
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}
