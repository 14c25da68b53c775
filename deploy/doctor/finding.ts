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
  /** The setting of the environment that names it: `['env', 'subnet']`. */
  readonly setting?: readonly string[];
  /** What the caller must be allowed for it, beyond what deploying takes. */
  readonly takes?: Takes;
  readonly find: () => Promise<readonly Finding[]>;
}

/** What a look takes, as a statement of a policy has it. */
export interface Takes {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/**
 * A look at something. What AWS refuses to show is not asked, which is never as good as there: the finding says which permissions the look
 * takes, all at once. AWS names the first one alone.
 * @param takes undefined where the deployer's own policy holds it
 */
export function looked(
  about: string,
  takes: Takes | undefined,
  look: () => Promise<readonly Finding[] | Finding>,
): Look {
  return {
    about,
    ...(takes !== undefined && { takes }),
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
            said: diagnose('DOC001', { about, why: said.message.replace(/\.$/, ''), remedy: remedyOf(said, takes) }),
            ...(said.code === 'AWS005' && { unreachable: true }),
          },
        ];
      }
    },
  };
}

function remedyOf({ code, remedy }: Diagnostic, takes: Takes | undefined): string {
  if (code !== 'AWS004') return remedy;
  if (takes === undefined) return `${remedy} \`dagwright doctor --policy\` prints all that deploying takes.`;
  return `${remedy} ${allowing(takes)}`;
}

/** The statement that lets the caller look. */
export function allowing(takes: Takes): string {
  return `All that this look takes: ${JSON.stringify({ Effect: 'Allow', ...takes })}`;
}
