import type { TaskCall, TaskReply } from '../../asl/interpret/options.ts';
import type { Store } from '../store/store.ts';
import type { TaskTokens } from './task-tokens.ts';

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
