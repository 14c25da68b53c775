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

// biome-ignore lint/suspicious/noExplicitAny: what is not known is loose.
export type Loose = any;

/** What a client has beside its actions. */
type NoAction = 'config' | 'destroy' | 'middlewareStack' | 'send' | `paginate${string}` | `waitUntil${string}`;

export type IsAny<T> = 0 extends 1 & T ? true : false;
type Known<S extends AwsService, A> =
  IsAny<SdkClients[S]> extends true ? false : A extends Exclude<keyof SdkClients[S], NoAction> ? true : false;

/** An action's input as Step Functions takes it: by the SDK's integration, or by the optimized one, which keeps the API's own spelling. */
export type SdkInput<S extends AwsService, A, Spelled extends Spelling = 'java', Json = never> =
  Known<S, A> extends true ? Input<Call<S, A>[0], Spelled, Json> : Loose;

/** An action's output as Step Functions gives it. */
export type SdkOutput<S extends AwsService, A, Spelled extends Spelling = 'java'> =
  Known<S, A> extends true ? Output<Call<S, A>[1], Spelled> : Loose;

/** An acronym at the beginning as a word, `Bool`, or as the API has it, `BOOL`. */
export type Spelling = 'java' | 'api';

/** An action's input and output: the last of its overloads takes a callback. */
type Call<S extends AwsService, A> = A extends keyof SdkClients[S]
  ? SdkClients[S][A] extends (input: infer I, options: Loose, done: (error: Loose, output?: infer O) => void) => void
    ? [I, O]
    : [Loose, Loose]
  : [Loose, Loose];

type Name<K, Spelled extends Spelling> = Spelled extends 'api'
  ? K extends string
    ? Capitalize<K>
    : K
  : K extends keyof SdkNames
    ? SdkNames[K]
    : K extends string
      ? Capitalize<K>
      : K;

/** The many forms of bytes and streams. Step Functions takes and gives text, or JSON where the API means JSON. */
type Bytes =
  | { readonly byteLength: number }
  | { readonly arrayBuffer: unknown }
  | { readonly pipe: unknown }
  | { readonly getReader: unknown }
  | { readonly transformToString: unknown };

/** `Json`: the names of members that hold JSON as text, for which an object may be given. */
type Input<T, Spelled extends Spelling = 'java', Json = never> =
  IsAny<T> extends true
    ? Loose
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends Date
        ? string
        : T extends Bytes
          ? string | object
          : T extends readonly (infer Item)[]
            ? readonly Input<Item, Spelled, Json>[]
            : T extends { $unknown: [string, unknown] }
              ? never
              : string extends keyof T
                ? { readonly [K in keyof T]: Input<T[K], Spelled, Json> }
                : {
                    readonly [K in keyof T as K extends '$unknown' ? never : Name<K, Spelled>]: Name<
                      K,
                      Spelled
                    > extends Json
                      ? string | object
                      : Input<Exclude<T[K], undefined>, Spelled, Json>;
                  };

type Output<T, Spelled extends Spelling = 'java'> =
  IsAny<T> extends true
    ? Loose
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends Date
        ? string
        : T extends Bytes
          ? Loose
          : T extends readonly (infer Item)[]
            ? Output<Item, Spelled>[]
            : T extends { $unknown: [string, unknown] }
              ? never
              : string extends keyof T
                ? { [K in keyof T]: Output<T[K], Spelled> }
                : {
                    [K in keyof T as K extends '$metadata' | '$unknown' ? never : Name<K, Spelled>]-?: Output<
                      Exclude<T[K], undefined>,
                      Spelled
                    >;
                  };
