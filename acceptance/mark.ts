import { randomBytes } from 'node:crypto';

/** The tag on everything that a run makes, with the run's name; deploy's own tag `dagwright:env` has it too. */
export const TAG = 'dagwright:acceptance';

/** How one run of the suite is told from another, and from everything else in the account. */
export interface Mark {
  /** `dwa-` and eight hex digits: the value of the tags, and the environment's name. */
  readonly run: string;
  /** Every name begins with it, or with what deploy puts before it. */
  readonly prefix: string;
  /** The same for a Glue database, whose name has underscores. */
  readonly database: string;
}

/**
 * The mark of a run.
 * @example
 * markOf('dwa-0a1b2c3d').prefix // 'dwa-0a1b2c3d-'
 */
export function markOf(run: string): Mark {
  return { run, prefix: `${run}-`, database: `${run.replace('-', '_')}_` };
}

export function newRun(): string {
  return `dwa-${randomBytes(4).toString('hex')}`;
}

/** Whether a text is the name of a run. */
export function isRun(text: string): boolean {
  return /^dwa-[0-9a-f]{8}$/.test(text);
}

/** What deploy puts before the prefix in some of its names. */
const BEFORE = ['dagwright-', '/aws/vendedlogs/states/'];

/**
 * The run whose prefix a name bears; undefined of any other name.
 * @example
 * runIn('dagwright-dwa-0a1b2c3d-first-start') // 'dwa-0a1b2c3d'
 */
export function runIn(name: string): string | undefined {
  const before = BEFORE.find((one) => name.startsWith(one)) ?? '';
  const [, hex] = /^dwa[-_]([0-9a-f]{8})[-_]/.exec(name.slice(before.length)) ?? [];
  return hex === undefined ? undefined : `dwa-${hex}`;
}

/** The run that a role's ARN or name bears, its path left out. */
export function runOfRole(role: string): string | undefined {
  return runIn(role.slice(role.lastIndexOf('/') + 1));
}
