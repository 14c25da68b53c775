import { checkedParam, type ParamChecks } from './checks/params.ts';
import { handOut } from './handed-out.ts';

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
  /** For whoever starts a run. */
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
    handOut(declaration, () => ({
      what: `param.${name}()`,
      instead: 'It only declares a value: name it in the DAG, `params: { x: … }`, and write `${dag.params.x}`.',
    })),
  );
}

/**
 * Declares params: `new Dag('sales', { params: { day: param.string({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) } })`. The machine checks what a
 * run is given against the declarations before anything runs, and ends as `Params.Invalid` where it does not fit. The keywords are JSON
 * schema's, as in Airflow's `Param`.
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
