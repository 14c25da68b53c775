import type { Account } from './account.ts';
import type { Mark } from './mark.ts';
import type { Settings, Workspace } from './workspace.ts';

/** One of the suite's checks. */
export interface Check {
  readonly number: number;
  readonly name: string;
  /** What it shows, as one sentence. */
  readonly title: string;
  /** What it makes in the account. */
  readonly makes: string;
  /** What it may cost at most, in US dollars, and how that comes about. */
  readonly most: number;
  readonly why: string;
  /** How long it takes at most. */
  readonly minutes: number;
  readonly run: (at: Bench) => Promise<void>;
}

/** What a check works with. */
export interface Bench {
  readonly account: Account;
  readonly mark: Mark;
  readonly repository: string;
  /** When the run of the suite began. */
  readonly began: Date;
  readonly subnet?: string;
  readonly signal: AbortSignal;
  /** A part of the check: it passes, fails, or is not run; the check goes on with the next. Whether it passed. */
  readonly part: (name: string, work: () => Promise<void>) => Promise<boolean>;
  /** Keeps an answer of AWS or of a command. */
  readonly keep: (what: string, answer: unknown) => void;
  readonly say: (text: string) => void;
  /** A project of the check's own. */
  readonly workspace: (settings?: Settings) => Promise<Workspace>;
  /** A bucket of the check's own for data, made when it is first asked for. */
  readonly lake: () => Promise<string>;
  /** Asks again until it answers something. @throws Failed with the words where it did not in time */
  readonly until: <T>(
    ask: () => Promise<T | undefined>,
    most: { readonly ms: number; readonly otherwise: string; readonly everyMs?: number },
  ) => Promise<T>;
}
