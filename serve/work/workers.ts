import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import { readArn } from '../arn.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { ActivityRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** What a worker is given. */
export interface ActivityTask {
  readonly taskToken: string;
  readonly input: string;
}

interface Scheduled extends ActivityTask {
  readonly call: TaskCall;
}
interface Worker {
  readonly name: string | undefined;
  take(task: ActivityTask | undefined): void;
}
interface Queue {
  readonly tasks: Set<Scheduled>;
  readonly workers: Set<Worker>;
}

/** The work of activities on its way to workers, which come and ask for it; the first come is the first served. */
export class Activities {
  readonly #store: Store;
  readonly #tokens: TaskTokens;
  readonly #queues = new Map<string, Queue>();

  constructor(store: Store, tokens: TaskTokens) {
    this.#store = store;
    this.#tokens = tokens;
  }

  /** Hands a task to the workers of its activity, and waits for its token. */
  async schedule(call: TaskCall): Promise<TaskReply> {
    const arn = call.resource;
    if (call.token === undefined || this.#store.activities.get(arn) === undefined) {
      return { error: 'ActivityDoesNotExist', cause: `Activity Does Not Exist: '${arn}'`, failed: 'schedule' };
    }
    const task: Scheduled = { taskToken: call.token, input: JSON.stringify(call.arguments), call };
    const reply = this.#tokens.wait({ call, token: call.token });
    const queue = this.#queue(arn);
    call.signal.addEventListener('abort', () => queue.tasks.delete(task), { once: true });
    queue.tasks.add(task);
    this.#deliver(queue);
    return reply;
  }

  /** Waits for work until the time is over or the worker has gone; then there is none. */
  poll(
    arn: string,
    name: string | undefined,
    milliseconds: number,
    gone: AbortSignal,
  ): Promise<ActivityTask | undefined> {
    const queue = this.#queue(arn);
    return new Promise((resolve) => {
      const worker: Worker = {
        name,
        take: (task) => {
          queue.workers.delete(worker);
          clearTimeout(timer);
          gone.removeEventListener('abort', leave);
          resolve(task);
        },
      };
      const leave = () => worker.take(undefined);
      const timer = setTimeout(leave, milliseconds);
      gone.addEventListener('abort', leave, { once: true });
      queue.workers.add(worker);
      if (gone.aborted) leave();
      else this.#deliver(queue);
    });
  }

  /** The activity was deleted: its workers go home, what is scheduled waits for its timeout. */
  close(arn: string): void {
    const queue = this.#queues.get(arn);
    if (queue === undefined) return;
    for (const worker of queue.workers) worker.take(undefined);
    for (const { taskToken } of queue.tasks) this.#tokens.orphan(taskToken);
    this.#queues.delete(arn);
  }

  /** Sends every waiting worker home. */
  closeAll(): void {
    for (const { workers } of this.#queues.values()) for (const worker of workers) worker.take(undefined);
  }

  #queue(arn: string): Queue {
    const queue = this.#queues.get(arn) ?? { tasks: new Set(), workers: new Set() };
    this.#queues.set(arn, queue);
    return queue;
  }

  #deliver({ tasks, workers }: Queue): void {
    for (const worker of workers) {
      const [task] = tasks;
      if (task === undefined) return;
      tasks.delete(task);
      task.call.started(worker.name === undefined ? {} : { workerName: worker.name });
      worker.take({ taskToken: task.taskToken, input: task.input });
    }
  }
}

/** @throws ApiError InvalidArn, ActivityDoesNotExist */
export function findActivity(arn: string, store: Store): ActivityRecord {
  readArn(arn, 'activity');
  const activity = store.activities.get(arn);
  if (activity !== undefined) return activity;
  throw new ApiError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
}

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
