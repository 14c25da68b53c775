import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A call of a function, as the runtime is told of it. */
export interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly arn: string;
  /** Unix milliseconds. */
  readonly deadline: number;
}

/** What came of a call: what the function returned, or its error, as the runtime writes it; both as JSON. */
export type Outcome = { readonly answer: string } | { readonly error: string };

/**
 * The Runtime API of one process that runs a function: it asks for calls and answers them. Any client of the API can run there, AWS's own
 * too.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #server: Server;
  /** The request for the next call, where the process waits for one. */
  #asking: ServerResponse | undefined;
  #pending: { readonly invocation: Invocation; readonly done: (outcome: Outcome) => void } | undefined;
  #broken: Outcome | undefined;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    // A runtime answers on the connection on which it asked, however long its function takes.
    this.#server.keepAliveTimeout = 0;
  }

  static async start(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  /** `127.0.0.1:49152`, as the variable AWS_LAMBDA_RUNTIME_API has it. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Whether the process has asked for a call, and so has begun well. */
  get isReady(): boolean {
    return this.#asking !== undefined;
  }

  /** Hands a call to the process. Where it could not begin, its error is what comes of the call. */
  invoke(invocation: Invocation): Promise<Outcome> {
    return new Promise((done) => {
      this.#pending = { invocation, done };
      if (this.#broken !== undefined) this.#end(this.#broken);
      else this.#hand();
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #hand(): void {
    if (this.#asking === undefined || this.#pending === undefined) return;
    const { id, event, arn, deadline } = this.#pending.invocation;
    this.#asking.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(deadline),
      'Lambda-Runtime-Invoked-Function-Arn': arn,
    });
    this.#asking.end(event);
    this.#asking = undefined;
  }

  #end(outcome: Outcome): void {
    this.#pending?.done(outcome);
    this.#pending = undefined;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, what, id, end] =
      /^\/2018-06-01\/runtime\/(invocation|init)\/([^/]+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    if (request.method === 'GET' && what === 'invocation' && id === 'next') {
      this.#asking = response;
      this.#hand();
      return;
    }
    const body = (await buffer(request)).toString('utf8');
    response.writeHead(202, { 'Content-Type': 'application/json' });
    response.end('{"status":"OK"}');
    if (what === 'init') {
      this.#broken = { error: body };
      this.#end(this.#broken);
    } else if (decodeURIComponent(id ?? '') === this.#pending?.invocation.id)
      this.#end(end === 'response' ? { answer: body } : { error: body });
  }
}
