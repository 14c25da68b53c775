import { placeholder } from '../../placeholders/index.ts';
import { remembered } from '../../remembered.ts';
import { arnFormat, type NeededAction } from './actions.ts';
import { type Bound, bind, isArn, type Placeholder, plain, stem } from './arn-placeholders.ts';
import { arnText, isWholeArn, readArn } from './arns.ts';
import { named, type Parameter, valuesOf } from './calls.ts';
import type { ServicesIam } from './services.ts';

/**
 * The narrowest ARNs that hold what a call may touch: of each type of resource that the action needs, and of those that its parameters
 * name. What only a run knows is `*` in its own segment alone. An action that no resource narrows has `*`.
 */
export function resourcesOf({ prefix, action, parameters }: NeededAction, services: ServicesIam): string[] {
  const call = `${prefix}:${action.name}`;
  const types = action.resourceTypes.filter(({ name }) => !IMPOSSIBLE[call]?.includes(name));
  if (types.length === 0 || UNNARROWED[call]?.(parameters)) return ['*'];
  const about = TYPES[prefix]?.(parameters, types) ?? types;
  const made = about.flatMap(({ name, required }) => {
    // Of most calls nobody asks.
    const others = () => about.filter((type) => type.name !== name).flatMap((type) => formatsOfType(prefix, type.name));
    return formatsOfType(prefix, name).map((format) => {
      const asked = { prefix, action: action.name, type: name };
      return { ...arnsOf(asked, format, others, parameters, services), name, required };
    });
  });
  const needed = made.filter(({ name, required, isNamed }) => required || isNamed || BESIDE[call]?.includes(name));
  // A call that may be about none of the types, and says of none that it is: it is checked against no resource.
  if (needed.length === 0 && !parameters.some(isAnything)) return ['*'];
  const arns = [
    ...(needed.length > 0 ? needed : made).flatMap((one) => one.arns),
    ...(BEHIND[prefix]?.(parameters) ?? []),
  ];
  // A policy may not leave the service of an ARN open.
  return arns.some((arn) => /^arn:[^:]*:\*/.test(arn)) ? ['*'] : [...new Set(arns)];
}

/** The reference gives some types two forms. */
function formatsOfType(prefix: string, type: string): string[] {
  return arnFormat(prefix, type).split(', ');
}

interface Arns {
  readonly arns: readonly string[];
  /** That parameters say which. */
  readonly isNamed: boolean;
}

function arnsOf(
  asked: Omit<Placeholder, 'name'>,
  format: string,
  others: () => readonly string[],
  parameters: readonly Parameter[],
  services: ServicesIam,
): Arns {
  const { prefix, type } = asked;
  const { names, standard } = formOf(format);
  const isWhole = !BY_NAME.has(`${prefix}:${type}`);
  const whole = isWhole ? wholeArns([plain(type), ...names.slice(-1).map(stem)], parameters) : [];
  if (whole.length > 0) return { arns: whole, isNamed: true };
  let arns = [standard];
  let isNamed = names.length > 0;
  for (const name of names) {
    const values = bind({ ...asked, name }, parameters, services, format, others);
    isNamed &&= values !== undefined;
    arns = arns.flatMap((arn) => (values ?? [{ value: '*' }]).map((bound) => filled(arn, placeholder(name), bound)));
  }
  const forms = FORMS[`${prefix}:${type}`] ?? [''];
  return { arns: arns.flatMap((arn) => forms.map((form) => asKnown(`${arn}${form}`))), isNamed };
}

/** The placeholders of a form of ARNs that a call fills, and the form with the others as the machine has them. */
const formOf = remembered((format) => ({
  names: [...format.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!).filter((name) => !STANDARD.includes(name)),
  standard: STANDARD.reduce((text, name) => text.replace(placeholder(name), placeholder(name.toLowerCase())), format),
}));

/**
 * An ARN with a placeholder's value; a value that is an ARN itself takes the place of all before it, and one that an ARN said brings that
 * ARN's place.
 */
function filled(text: string, placeholder: string, { value, arn: from }: Bound): string {
  if (value.startsWith('arn:')) return `${value}${text.slice(text.indexOf(placeholder) + placeholder.length)}`;
  const named = text.replace(placeholder, () => value);
  const form = from && readArn(named);
  if (from === undefined || form === undefined) return named;
  const { partition, region, account } = from;
  return arnText({ ...form, partition, region, account });
}

/** Objects behind an access point have a word more. */
function asKnown(arn: string): string {
  return arn.replace(/^(arn:[^:]*:s3:[^:]+:[^:]*:accesspoint\/[^/]+)\/(?!object\/)/, '$1/object/');
}

/** Arguments of which only a run knows what they say, and fields that may name a resource of any type. */
function isAnything({ path }: Parameter): boolean {
  return path.length === 0 || (path.length === 1 && stem(path[0]!) === 'resource');
}

const STANDARD = ['Partition', 'Region', 'Account'];

/** Parameters that are the resource's ARN: `TopicArn` of a topic, `ResourceArn` of whatever it is. */
function wholeArns(types: readonly string[], parameters: readonly Parameter[]): string[] {
  const given = (isOf: (name: string, depth: number) => boolean) =>
    valuesOf(
      parameters,
      // Lambda's calls about tags name an ARN of any type as `Resource`.
      ({ path, value }) =>
        (isArn(path) || plain(path.at(-1) ?? '') === 'resource') &&
        isOf(stem(path.at(-1)!), path.length) &&
        isWholeArn(value),
    );
  const own = given((name) => types.includes(name));
  return own.length > 0 ? own : given((name, depth) => depth === 1 && (name === 'resource' || name === ''));
}

/** Types of which a parameter's ARN says more than the resource is. */
const BY_NAME: ReadonlySet<string> = new Set(['states:statemachine']);

/** Types that the reference has for an action and that it never touches. */
const IMPOSSIBLE: { readonly [action: string]: readonly string[] } = {
  // "This API action is not supported by EXPRESS state machines."
  'states:DescribeExecution': ['express'],
  'states:StopExecution': ['express'],
};

/** Types that the reference does not require of an action, and that IAM asks about of nearly every call all the same. */
const BESIDE: { readonly [action: string]: readonly string[] } = {
  // The image's own volumes, of which no argument need speak.
  'ec2:RunInstances': ['volume'],
};

/** Calls that no resource narrows, whatever the action's types. */
const UNNARROWED: { readonly [action: string]: (parameters: readonly Parameter[]) => boolean } = {
  // A text message goes to no topic.
  'sns:Publish': (parameters) => named(parameters, 'PhoneNumber').length > 0,
};

/** Which of an action's types a call is about, where one parameter may name any of them. */
const TYPES: {
  readonly [prefix: string]: <T extends { readonly name: string }>(
    parameters: readonly Parameter[],
    types: readonly T[],
  ) => readonly T[];
} = {
  bedrock: (parameters, types) => {
    const ids = named(parameters, 'ModelId');
    const said = types.filter(({ name }) => ids.some((id) => readArn(id)?.resource.startsWith(`${name}/`)));
    if (said.length > 0) return said;
    const isProfile = ids.some((id) => PROFILE.test(id));
    const isPlain = !isProfile && ids.some((id) => /^[a-z0-9-]{3,}\./.test(id));
    const only = isProfile ? 'inference-profile' : isPlain ? 'foundation-model' : undefined;
    return types.filter(({ name }) => only === undefined || name === only);
  },
  events: (parameters, types) => {
    const isCustom = named(parameters, 'EventBusName').some((bus) => bus !== 'default');
    const other = isCustom ? 'rule-on-default-event-bus' : 'rule-on-custom-event-bus';
    return types.filter(
      ({ name }) => name !== other || !types.some(({ name: rule }) => rule !== name && /^rule-on/.test(rule)),
    );
  },
};

/** The id of a profile by which Bedrock chooses a region: that of the model behind a geography, `us.anthropic.…`. */
const PROFILE = /^(?:[a-z]{2}|us-gov|apac|global)\.(?=[a-z0-9-]+\.)/;

/** What IAM is asked about besides, because the resource of the call leads to it. */
const BEHIND: { readonly [prefix: string]: (parameters: readonly Parameter[]) => readonly string[] } = {
  bedrock: (parameters) => named(parameters, 'ModelId').flatMap(modelsBehind),
};

/**
 * The models behind an inference profile of Bedrock, by its id or ARN: "When you specify an inference profile in the Resource field … you
 * must also specify the foundation model in each Region associated with it." Which regions these are AWS decides; of what an
 * application's profile leads to its id says nothing.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 * @example modelsBehind('us.anthropic.claude-v2') // ['arn:${partition}:bedrock:*::foundation-model/anthropic.claude-v2']
 */
export function modelsBehind(id: string): string[] {
  const { partition = placeholder('partition'), resource = id } = readArn(id) ?? {};
  const [kind, name = ''] = resource.includes('/') ? resource.split('/') : ['', resource];
  const model = (which: string) => `arn:${partition}:bedrock:*::foundation-model/${which}`;
  if (kind === 'application-inference-profile') return [model('*')];
  return PROFILE.test(name) ? [model(name.replace(PROFILE, ''))] : [];
}

/** Resources that IAM sees with and without an ending. */
const FORMS: { readonly [type: string]: readonly string[] } = {
  'logs:log-group': ['', ':*'],
};

/**
 * Why IAM would refuse a text as a resource of a policy; undefined where it takes it. Placeholders stand for what may stand in their place.
 * @example resourceFault('crawler') // 'It is no ARN.'
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function resourceFault(text: string): string | undefined {
  if (text === '*') return undefined;
  const whole = /^\$\{\w+\}/.exec(text)?.[0];
  // A whole ARN that deploy knows, and what lies below it.
  if (whole !== undefined) return undefined;
  if (!text.startsWith('arn:')) return 'It is no ARN';
  const [, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (rest.length === 0 || resource === '') return 'It has less than the six parts of an ARN';
  if (!PARTITION.test(partition)) return `Its partition is "${partition}"`;
  if (!/^[a-z0-9-]+$/.test(service)) return `Its service is "${service}", and a policy must name one`;
  if (!/^(?:[a-z0-9-]|[*?]|\$\{\w+\})*$/.test(region)) return `Its region is "${region}"`;
  if (!/^(?:[0-9]|[*?]|aws|\$\{\w+\})*$/.test(account)) return `Its account is "${account}"`;
  if (service === 'iam' && region !== '') return 'Resources of IAM are in no region';
  if (service === 'kms' && resource.startsWith('key/alias/')) return 'A key is wanted, and an alias is none';
  if (/(?:^|[:/])arn:[\w$*{}-]*:/.test(resource)) return 'It has an ARN within an ARN';
  return undefined;
}

const PARTITION = /^(?:aws[a-z0-9-]*|\*|\$\{\w+\})$/;
