/** As much of IAM as these policies use: statements that allow, patterns, three operators of conditions. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}
export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: { readonly [key: string]: string | readonly string[] };
}

/** Fills a policy's placeholders, as deploy does. */
export function filled(text: string, values: { readonly [name: string]: string }): Policy {
  return JSON.parse(
    text.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${placeholder} has no value`);
      return value;
    }),
  ) as Policy;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function allows({ Statement }: Policy, { action, resource, context = {} }: Request): boolean {
  return Statement.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      statement.Action.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
      statement.Resource.some((pattern) => like(pattern, resource)) &&
      conditionsHold(statement, context),
  );
}

/** Whether a statement counts for a request, as far as its conditions go. */
export function conditionsHold({ Condition = {} }: Statement, context: NonNullable<Request['context']>): boolean {
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, [wanted].flat(), context[key])),
  );
}

function holds(operator: string, wanted: readonly string[], given: string | readonly string[] | undefined): boolean {
  if (given === undefined) return false;
  const values = [given].flat();
  const isAny = operator.startsWith('ForAnyValue:');
  if (!isAny && values.length !== 1) throw new Error(`${operator} takes one value`);
  const compare = { StringEquals: (a: string, b: string) => a === b, StringLike: like }[operator.replace(/^\w+:/, '')];
  if (!compare) throw new Error(`${operator} is not known here`);
  return values.some((value) => wanted.some((pattern) => compare(pattern, value)));
}

function like(pattern: string, value: string): boolean {
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, (c) => (c === '*' ? '.*' : c === '?' ? '.' : `\\${c}`));
  return new RegExp(`^${source}$`, 's').test(value);
}
