import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../asl/json/value.ts';
import { packageRoot } from '../../packaging/own-files.ts';
import type { Log, ProcessGroups } from '../process/process-groups.ts';
import { RuntimeApi } from './runtime-api.ts';

/** A function of the DAG with its code on this machine. */
export interface LocalFunction {
  /** Of its version, as the machine names it. */
  readonly arn: string;
  readonly name: string;
  /** `nodejs22.x`, `python3.13`: what it runs on at AWS. */
  readonly runtime: string;
  /** As the service names the function in its code: `index.handler`. */
  readonly handler: string;
  /** In MB. */
  readonly memory: number;
  readonly timeoutSeconds: number;
  /** The folder of its code. */
  readonly folder: string;
  /** The program that runs it, and what goes before the bootstrap. */
  readonly program: string;
  readonly args: readonly string[];
  /** Beside those that Lambda sets: its own, and the addresses of services on this machine. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What Lambda says of a call that it could not bring to its end, besides what the function says. */
export type Ended =
  | { readonly answer: Json }
  /** `cause` is what the runtime wrote, as JSON. */
  | { readonly error: string; readonly cause: string };

/** In bytes: what a call is given and what it answers. */
const MOST_PAYLOAD = 6_291_556;
/** How often the memory of a process is looked at, in milliseconds. */
const MEMORY_EVERY = 100;

/**
 * One execution environment of a function, as Lambda has them: a process that is started by the first call, and kept for later ones. It runs
 * one call at a time. A call that is late, or takes too much memory, ends the process.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class FunctionHost {
  readonly #function: LocalFunction;
  readonly #groups: ProcessGroups;
  readonly #api: RuntimeApi;
  readonly #child: ChildProcess;
  readonly #closed: Promise<number>;
  #isGone = false;
  #log: Log | undefined;
  /** Of what it printed, so far. */
  #chunks = 0;

  private constructor(one: LocalFunction, groups: ProcessGroups, api: RuntimeApi, env: NodeJS.ProcessEnv) {
    this.#function = one;
    this.#groups = groups;
    this.#api = api;
    const bootstrap = join(
      packageRoot(),
      `engines/functions/bootstrap.${one.runtime.startsWith('python') ? 'py' : 'mjs'}`,
    );
    const child = groups.start({
      program: one.program,
      args: [...one.args, bootstrap],
      cwd: one.folder,
      env: { ...variablesOf(one, env), AWS_LAMBDA_RUNTIME_API: api.address },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#chunks += 1;
        this.#log?.write(text);
      });
    this.#child = child;
    this.#closed = groups.closed(child).finally(() => {
      this.#isGone = true;
    });
    // A program that cannot be started is told by the call that waits for it.
    this.#closed.catch(() => {});
  }

  static async start(one: LocalFunction, groups: ProcessGroups, env: NodeJS.ProcessEnv): Promise<FunctionHost> {
    return new FunctionHost(one, groups, await RuntimeApi.start(), env);
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Whether the process has begun already: a call that starts one waits for it. */
  get isWarm(): boolean {
    return this.#api.isReady;
  }

  /**
   * Calls the function.
   * @param log where goes what it prints
   */
  async invoke(
    id: string,
    payload: Json,
    { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
  ): Promise<Ended> {
    const { arn, timeoutSeconds } = this.#function;
    const event = JSON.stringify(payload);
    if (Buffer.byteLength(event) > MOST_PAYLOAD)
      return {
        error: 'Lambda.RequestTooLargeException',
        cause: `Request must be smaller than ${MOST_PAYLOAD} bytes for the InvokeFunction operation`,
      };
    this.#log = log;
    const watch = new AbortController();
    const limit = timeoutSeconds * 1000;
    const ends = [
      this.#api
        .invoke({ id, event, arn, deadline: Date.now() + limit })
        .then((outcome): Ended => endedWith(outcome, id)),
      this.#exited(id),
      this.#late(id, limit, watch.signal),
      this.#tooLarge(id, watch.signal),
      aborted(signal, watch.signal),
    ];
    try {
      const ended = await Promise.race(ends);
      // A process that failed to begin, that was late or that grew too large is not called again.
      if ('error' in ended && !this.#api.isReady && !(await this.#comesBack())) await this.close();
      return ended;
    } finally {
      watch.abort();
      await this.#printed();
      this.#log = undefined;
    }
  }

  /** What it printed before it answered may be read after the answer is. */
  async #printed(): Promise<void> {
    for (let before = -1; before !== this.#chunks; ) {
      before = this.#chunks;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Whether the process asks for its next call, as it does after an error that its runtime told of. */
  async #comesBack(): Promise<boolean> {
    for (let i = 0; i < 20 && !this.#isGone; i += 1) {
      if (this.#api.isReady) return true;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.#api.isReady;
  }

  async close(): Promise<void> {
    if (!this.#isGone) this.#groups.end(this.#child);
    await this.#closed.catch(() => {});
    await this.#api.close();
  }

  async #exited(id: string): Promise<Ended> {
    const code = await this.#closed.catch((error: Error) => error);
    if (code instanceof Error) return failure('Runtime.InvalidEntrypoint', id, `Error: fork/exec: ${code.message}`);
    // What the runtime had to say of it comes first.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const how = code > 128 && code !== 129 ? `signal: ${code === 137 ? 'killed' : code - 128}` : `exit status ${code}`;
    return failure('Runtime.ExitError', id, `Error: Runtime exited with error: ${how}`);
  }

  #late(id: string, ms: number, signal: AbortSignal): Promise<Ended> {
    const seconds = (ms / 1000).toFixed(2);
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => resolve(failure('Sandbox.Timedout', id, `Error: Task timed out after ${seconds} seconds`)),
        ms,
      );
      signal.addEventListener('abort', () => clearTimeout(timer));
    });
  }

  /** On machines that tell how much memory a process has. */
  #tooLarge(id: string, signal: AbortSignal): Promise<Ended> {
    const most = this.#function.memory * 1024;
    return new Promise((resolve) => {
      const timer = setInterval(async () => {
        const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8').catch(() => '');
        const used = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
        if (used > most) resolve(failure('Runtime.ExitError', id, 'Error: Runtime exited with error: signal: killed'));
      }, MEMORY_EVERY);
      signal.addEventListener('abort', () => clearInterval(timer));
    });
  }
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<Ended> {
  return new Promise((resolve) => {
    const abort = () => resolve({ error: 'States.TaskFailed', cause: 'The call was aborted.' });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true, signal: over });
  });
}

function failure(error: string, id: string, message: string): Ended {
  return { error, cause: JSON.stringify({ errorType: error, errorMessage: `RequestId: ${id} ${message}` }) };
}

function endedWith(outcome: { readonly answer: string } | { readonly error: string }, id: string): Ended {
  if ('error' in outcome) return { error: typeIn(outcome.error), cause: outcome.error };
  if (Buffer.byteLength(outcome.answer) > MOST_PAYLOAD) {
    const error = 'Function.ResponseSizeTooLarge';
    const errorMessage = `Response payload size exceeded maximum allowed payload size (${MOST_PAYLOAD} bytes).`;
    return { error, cause: JSON.stringify({ errorType: error, errorMessage }) };
  }
  try {
    return { answer: JSON.parse(outcome.answer) as Json };
  } catch {
    return failure('Runtime.InvalidResponse', id, 'Error: the answer is no JSON');
  }
}

/** A function's error is named after its exception. */
function typeIn(text: string): string {
  const { errorType } = JSON.parse(text) as { readonly errorType?: unknown };
  return typeof errorType === 'string' && errorType !== '' ? errorType : 'Lambda.Unknown';
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function variablesOf(
  { arn, name, runtime, handler, memory, folder, environment }: LocalFunction,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = env;
  const region = arn.split(':')[3];
  return {
    ...(PATH !== undefined && { PATH }),
    ...(HOME !== undefined && { HOME }),
    ...(TMPDIR !== undefined && { TMPDIR }),
    ...environment,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    NODE_OPTIONS: `--enable-source-maps ${environment.NODE_OPTIONS ?? ''}`.trim(),
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: folder,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    // For whoever signs: nothing here checks a signature.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}
