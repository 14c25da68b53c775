import type { Json, JsonObject } from '../../asl/json/value.ts';

/** Whether a trust policy lets a service assume its role: `unsaid` where it depends on keys that nobody here knows. */
export type Trust = 'yes' | 'no' | { readonly unsaid: readonly string[] };

/** Who assumes the role, and what is known of the request. */
export interface Assuming {
  /** `states.amazonaws.com`, and what the same service is called besides. */
  readonly services: readonly string[];
  readonly context: { readonly [key: string]: string };
}

/**
 * Evaluates a role's trust policy for a service, as IAM does: statements that deny first, then those that allow; a statement counts where
 * its principal, its action and all its conditions fit.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function trusts(document: Json, assuming: Assuming): Trust {
  const statements = list((document as JsonObject | null)?.Statement).map((one) => one as JsonObject);
  const fits = (effect: string) =>
    statements.filter(({ Effect }) => Effect === effect).map((statement) => statementFits(statement, assuming));
  const denies = fits('Deny');
  if (denies.includes('yes')) return 'no';
  const allows = fits('Allow');
  const open = [...allows, ...denies].flatMap((one) => (typeof one === 'object' ? one.unsaid : []));
  if (allows.includes('yes') && denies.every((one) => one === 'no')) return 'yes';
  return allows.every((one) => one === 'no') ? 'no' : { unsaid: [...new Set(open)].sort() };
}

function statementFits(statement: JsonObject, { services, context }: Assuming): Trust {
  const { Principal, NotPrincipal, Action, NotAction, Condition } = statement;
  const named = NotPrincipal === undefined ? isPrincipal(Principal, services) : !isPrincipal(NotPrincipal, services);
  const acts = Action === undefined ? !isAction(NotAction) : isAction(Action);
  if (!named || !acts) return 'no';
  const unsaid: string[] = [];
  for (const [operator, keys] of Object.entries((Condition ?? {}) as JsonObject))
    for (const [key, wanted] of Object.entries(keys as JsonObject)) {
      const holds = condition(operator, list(wanted).map(String), knownValue(context, key));
      if (holds === false) return 'no';
      if (holds === undefined) unsaid.push(key);
    }
  return unsaid.length === 0 ? 'yes' : { unsaid };
}

function isPrincipal(principal: Json | undefined, services: readonly string[]): boolean {
  if (principal === '*') return true;
  if (principal === null || typeof principal !== 'object') return false;
  const { Service, AWS } = principal as JsonObject;
  return list(AWS).includes('*') || list(Service).some((one) => one === '*' || services.includes(String(one)));
}

function isAction(action: Json | undefined): boolean {
  return list(action).some((one) => like(String(one).toLowerCase(), 'sts:assumerole'));
}

/** Condition keys are the same in any case. */
function knownValue(context: Assuming['context'], key: string): string | undefined {
  return Object.entries(context).find(([known]) => known.toLowerCase() === key.toLowerCase())?.[1];
}

/** Undefined where it cannot be said: a key whose value is not known, an operator that compares something else than texts. */
function condition(operator: string, wanted: readonly string[], value: string | undefined): boolean | undefined {
  const [, not, compare] =
    /^(?:ForAnyValue:|ForAllValues:)?(?:String|Arn)(Not)?(Equals|Like|EqualsIgnoreCase)(?:IfExists)?$/.exec(operator) ??
    [];
  if (compare === undefined || value === undefined) return undefined;
  const isArn = operator.includes('Arn');
  const any = wanted.some((one) =>
    compare === 'Like' || isArn
      ? like(one, value)
      : compare === 'Equals'
        ? one === value
        : one.toLowerCase() === value.toLowerCase(),
  );
  return not === undefined ? any : !any;
}

/** A pattern of IAM's: `*` for any text, `?` for any character. */
function like(pattern: string, value: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => (part === '*' ? '.*' : part === '?' ? '.' : escaped(part)));
  return new RegExp(`^${parts.join('')}$`, 's').test(value);
}

function escaped(text: string): string {
  return text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
}

function list(value: Json | undefined): readonly Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
}
