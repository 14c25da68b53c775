import type { Duration } from '../../authoring/duration.ts';
import {
  type ChecksOf,
  check,
  describeTarget,
  duration,
  durationMs,
  type FunctionCode,
  type FunctionSource,
  filled,
  functionReference,
  type LoweringContext,
  listOf,
  mapOf,
  oneOf,
  type Permission,
  type Template,
  targetsOf,
  template,
  that,
  value,
} from '../../authoring/internal.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { callFragment } from '../call.ts';
import { formed, type OtherNames, permissions } from '../checked.ts';
import { NAMES_OF_FUNCTIONS, type OutputSchema, sampleOutput } from '../python-function.ts';
import { functionCharge } from './prices.ts';
import { lambda } from './service.ts';

/** What a function that is published with the machine runs on. */
export interface FunctionOptions {
  /** In MB, 128 to 10,240; the processor's share grows with it. Default 512. */
  readonly memory?: number;
  /** How long a call may take, at most 15 minutes: Lambda ends it then, and the task fails with `Sandbox.Timedout`. Default `'5m'`. */
  readonly timeout?: Duration;
  /** Default `x86_64`; `arm64` takes a fifth less. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** The size of /tmp in MB, 512 to 10,240. Default 512. */
  readonly storage?: number;
  /** Environment variables. Secrets do not belong here: give the name of one in Secrets Manager. */
  readonly environment?: { readonly [name: string]: string };
  /** ARNs of versions of layers. */
  readonly layers?: readonly string[];
  /**
   * What the function's role must be allowed besides its logs and the buckets of `dag.env` that its input and its environment name, which
   * it may read and write.
   */
  readonly permissions?: readonly Permission[];
  /** The role that it runs as: a value of `dag.env`, or a name. Default: deploy makes one. */
  readonly role?: string;
}

const megabytes = (least: number) =>
  that(
    `a whole number of MB from ${least} to 10240`,
    (given) => Number.isInteger(given) && (given as number) >= least && (given as number) <= 10_240,
  );

/** A text in which nothing stands that only a run knows. */
const deployed = check('a text', (given, where) => {
  const faults = value(given, where);
  if (faults.length > 0) return faults;
  const wrong = targetsOf(given).find(({ kind }) => kind !== 'env');
  const { owner, field, at } = where;
  return wrong === undefined ? [] : [diagnose('DAG153', { owner, field, reference: describeTarget(wrong) }, at)];
});

export const FUNCTION: ChecksOf<FunctionOptions> = {
  memory: megabytes(128),
  timeout: duration('1s', '15m'),
  architecture: oneOf(['x86_64', 'arm64']),
  storage: megabytes(512),
  environment: mapOf(deployed, 'an object whose values are texts'),
  layers: listOf(
    formed('the ARN of a version of a layer', (arn) => /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:[^:]+:\d+$/.test(arn)),
    'a list of ARNs',
  ),
  permissions,
  role: filled,
};

export const FUNCTION_NAMES: OtherNames = {
  memorysize: 'memory',
  memorymb: 'memory',
  ephemeralstorage: 'storage',
  ephemeralstoragesize: 'storage',
  architectures: 'architecture',
  ...NAMES_OF_FUNCTIONS,
  executionrole: 'role',
  rolearn: 'role',
  functionname: 'A function is named after the machine and its task: leave it out.',
};

/**
 * The template of a function that is published with the machine.
 * @param answers what is known of its answer, asked when the DAG is compiled
 */
export function functionTemplate<Output>(
  kind: string,
  source: FunctionSource,
  runtime: string,
  given: unknown,
  options: FunctionOptions,
  {
    answers,
    ...more
  }: Pick<Template<Output>, 'outputShape'> & { answers(context: LoweringContext): OutputSchema | undefined },
): Template<Output> {
  const { memory = 512, timeout: limit = '5m', architecture = 'x86_64', storage, environment, layers, role } = options;
  const code: FunctionCode = {
    source,
    runtime,
    architecture,
    memory,
    timeoutSeconds: Math.ceil(durationMs(limit)! / 1000),
    input: given,
    permissions: options.permissions ?? [],
    ...(storage !== undefined && { storage }),
    // A reference becomes the text that stands for it.
    ...(environment && {
      environment: Object.fromEntries(Object.entries(environment).map(([name, one]) => [name, `${one}`])),
    }),
    ...(layers && { layers: layers.map((one) => `${one}`) }),
    ...(role !== undefined && { role: `${role}` }),
  };
  return template<Output>({
    service: 'lambda',
    kind,
    code,
    charge: functionCharge(code),
    lower: (context) => ({
      ...callFragment(
        'arn:aws:states:::lambda:invoke',
        { FunctionName: functionReference(context.task), Payload: given ?? {} },
        {},
        { Retry: lambda.retried['lambda:invoke'] },
      ),
      output: 'Payload',
      samples: { '': { ExecutedVersion: '1', Payload: sampleOutput(answers(context)), StatusCode: 200 } },
    }),
    permissions: () => [],
    ...more,
  });
}
