import { awsDiagnostic } from '../../aws/errors.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { diagnose } from '../../diagnostics/index.ts';

/** What was found of one thing that a deploy or a run needs. */
export interface Finding {
  /** What was looked at: `the bucket my-lake`. */
  readonly about: string;
  /** `note`: nothing lacks, and something is to be known. */
  readonly state: 'there' | 'missing' | 'not asked' | 'note';
  /** What it is like, where it is there; why it was not asked, where nobody is logged in. */
  readonly detail?: string;
  /** What is missing or was not asked, why it matters and what mends it. */
  readonly said?: Diagnostic;
  /** That nothing answered. */
  readonly unreachable?: true;
}

export function there(about: string, detail: string): Finding {
  return { about, state: 'there', detail };
}

export function missing(about: string, said: Diagnostic): Finding {
  return { about, state: 'missing', said };
}

/** Something to look at. */
export interface Look {
  readonly about: string;
  readonly find: () => Promise<readonly Finding[]>;
}

/**
 * A look at something. What AWS refuses to show is not asked, which is never as good as there: the finding says which permission the look
 * takes.
 */
export function looked(about: string, look: () => Promise<readonly Finding[] | Finding>): Look {
  return {
    about,
    find: async () => {
      try {
        return [await look()].flat();
      } catch (error) {
        const said = awsDiagnostic(error);
        if (said === undefined) throw error;
        return [
          {
            about,
            state: 'not asked',
            said: diagnose('DOC001', { about, why: said.message.replace(/\.$/, ''), remedy: said.remedy }),
            ...(said.code === 'AWS005' && { unreachable: true }),
          },
        ];
      }
    },
  };
}
