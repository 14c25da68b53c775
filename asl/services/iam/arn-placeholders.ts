import { remembered } from '../../remembered.ts';
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

/**
 * What the parameters say of an ARN's placeholder. Its name and the parameter's are compared without the words for names: `Bucket` is
 * `BucketName`, `DbInstanceIdentifier` is `DbInstanceName`, `DatabaseInput.Name` is `DatabaseName`, and a bare `Name` is that of what
 * the resource type is. Undefined where no parameter is about it; a value may be a whole ARN.
 */
export function bind(
  placeholder: Placeholder,
  parameters: readonly Parameter[],
  services: ServicesIam,
): string[] | undefined {
  const { prefix, name } = placeholder;
  const said = services.get(prefix)?.arnNames?.[name];
  const own = said ? saidBy(said, parameters) : OWN_RULES[`${prefix}:${name}`]?.(parameters, placeholder);
  const values = own ?? byName(placeholder, parameters);
  return values.length > 0 ? values : undefined;
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

type Rule = (parameters: readonly Parameter[], placeholder: Placeholder) => string[];

/** Where names do not tell, or a parameter holds more than the name. */
const OWN_RULES: { readonly [placeholder: string]: Rule } = {
  'events:EventBusName': (p, { action }) => first(named(p, 'EventBusName'), action === 'PutEvents' ? ['default'] : []),
  'kms:KeyId': (p) => named(p, 'KeyId').map((text) => (text.startsWith('alias/') ? '*' : text)),
  'lambda:FunctionName': (p) =>
    named(p, 'FunctionName').map((text) =>
      [text, ...named(p, 'Qualifier')].join(':').replace(/^(\d+:function:)/, 'arn:${partition}:lambda:${region}:$1'),
    ),
  'scheduler:GroupName': (p) => first(named(p, 'GroupName'), ['default']),
  'secretsmanager:SecretId': (p) =>
    named(p, 'SecretId').map((text) => (text === '*' || text.startsWith('arn:') ? text : `${text}-??????`)),
  'sqs:QueueName': (p) => named(p, 'QueueUrl').map(queueOf),
  'ssm:ParameterNameWithoutLeadingSlash': (p) =>
    [...named(p, 'Name'), ...named(p, 'Names')].map((text) => text.replace(/^\//, '')),
  'states:StateMachineName': (p) => named(p, 'StateMachineArn').map(executionsOf),
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

/** The executions of a machine: their ARNs begin as its own, but for a word. */
function executionsOf(machine: string): string {
  const [, before, name] = /^(arn:(?:[^:]*:){4})stateMachine:([^:]+)/.exec(machine) ?? [];
  return before ? `${before}execution:${name}` : '*';
}

/** A queue by its address, `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
function queueOf(url: string): string {
  const parts = /^https:\/\/sqs\.([^.]+)\.[^/]+\/([^/]+)\/([^/]+)$/.exec(url);
  return parts ? `arn:\${partition}:sqs:${parts[1]}:${parts[2]}:${parts[3]}` : '*';
}
