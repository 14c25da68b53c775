import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.ts';
import { makeBucket } from './belongings/stored.ts';
import type { Bench } from './check.ts';
import type { Mark } from './mark.ts';
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
      const bucket = `${mark.prefix}lake`;
      lake ??= makeBucket(account, mark.run, bucket).then(() => bucket);
      return lake;
    },
    until: async (ask, { ms, otherwise, everyMs = account.isAws ? 5_000 : 250 }) => {
      const end = Date.now() + ms;
      for (;;) {
        signal.throwIfAborted();
        const answer = await ask();
        if (answer !== undefined) return answer;
        if (Date.now() >= end) throw new Failed(otherwise);
        await pause(everyMs);
      }
    },
  };
  return { bench, parts, answers };
}
