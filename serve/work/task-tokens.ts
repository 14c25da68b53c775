import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import { ApiError } from '../protocol/api-error.ts';

interface Waiting {
  readonly call: TaskCall;
  settle(reply: TaskReply): void;
}

/** How the interpreter makes tokens: a UUID as Base64. */
const TOKEN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The tasks that wait for their token to come back. */
export class TaskTokens {
  readonly #waiting = new Map<string, Waiting>();
  /** Tokens of tasks whose activity was deleted. */
  readonly #orphans = new Set<string>();

  /** Waits for whoever answers the token; when nobody waits for the call any more, the token is forgotten. */
  wait({ call, token }: { readonly call: TaskCall; readonly token: string }): Promise<TaskReply> {
    return new Promise((resolve) => {
      const forget = () => this.#waiting.delete(token);
      const settle = (reply: TaskReply) => {
        forget();
        call.signal.removeEventListener('abort', forget);
        resolve(reply);
      };
      this.#waiting.set(token, { call, settle });
      call.signal.addEventListener('abort', forget, { once: true });
      if (call.signal.aborted) forget();
    });
  }

  settle(token: string, reply: TaskReply): void {
    this.#get(token).settle(reply);
  }

  heartbeat(token: string): void {
    this.#get(token).call.heartbeat();
  }

  /** The activity is gone: nobody may answer for it any more. */
  orphan(token: string): void {
    this.#orphans.add(token);
  }

  /** @throws ApiError where no task waits for this token */
  #get(token: string): Waiting {
    if (this.#orphans.has(token))
      throw new ApiError('TaskDoesNotExist', "Task does not exist: 'The activity does not exist'");
    const waiting = this.#waiting.get(token);
    if (waiting !== undefined) return waiting;
    if (!TOKEN.test(Buffer.from(token, 'base64').toString('latin1'))) {
      throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}
