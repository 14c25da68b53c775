import type { Denied } from './authorize.ts';
import type { Values } from './placeholders.ts';
import type { Context, IamRequest, StatementText } from './policies.ts';
import type { Place } from './requests.ts';

/** A call that was denied: what a report says of it, as plain data. */
export interface Denial {
  readonly state: string;
  /** The role that may not. */
  readonly role: string;
  /** Where its policy stands: `policy.json`. */
  readonly policy: string;
  readonly action: string;
  readonly resource: string;
  /** What AWS says. */
  readonly text: string;
  /** The statement that would allow it, as it is written into the policy. Left out where another one denies it. */
  readonly missing?: StatementText;
  /** Statements that deny it, or that would allow it but for their resources or conditions. */
  readonly because: readonly Because[];
  /** It would be denied if the execution was stopped while it waits for the task: no state fails of it. */
  readonly whenStopped?: true;
}

/** A statement that a denial is about. */
export interface Because {
  /** From 0. */
  readonly statement: number;
  /** `it denies the action`, `its resources are others`, `aws:CalledVia is missing` */
  readonly reason: string;
}

export interface DeniedCall {
  readonly state: string;
  readonly role: string;
  readonly policy: string;
  readonly principal: string;
  readonly request: IamRequest;
  /** Other actions of the call on the same resource. */
  readonly alsoDenied: readonly string[];
  readonly decision: Denied;
  readonly text: string;
  readonly place: Place;
  /** Whether the policy says where by placeholders, as those of dagwright do. */
  readonly hasPlaceholders: boolean;
  /** What stands for them. */
  readonly values: Values;
  readonly whenStopped?: true;
}

export function denialOf(denied: DeniedCall): Denial {
  const { state, role, policy, request, alsoDenied, decision, text, place, hasPlaceholders, values, whenStopped } =
    denied;
  return {
    state,
    role,
    policy,
    action: request.action,
    resource: request.resource,
    text,
    ...(!decision.explicit && { missing: missingStatement(request, place, { hasPlaceholders, values, alsoDenied }) }),
    because: [
      ...decision.statements.map(({ index }) => ({ statement: index, reason: 'it denies the action' })),
      ...decision.near.map(({ index, misses, conditions }) => ({
        statement: index,
        reason:
          misses === 'resource'
            ? 'its resources are others'
            : conditions.map(({ operator, key, wanted, has }) => unmet(operator, key, wanted, has)).join('; '),
      })),
    ],
    ...(whenStopped && { whenStopped }),
  };
}

function unmet(
  operator: string,
  key: string,
  wanted: readonly string[],
  has: string | readonly string[] | undefined,
): string {
  const there = has === undefined ? 'the call has none' : `the call has ${[has].flat().join(', ')}`;
  return `it wants ${key} (${operator}) to be ${wanted.join(' or ')}, and ${there}`;
}

/** Keys by which dagwright's policies narrow a statement: what the request says of them belongs into it. */
const NARROWING = /^iam:PassedToService$|^iam:AWSServiceName$|^states:StateMachineQualifier$|^aws:CalledVia$/;

/**
 * The statement that allows a request and nothing else, narrowed as dagwright's policies are.
 * @param more.hasPlaceholders whether it says where by placeholders, as they do: those of the place, the machine's and those of env
 * @param more.alsoDenied further actions that it is to allow
 * @example { Effect: 'Allow', Action: ['glue:StartCrawler'], Resource: ['arn:${partition}:glue:${region}:${account}:crawler/gold'] }
 */
export function missingStatement(
  { action, resource, context }: IamRequest,
  place: Place,
  {
    hasPlaceholders = true,
    values = {},
    alsoDenied = [],
  }: Partial<Pick<DeniedCall, 'hasPlaceholders' | 'values' | 'alsoDenied'>> = {},
): StatementText {
  const narrowing = Object.entries(context).filter(([key]) => NARROWING.test(key));
  const owned = hasPlaceholders ? ofOwnExecutions(action, context, values) : {};
  const tests = (isList: boolean) =>
    Object.fromEntries(
      narrowing.filter(([, value]) => (typeof value !== 'string') === isList).map(([key, value]) => [key, only(value)]),
    );
  const condition = { StringEquals: tests(false), 'ForAnyValue:StringEquals': tests(true), StringLike: owned };
  const used = Object.entries(condition).filter(([, keys]) => Object.keys(keys).length > 0);
  return {
    Effect: 'Allow',
    Action: [...new Set([action, ...alsoDenied])].sort(),
    Resource: [hasPlaceholders ? withPlaceholders(resource, place, values) : resource],
    ...(used.length > 0 && { Condition: Object.fromEntries(used) }),
  };
}

function only(value: string | readonly string[]): string | readonly string[] {
  return typeof value !== 'string' && value.length === 1 ? value[0]! : value;
}

/** The tag by which a machine's executions know what is theirs, as policies of dagwright ask for it. */
function ofOwnExecutions(action: string, context: Context, { machine }: Values): { readonly [key: string]: string } {
  const keys = Object.entries(context).filter(
    ([key, value]) => /:(Request|Resource)Tag\/dagwright:execution$/.test(key) && `${value}`.includes(`:${machine}:`),
  );
  const own = keys.find(([key]) => key.startsWith(`${action.split(':')[0]}:`)) ?? keys[0];
  return own === undefined ? {} : { [own[0]]: 'arn:${partition}:states:${region}:${account}:execution:${machine}:*' };
}

function withPlaceholders(arn: string, { partition, region, account }: Place, values: Values): string {
  if (!arn.startsWith('arn:')) return arn;
  const [, own, service, where, whose, ...rest] = arn.split(':');
  const parts = [
    own === partition ? '${partition}' : own,
    service,
    where === region ? '${region}' : where,
    whose === account ? '${account}' : whose,
  ];
  return ['arn', ...parts, named(rest.join(':'), values, service !== 's3')].join(':');
}

/**
 * What an ARN names, with the placeholders of env for what they stand for: whole parts of it, but not the type of a resource, which comes
 * first where it has one (`role/…`). A value that two of them have is left as it is.
 */
function named(resource: string, { machine, ...values }: Values, hasType: boolean): string {
  const parts = resource.split(/([:/])/);
  const others = new Set(['partition', 'region', 'account', parts.length > 1 ? 'assetsBucket' : 'assetsPath']);
  const ofEnv = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(values))
    if (value !== '' && !others.has(name)) ofEnv.set(value, ofEnv.has(value) ? undefined : name);
  return parts
    .map((part, index) => {
      const name = index === 0 && hasType && parts.length > 1 ? undefined : ofEnv.get(part);
      if (name !== undefined) return `\${${name}}`;
      return machine === undefined ? part : part.replace(new RegExp(`^${escaped(machine)}(?=$|_)`), '${machine}');
    })
    .join('');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
