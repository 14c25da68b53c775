import type { Clock, TaskHandler } from '../asl/interpret/options.ts';
import type { Account } from './arn.ts';
import type { Executions } from './executions/executions.ts';
import type { Pager } from './protocol/page.ts';
import type { Store } from './store/store.ts';
import type { MockCases } from './work/tasks.ts';
import type { Activities, TaskTokens } from './work/workers.ts';

/** What the actions work on: one account in one region. */
export interface World {
  readonly account: Account;
  readonly store: Store;
  readonly clock: Clock;
  /** In [0, 1): ids, and which version an alias takes. */
  readonly random: () => number;
  readonly pager: Pager;
  readonly executions: Executions;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  /** Where the server was started with a mock configuration. */
  readonly mocks?: MockCases;
  /** Told of what whoever runs the server may want to know: a line of text. */
  readonly onStatus: (text: string) => void;
  /** What stands for the services where a single state is tested. */
  readonly testTasks: () => TaskHandler;
}

/** What an action knows of the request beside its input. */
export interface Request {
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** The header X-Amzn-Trace-Id. */
  readonly traceHeader: string | undefined;
}

/** One action of the API: its checked input in, its output out; dates are `Date`s. It refuses by throwing an ApiError. */
export type Action<I, O extends object> = (input: I, world: World, request: Request) => O | Promise<O>;
