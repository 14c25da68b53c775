import type { Manifest } from '../../manifest/manifest.ts';
import type { Environment, EnvValue } from '../../project/environment.ts';
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
export const NO_ENVIRONMENT: Environment = {
  name: 'export',
  region: '',
  artifacts: '',
  prefix: '',
  env: {},
  role: MANAGED,
  tags: {},
  logLevel: 'ERROR',
  tracing: false,
  schedule: 'enabled',
  keep: { versions: 10 },
};

export interface Symbolic {
  /** The environment with symbols where whoever applies the export decides. */
  readonly environment: Environment;
  readonly inputs: readonly Input[];
}

/** Every value of the environment that may differ between accounts becomes an input, with what dagwright.yaml says as its default. */
export function symbolic(manifest: Manifest, environment: Environment, symbols: Symbols): Symbolic {
  const inputs: Input[] = [];
  const ask = (input: Input): string => {
    inputs.push(input);
    return symbols.of(input.name);
  };
  const own = (name: string, description: string, value: string, pattern: Pattern): string =>
    ask({ name, description, ...(value !== '' && { default: value }), ...pattern });
  const artifacts = own('artifacts', 'The bucket that the scripts were uploaded to', environment.artifacts, BUCKET);
  const env = Object.fromEntries(
    Object.entries(manifest.env).map(([name, { kind, description = `The ${kind} ${name}`, policy }]) => {
      const given = environment.env[name];
      const isManaged = kind === 'role' && (given === MANAGED || (given === undefined && policy !== undefined));
      if (isManaged) return [name, MANAGED];
      const text = textOf(given);
      const value = kind === 'role' && text !== undefined ? (roleName(text) ?? text) : text;
      return [name, ask({ name, description, ...(value !== undefined && { default: value }), ...PATTERNS[kind] })];
    }),
  );
  const role =
    environment.role === MANAGED
      ? MANAGED
      : own('roleArn', 'The role that the machine runs with', environment.role, ARN);
  const alarms = environment.alarms && {
    topic: own('alarmTopic', 'The SNS topic that is told of failed runs', environment.alarms.topic, ARN),
  };
  return { environment: { ...environment, artifacts, env, role, ...(alarms && { alarms }) }, inputs };
}

function textOf(value: EnvValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return 'secretsManager' in value ? value.secretsManager : value.ssm;
}

type Pattern = Pick<Input, 'pattern' | 'rule'>;
const BUCKET = { pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', rule: 'the name of a bucket' } as const;
const ARN = { pattern: '^arn:[^"\\\\]+$', rule: 'an ARN' } as const;
const PATTERNS = {
  bucket: BUCKET,
  role: {
    pattern: '^([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,64}$',
    rule: 'the name of a role, with its path if it has one, not its ARN',
  },
  string: { pattern: '^[^"\\\\]*$', rule: 'a text without quotes and backslashes' },
} as const satisfies Record<'bucket' | 'role' | 'string', Pattern>;
