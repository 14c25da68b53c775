import type { Json, JsonObject } from '../../asl/json/value.ts';
import { placeholderNames } from '../../asl/placeholders/index.ts';
import { PARTS, readPart } from '../../asl/services/iam/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Environment, EnvValue } from '../../project/environment.ts';
import { DEFAULTS } from '../../project/environment-schema.ts';
import { MANAGED, roleName } from '../../project/environment-values.ts';
import type { Symbols } from './exported.ts';

/** A value given when the export is applied: a parameter of the template, a variable of the module. */
export interface Input {
  /** As in the DAG's env, or ours: `artifacts`, `roleArn`, `alarmTopic`. */
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  /** What it must be like, for tools that check it; a text may not break out of the JSON that it is put into. */
  readonly pattern: string;
  readonly rule: string;
}

/** What an export is made for where dagwright.yaml has no environment. */
export const NO_ENVIRONMENT: Environment = { ...DEFAULTS, name: 'export', region: '', artifacts: '' };

export interface Symbolic {
  /** The environment with symbols where whoever applies the export decides. */
  readonly environment: Environment;
  readonly inputs: readonly Input[];
  /** What dagwright.yaml says of the values, which tells their form. */
  readonly given: Readonly<Record<string, string>>;
}

/** Every value of the environment that may differ between accounts becomes an input, with what dagwright.yaml says as its default. */
export function symbolic(
  manifest: Manifest,
  environment: Environment,
  symbols: Symbols,
  policies: readonly JsonObject[],
): Symbolic {
  const inputs: Input[] = [];
  const given: Record<string, string> = {};
  const ask = (input: Input): string => {
    inputs.push(input);
    return symbols.of(input.name);
  };
  const own = (name: string, description: string, value: string, pattern: Pattern): string =>
    ask({ name, description, ...(value !== '' && { default: value }), ...pattern });
  const artifacts = own('artifacts', 'The bucket that the scripts were uploaded to', environment.artifacts, BUCKET);
  const env = Object.fromEntries(
    Object.entries(manifest.env).map(([name, { kind, description = `The ${kind} ${name}`, policy }]) => {
      const said = environment.env[name];
      const isManaged = kind === 'role' && (said === MANAGED || (said === undefined && policy !== undefined));
      if (isManaged) return [name, MANAGED];
      const text = textOf(said);
      const value = kind === 'role' && text !== undefined ? (roleName(text) ?? text) : text;
      if (value !== undefined) given[name] = value;
      const pattern = kind === 'string' ? (patternIn(policies, name, value) ?? PATTERNS.string) : PATTERNS[kind];
      return [name, ask({ name, description, ...(value !== undefined && { default: value }), ...pattern })];
    }),
  );
  const role =
    environment.role === MANAGED
      ? MANAGED
      : own('roleArn', 'The role that the machine runs with', environment.role, ARN);
  const alarms = environment.alarms && {
    topic: own('alarmTopic', 'The SNS topic that is told of failed runs', environment.alarms.topic, ARN),
  };
  return { environment: { ...environment, artifacts, env, role, ...(alarms && { alarms }) }, inputs, given };
}

/**
 * What a text must be like by the places where policies have it: the form of the resources follows from it, and that form is decided here.
 * Where dagwright.yaml gives an ARN for what takes a name or an ARN, it stays an ARN.
 */
function patternIn(policies: readonly JsonObject[], name: string, value: string | undefined): Pattern | undefined {
  const mark = `\${${name}}`;
  const resources = policies.flatMap(({ Statement }) =>
    (Statement as readonly JsonObject[]).flatMap(({ Resource }) => [Resource as Json].flat() as string[]),
  );
  const parts = resources.flatMap((text) => placeholderNames(text).map(readPart)).filter((part) => part?.of === name);
  if (parts.some((part) => PARTS[part!.part].between === '/')) return QUEUE;
  if (parts.length > 0) return MACHINE;
  if (resources.some((text) => text.startsWith(mark))) return ARN;
  const isNamed = resources.some((text) => text.includes(mark));
  if (!isNamed) return undefined;
  return value?.startsWith('arn:') ? ARN : NAME;
}

function textOf(value: EnvValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return 'secretsManager' in value ? value.secretsManager : value.ssm;
}

type Pattern = Pick<Input, 'pattern' | 'rule'>;
const BUCKET = { pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', rule: 'the name of a bucket' } as const;
const ARN = { pattern: '^arn:[^"\\\\]+$', rule: 'an ARN' } as const;
const NAME = { pattern: '^[^:"\\\\]*(:[^:"\\\\]*)?$', rule: 'a name, not an ARN' } as const;
const MACHINE = {
  pattern: '^arn:[^:"\\\\]+:states:[^:"\\\\]+:[0-9]+:[^"\\\\]+$',
  rule: 'the ARN of a state machine, of a version or of an alias',
} as const;
const QUEUE = {
  pattern: '^https?://[^/"\\\\]+/[0-9]+/[^/"\\\\]+$',
  rule: 'the address of a queue, https://sqs.<region>.amazonaws.com/<account>/<name>',
} as const;
const PATTERNS = {
  bucket: BUCKET,
  role: {
    pattern: '^([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,64}$',
    rule: 'the name of a role, with its path if it has one, not its ARN',
  },
  string: { pattern: '^[^"\\\\]*$', rule: 'a text without quotes and backslashes' },
} as const satisfies Record<'bucket' | 'role' | 'string', Pattern>;
