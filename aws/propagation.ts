/**
 * What AWS says while a service does not see a role yet, or not all of what it allows: IAM is eventually consistent, and spreads a role or
 * a policy that was just written within seconds, seldom within minutes. The type of these errors is that of refusals for good
 * (AccessDeniedException, ValidationException); their wording alone tells them apart.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export interface RoleRefusal {
  /** What is not so yet, as the end of a sentence: `Step Functions cannot assume it`. */
  readonly what: string;
  /** The role, where the message names it. */
  readonly role?: string;
}

interface Wording {
  readonly says: RegExp;
  readonly what: string;
}

/** A group of the pattern is the role. */
const WORDINGS: readonly Wording[] = [
  { says: /authorized to assume the provided role/i, what: 'Step Functions cannot assume it' },
  {
    says: /role is not authorized to access the log destination/i,
    what: 'its policy does not let Step Functions deliver the log',
  },
  {
    says: /'?(arn:[^\s']+)'? is not authorized to create managed-rule/i,
    what: 'its policy does not allow the rules of EventBridge by which Step Functions hears of the end of jobs',
  },
  { says: /role defined for the function cannot be assumed by Lambda/i, what: 'Lambda cannot assume it' },
  { says: /must allow AWS EventBridge Scheduler to assume the role/i, what: 'EventBridge Scheduler cannot assume it' },
  { says: /role '?([^\s']+)'? cannot be assumed by principal 'events\./i, what: 'EventBridge cannot assume it' },
];

/** The caller, not the role: time mends nothing. */
const CALLER = /\bUser: \S+ is not authorized to perform\b/;

/**
 * What an error says of a role that a service was given; undefined where it speaks of anything else.
 * @example
 * roleRefusal(new Error('The state machine IAM Role is not authorized to access the Log Destination'))?.what
 */
export function roleRefusal(error: unknown): RoleRefusal | undefined {
  if (!(error instanceof Error) || CALLER.test(error.message)) return undefined;
  for (const { says, what } of WORDINGS) {
    const found = says.exec(error.message);
    if (found !== null) return { what, ...(found[1] !== undefined && { role: found[1] }) };
  }
  return undefined;
}

/** The role that a call hands to a service. */
export function roleOfCall(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  for (const [key, value] of Object.entries(input)) {
    if (/^rolearn$/i.test(key) && typeof value === 'string') return value;
    const inner = roleOfCall(value);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
