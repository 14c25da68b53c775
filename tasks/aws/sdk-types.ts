import type { SdkClients } from './sdk-clients.generated.ts';
import type { SdkNames } from './sdk-names.generated.ts';

/**
 * The types of AWS's calls as Step Functions has them, taken from the clients of the AWS SDK that are installed. A
 * client that is not installed leaves its calls loose: any action, any parameters.
 */

/** A service by Step Functions' name: `lambda`, `sfn`, `eventbridge`. */
export type AwsService = keyof SdkClients;

/** An action of a service, in camelCase: `createCrawler`. */
export type AwsAction<S extends AwsService> =
  IsAny<SdkClients[S]> extends true ? string : Exclude<keyof SdkClients[S] & string, NoAction>;

/** What an action takes: PascalCase at every depth, timestamps as text. */
export type AwsParameters<S extends AwsService, A> = Known<S, A> extends true ? Input<Call<S, A>[0]> : Loose;

/** What an action answers: PascalCase at every depth, timestamps as text. */
export type AwsResult<S extends AwsService, A> = Known<S, A> extends true ? Output<Call<S, A>[1]> : Loose;

// biome-ignore lint/suspicious/noExplicitAny: what is not known is loose.
type Loose = any;

/** What a client has beside its actions. */
type NoAction = 'config' | 'destroy' | 'middlewareStack' | 'send' | `paginate${string}` | `waitUntil${string}`;

type IsAny<T> = 0 extends 1 & T ? true : false;
type Known<S extends AwsService, A> =
  IsAny<SdkClients[S]> extends true ? false : A extends Exclude<keyof SdkClients[S], NoAction> ? true : false;

/** An action's input and output: the last of its overloads takes a callback. */
type Call<S extends AwsService, A> = A extends keyof SdkClients[S]
  ? SdkClients[S][A] extends (input: infer I, options: Loose, done: (error: Loose, output?: infer O) => void) => void
    ? [I, O]
    : [Loose, Loose]
  : [Loose, Loose];

type Name<K> = K extends keyof SdkNames ? SdkNames[K] : K extends string ? Capitalize<K> : K;

/** The many forms of bytes and streams. Step Functions takes and gives text, or JSON where the API means JSON. */
type Bytes =
  | { readonly byteLength: number }
  | { readonly arrayBuffer: unknown }
  | { readonly pipe: unknown }
  | { readonly getReader: unknown }
  | { readonly transformToString: unknown };

type Input<T> =
  IsAny<T> extends true
    ? Loose
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends Date
        ? string
        : T extends Bytes
          ? string | object
          : T extends readonly (infer Item)[]
            ? readonly Input<Item>[]
            : T extends { $unknown: [string, unknown] }
              ? never
              : string extends keyof T
                ? { readonly [K in keyof T]: Input<T[K]> }
                : {
                    readonly [K in keyof T as K extends '$unknown' ? never : Name<K>]: Input<Exclude<T[K], undefined>>;
                  };

type Output<T> =
  IsAny<T> extends true
    ? Loose
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends Date
        ? string
        : T extends Bytes
          ? Loose
          : T extends readonly (infer Item)[]
            ? Output<Item>[]
            : T extends { $unknown: [string, unknown] }
              ? never
              : string extends keyof T
                ? { [K in keyof T]: Output<T[K]> }
                : {
                    [K in keyof T as K extends '$metadata' | '$unknown' ? never : Name<K>]-?: Output<
                      Exclude<T[K], undefined>
                    >;
                  };
