import { join } from 'node:path';
import type { Account } from './account.ts';
import { makeBucket } from './belongings/stored.ts';
import type { Bench } from './check.ts';
import type { Mark } from './mark.ts';
import { answered } from './patience.ts';
import type { Answer } from './results.ts';
import { Failed, type Part, verdictOn } from './verdict.ts';
import { type Settings, Workspace } from './workspace.ts';

export interface BenchOptions {
  readonly account: Account;
  readonly mark: Mark;
  readonly repository: string;
  /** The run's folder on this machine. */
  readonly folder: string;
  readonly began: Date;
  readonly subnet?: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** What one check works with, and what it has found so far. */
export function benchOf(name: string, options: BenchOptions) {
  const { account, mark, repository, folder, signal, say } = options;
  const parts: Part[] = [];
  const answers: Answer[] = [];
  let lake: Promise<string> | undefined;
  const bench: Bench = {
    ...options,
    keep: (what, answer) => void answers.push({ what, answer }),
    part: async (title, work) => {
      signal.throwIfAborted();
      say(`  ${title}`);
      const began = Date.now();
      const seconds = () => Math.round((Date.now() - began) / 100) / 10;
      try {
        await work();
        parts.push({ name: title, verdict: 'passed', seconds: seconds() });
        return true;
      } catch (error) {
        if (signal.aborted) throw error;
        parts.push({ name: title, ...verdictOn(error), seconds: seconds() });
        return false;
      }
    },
    workspace: async (settings?: Settings) => {
      const made = new Workspace({ repository, folder: join(folder, name), account, mark, signal });
      await made.configure(settings);
      return made;
    },
    lake: () => {
      // A check's own: the name of a bucket that was deleted is free only after a while, which may be an hour.
      const bucket = `${mark.prefix}lake-${name}`;
      lake ??= makeBucket(account, mark.run, bucket).then(() => bucket);
      return lake;
    },
    until: async (ask, { otherwise, everyMs = account.isAws ? 5_000 : 250, ...most }) => {
      const answer = await answered(ask, { ...most, everyMs, signal });
      if (answer === undefined) throw new Failed(otherwise);
      return answer;
    },
  };
  return { bench, parts, answers };
}
