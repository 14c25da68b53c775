import { type ChecksOf, prose } from './checks/check.ts';
import { checkedParam, type ParamChecks } from './checks/declarations.ts';
import { readFields } from './checks/fields.ts';
import { refuse, report } from './faults.ts';
import { unmarked } from './foreign-syntax.ts';
import { opaque, STRUCTURAL } from './opaque.ts';
import { placeOnDemand } from './place.ts';

/**
 * A value known when the DAG is deployed: the placeholder `${name}` in the machine. Buckets and roles are declared as such, so that the
 * policy can name them.
 */
export interface EnvDeclaration {
  readonly kind: 'string' | 'bucket' | 'role';
  readonly description?: string;
}
export interface EnvOptions {
  /** For whoever fills it in, in `dagwright.yaml`. */
  readonly description?: string;
}

const OPTIONS: ChecksOf<EnvOptions> = { description: prose };

const declare =
  (kind: EnvDeclaration['kind']) =>
  (options: EnvOptions = {}): EnvDeclaration => {
    const owner = `env.${kind}`;
    const instead = `\`${owner}({ description: '…' })\`, and the value into dagwright.yaml`;
    const { fields, faults } = readFields<EnvOptions>(
      options,
      OPTIONS,
      { instead },
      { owner, field: '', at: placeOnDemand() },
    );
    report(faults);
    return Object.freeze(
      opaque({ kind, ...unmarked(fields) }, () => ({
        what: `${owner}()`,
        instead: 'It only declares a value: name it in the DAG, `env: { x: … }`, and write `${dag.env.x}`.',
      })),
    );
  };

/**
 * Declares values that are known when the DAG is deployed; `dagwright.yaml` gives them for each environment. In the DAG they are
 * `dag.env.<name>`, in the machine placeholders, `${name}`.
 *
 * @example
 * ```ts
 * const dag = new Dag('archive', { env: { lake: env.bucket(), queue: env.string({ description: 'URL of the SQS queue' }) } });
 * const message = { QueueUrl: dag.env.queue, MessageBody: `s3://${dag.env.lake}/bronze/ is ready` };
 * dag.task('notify', aws({ service: 'sqs', action: 'sendMessage', parameters: message }));
 * ```
 */
export const env = {
  /** Any text. */
  string: declare('string'),
  /** The name of an S3 bucket, without `s3://`. */
  bucket: declare('bucket'),
  /**
   * An IAM role in the machine's own account. In a call it is its name or its ARN, as the argument takes it; dagwright.yaml gives either,
   * also with a path, or `managed`. Within a text it is the name.
   */
  role: declare('role'),
} as const;

export type EnvDeclarations = { readonly [name: string]: EnvDeclaration };
export type EnvValues<E extends EnvDeclarations> = { readonly [K in keyof E]: string };

/**
 * A value known when a run starts: the execution input's `params`. Each declaration is a JSON schema of its value; one without a default
 * must be given.
 */
export interface ParamDeclaration<out T = unknown> {
  readonly schema: { readonly [keyword: string]: unknown };
  /** Never set; it carries the type. */
  readonly [value]?: T;
}
declare const value: unique symbol;

export interface ParamOptions<T> {
  /** What a run takes that is given none; it must fit the declaration. Without it every run must be given the param. */
  readonly default?: NoInfer<T>;
  /** For the person or program that starts a run. */
  readonly description?: string;
}
export interface TextParamOptions extends ParamOptions<string> {
  /** The least number of characters. */
  readonly minLength?: number;
  /** The largest number of characters. */
  readonly maxLength?: number;
  /** A regular expression that the text matches somewhere: `'^[a-z]+$'`. */
  readonly pattern?: string;
}
export interface NumberParamOptions extends ParamOptions<number> {
  /** The least number that it can be. */
  readonly minimum?: number;
  /** The largest number that it can be. */
  readonly maximum?: number;
}

function declaration<T>(
  name: ParamChecks,
  schema: { readonly [keyword: string]: unknown },
  options: unknown,
): ParamDeclaration<T> {
  const declaration = { schema: Object.freeze(checkedParam(name, schema, options)) };
  return Object.freeze(
    opaque(declaration, () => ({
      what: `param.${name}()`,
      instead: 'It only declares a value: name it in the DAG, `params: { x: … }`, and write `${dag.params.x}`.',
    })),
  );
}

/**
 * Declares values that are known when a run starts, with the keywords of JSON schema, as in Airflow's `Param`. The machine checks what a
 * run is given before anything else and ends with the error `Params.Invalid` if it does not fit. A param without a default is required.
 *
 * @example
 * ```ts
 * const dag = new Dag('report', {
 *   params: {
 *     day: param.string({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
 *     size: param.enum(['small', 'large'], { default: 'small' }),
 *     limit: param.integer({ minimum: 1, default: 100 }),
 *   },
 * });
 * const payload = { day: dag.params.day, size: dag.params.size, limit: dag.params.limit };
 * dag.task('report', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'report', Payload: payload } }));
 * ```
 */
export const param = {
  string: (options: TextParamOptions = {}): ParamDeclaration<string> =>
    declaration('string', { type: 'string' }, options),
  number: (options: NumberParamOptions = {}): ParamDeclaration<number> =>
    declaration('number', { type: 'number' }, options),
  integer: (options: NumberParamOptions = {}): ParamDeclaration<number> =>
    declaration('integer', { type: 'integer' }, options),
  boolean: (options: ParamOptions<boolean> = {}): ParamDeclaration<boolean> =>
    declaration('boolean', { type: 'boolean' }, options),
  /** One of some texts. */
  enum: <const V extends string>(values: readonly V[], options: ParamOptions<V> = {}): ParamDeclaration<V> =>
    declaration('enum', { enum: values }, options),
  /** Any JSON. */
  json: <T = unknown>(options: ParamOptions<T> = {}): ParamDeclaration<T> => declaration('json', {}, options),
} as const;

export type ParamDeclarations = { readonly [name: string]: ParamDeclaration };
export type ParamValues<P extends ParamDeclarations> = {
  readonly [K in keyof P]: P[K] extends ParamDeclaration<infer T> ? T : never;
};

/** An object of references; a name that was not declared is refused where it is read, and does not become the text "undefined". */
export function declared(
  what: 'env' | 'params',
  declarations: object | undefined,
  make: (name: string) => unknown,
): object {
  const known = Object.keys(declarations ?? {});
  const values = Object.fromEntries(known.map((name) => [name, make(name)]));
  const [first = 'x'] = known;
  opaque(values, () => ({
    isWhole: true,
    what: `dag.${what}`,
    instead: `Write the value that is meant, \`\${dag.${what}.${first}}\`${known.length > 1 ? `; there are ${known.join(', ')}` : ''}.`,
  }));
  Object.freeze(values);
  return new Proxy(values, {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name) && !STRUCTURAL.has(name))
        refuse('DAG012', { what, name, known });
      return Reflect.get(target, name);
    },
  });
}
