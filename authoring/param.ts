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
  readonly default?: NoInfer<T>;
  readonly description?: string;
}

const declare =
  <T>(type: string) =>
  (options: ParamOptions<T> = {}): ParamDeclaration<T> =>
    Object.freeze({ schema: Object.freeze({ type, ...options }) });

export const param = {
  string: declare<string>('string'),
  number: declare<number>('number'),
  integer: declare<number>('integer'),
  boolean: declare<boolean>('boolean'),
  /** One of some texts. */
  enum: <const V extends string>(values: readonly V[], options: ParamOptions<V> = {}): ParamDeclaration<V> =>
    Object.freeze({ schema: Object.freeze({ enum: Object.freeze([...values]), ...options }) }),
  /** Any JSON. */
  json: <T = unknown>(options: ParamOptions<T> = {}): ParamDeclaration<T> =>
    Object.freeze({ schema: Object.freeze({ ...options }) }),
} as const;

export type ParamDeclarations = { readonly [name: string]: ParamDeclaration };
export type ParamValues<P extends ParamDeclarations> = {
  readonly [K in keyof P]: P[K] extends ParamDeclaration<infer T> ? T : never;
};
