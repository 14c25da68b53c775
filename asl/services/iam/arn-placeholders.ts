import { isPlaceholder } from '../../placeholders/index.ts';
import { remembered } from '../../remembered.ts';
import { type Arn, nameInArn, partPlaceholder, readArn } from './arns.ts';
import { named, type Parameter, valuesOf } from './calls.ts';
import type { ArnName, ServicesIam } from './services.ts';

/** A placeholder of a form of ARNs, and what it is asked for. */
export interface Placeholder {
  readonly prefix: string;
  readonly action: string;
  /** `bucket`, `training-job`. */
  readonly type: string;
  /** `BucketName`. */
  readonly name: string;
}

/** What stands for a placeholder. */
export interface Bound {
  /** The name; a text that is a whole ARN takes the place of all before it. */
  readonly value: string;
  /** The ARN that said it: its partition, region and account hold. */
  readonly arn?: Arn;
}

/** A parameter where one that is an ARN is the name in it. */
interface Told extends Parameter {
  readonly arn?: Arn;
}

/**
 * What the parameters say of an ARN's placeholder. Its name and the parameter's are compared without the words for names: `Bucket` is
 * `BucketName`, `DbInstanceIdentifier` is `DbInstanceName`, `DatabaseInput.Name` is `DatabaseName`, and a bare `Name` is that of what
 * the resource type is. Undefined where no parameter is about it. Where a parameter takes a name or an ARN, the ARN says the name.
 * @param format the form of the type's ARNs
 * @param others gives the forms of the other types of the action
 */
export function bind(
  placeholder: Placeholder,
  parameters: readonly Parameter[],
  services: ServicesIam,
  format: string,
  others: () => readonly string[],
): Bound[] | undefined {
  const { prefix, name } = placeholder;
  const said = services.get(prefix)?.arnNames?.[name];
  const rule: Rule | undefined = said ? (told) => saidBy(said, told) : OWN_RULES[`${prefix}:${name}`];
  const values = (told: readonly Told[]) => rule?.(told, placeholder) ?? byName(placeholder, told);
  const told = parameters.map((parameter): Told => {
    if (isArn(parameter.path)) return parameter;
    const arn = readArn(parameter.value);
    const named = arn && nameInArn(arn, format, rule ? undefined : name, others);
    return named === undefined ? parameter : { ...parameter, value: named, arn: arn! };
  });
  const found = values(told);
  if (found.length === 0) return undefined;
  // The ARN whose name it is: where several give names, the one that gives this one.
  const givers = told.filter(({ arn }) => arn !== undefined).map((one) => ({ arn: one.arn!, values: values([one]) }));
  return found.map((value) => {
    const giver = givers.find((one) => one.values.includes(value)) ?? givers.find((one) => one.values.length > 0);
    return giver === undefined ? { value } : { value, arn: giver.arn };
  });
}

function byName({ action, type, name }: Placeholder, parameters: readonly Parameter[]): string[] {
  const isSubject = stem(name) === plain(type) && plain(action).includes(plain(type));
  const tests: ((path: readonly string[]) => boolean)[] = [
    (path) => plain(path.at(-1)!) === plain(name),
    (path) => plain(path.join('')).replace('input', '') === plain(name),
    (path) => stem(path.at(-1)!) === stem(name) && !isArn(path),
    (path) => isSubject && path.length === 1 && stem(path[0]!) === '' && !isArn(path),
  ];
  const picks = tests
    .map((test) => (parameter: Parameter) => parameter.path.length > 0 && test(parameter.path))
    .find((pick) => parameters.some(pick));
  if (!picks) return [];
  const values = valuesOf(parameters, picks);
  // A name says nothing of an id.
  return sort(name) === sort(parameters.find(picks)!.path.at(-1)!) ? values : values.map(() => '*');
}

/** Lower case, letters and digits only. */
export const plain = remembered((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));

/** Without the word for a name: `bucket` of `BucketName`, nothing of `Name`. */
export const stem = remembered((name) => plain(name).replace(/(name|identifier|id|arn|url)s?$/, ''));

export function isArn(path: readonly string[]): boolean {
  return /arns?$/i.test(path.at(-1) ?? '');
}

/** What a name's value is: an id that AWS gave, or a name that somebody chose. */
function sort(name: string): 'id' | 'name' {
  return /(?<!ent)ids?$/i.test(plain(name)) ? 'id' : 'name';
}

type Rule = (parameters: readonly Told[], placeholder: Placeholder) => string[];

/** Where names do not tell, or a parameter holds more than the name. */
const OWN_RULES: { readonly [placeholder: string]: Rule } = {
  'events:EventBusName': (p, { action }) => first(named(p, 'EventBusName'), action === 'PutEvents' ? ['default'] : []),
  'events:RuleName': (p) => first(named(p, 'Rule'), named(p, 'Name')),
  // An alias is no key; whoever calls says which one by a condition.
  'kms:KeyId': (p) => named(p, 'KeyId').map((text) => (aliasIn(text) === undefined ? text : '*')),
  'lambda:FunctionName': (p) =>
    named(p, 'FunctionName').map((text) => {
      // A function that is published with the machine: of every version, as earlier machines name earlier ones.
      const own = /^\$\{function_(\w+)\}$/.exec(text)?.[1];
      if (own !== undefined) return `\${machine}_${own}:*`;
      return [text, ...named(p, 'Qualifier')]
        .join(':')
        .replace(PARTIAL_FUNCTION, 'arn:${partition}:lambda:${region}:$1');
    }),
  'scheduler:GroupName': (p) => first(named(p, 'GroupName'), ['default']),
  'secretsmanager:SecretId': (p) =>
    p
      .filter(({ path }) => path.at(-1) === 'SecretId')
      .map(({ value, arn }) =>
        value === '*' || (arn !== undefined && COMPLETE_SECRET.test(value)) ? value : `${value}-??????`,
      ),
  'sqs:QueueName': (p) => named(p, 'QueueUrl').map(queueOf),
  'ssm:ParameterNameWithoutLeadingSlash': (p) =>
    [...named(p, 'Name'), ...named(p, 'Names')].map((text) => text.replace(/^\//, '')),
  'states:StateMachineName': (p, { type }) => machinesIn(p).map((arn) => ofMachine(arn, type)),
};

function first(...choices: readonly string[][]): string[] {
  return choices.find((values) => values.length > 0) ?? [];
}

/** What a service says of a name in its ARNs. */
function saidBy({ parameters: names, all, part, otherwise }: ArnName, parameters: readonly Parameter[]): string[] {
  const [pattern = '', name = ''] = part ?? [];
  const form = new RegExp(pattern);
  const nameIn = (text: string) => (form.test(text) ? text.replace(form, name) : '*');
  const found = names.map((one) => (part ? named(parameters, one).map(nameIn) : named(parameters, one)));
  if (all) return found.flat();
  const isGiven = otherwise !== undefined && named(parameters, otherwise.given).length > 0;
  return first(...found, isGiven ? [otherwise.name] : []);
}

/** A function by its account and name: `111122223333:function:f`. */
export const PARTIAL_FUNCTION = /^(\d+:function:)/;

/** What the ARN of a secret ends with, where it is whole: six characters that the service chose. */
export const COMPLETE_SECRET = /-[A-Za-z0-9]{6}$/;

/** The alias by which a parameter names a key, itself or in its ARN. */
export function aliasIn(key: string): string | undefined {
  return /^(?:arn:[^:]*:kms:[^:]*:[^:]*:)?(alias\/.+)$/.exec(key)?.[1];
}

/** The machines that a call names, by their ARNs or by those of a version or an alias. */
export function machinesIn(parameters: readonly Parameter[]): string[] {
  return valuesOf(parameters, ({ path }) => /^statemachine(?:alias|version)?arn$/i.test(path.at(-1) ?? ''));
}

const MACHINE_WORDS: { readonly [type: string]: string } = { statemachine: 'stateMachine', express: 'express' };

/**
 * A machine, or its executions: their ARNs begin as its own, but for a word. Calls on a version or an alias are decided on the machine's
 * own ARN, so that what follows its name is left out; of a machine that deploy knows, its parts stand there.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
function ofMachine(arn: string, type: string): string {
  const word = MACHINE_WORDS[type] ?? 'execution';
  if (isPlaceholder(arn)) {
    const [region, account, name] = (['region', 'account', 'name'] as const).map((part) => partPlaceholder(arn, part));
    return `arn:\${partition}:states:${region}:${account}:${word}:${name}`;
  }
  const [, before, name] = /^(arn:(?:[^:]*:){4})stateMachine:([^:]+)/.exec(arn) ?? [];
  return before ? `${before}${word}:${name}` : '*';
}

/** A queue by its address, `https://sqs.<region>.amazonaws.com/<account>/<name>`; one that deploy knows by the parts of its address. */
function queueOf(url: string): string {
  if (isPlaceholder(url))
    return `arn:\${partition}:sqs:\${region}:${partPlaceholder(url, 'queue_account')}:${partPlaceholder(url, 'queue_name')}`;
  const [, host = '', account, name] = /^https?:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(url) ?? [];
  const region = /(?:^|\.)sqs\.([^.]+)\./.exec(host)?.[1] ?? '${region}';
  return name === undefined ? '*' : `arn:\${partition}:sqs:${region}:${account}:${name}`;
}
