/** The call that AWS answered with an error. */
export interface Call {
  /** `s3`, `iam`, `sfn` … */
  readonly service: string;
  /** `PutObject` … */
  readonly operation: string;
  readonly input: object;
  /** How messages name the service, where it is not one that dagwright calls itself. */
  readonly name?: ClientName;
  /** Where it was made. */
  readonly region?: string;
  /** Of the caller, as far as it was asked for: `aws-cn`. */
  readonly partition?: string;
}

/** Where clients call, and what becomes known of the caller after they were made. */
export interface KnownCaller {
  readonly region?: string;
  partition?: string;
}

/** A service as messages name it. */
export interface ClientName {
  readonly title: string;
  /** The first part of its actions in IAM. */
  readonly prefix: string;
}

const CALLS = new WeakMap<object, Call>();

/** The call that an error of an SDK client came from. */
export function callOf(error: unknown): Call | undefined {
  return typeof error === 'object' && error !== null ? CALLS.get(error) : undefined;
}

interface Stack {
  readonly middlewareStack: {
    // biome-ignore lint/suspicious/noExplicitAny: each client has its own types of commands.
    add(middleware: any, options: any): void;
  };
}

type Next = (args: { readonly input: object }) => Promise<unknown>;

/** Whoever catches an error far from its call can then name the call: the action that a policy lacks, the resource. */
export function rememberCalls(client: Stack, caller: KnownCaller, name?: ClientName): void {
  const middleware =
    (next: Next, { clientName, commandName }: { readonly clientName: string; readonly commandName: string }) =>
    async (args: { readonly input: object }) => {
      try {
        return await next(args);
      } catch (error) {
        if (typeof error === 'object' && error !== null)
          CALLS.set(error, {
            service: clientName.replace(/Client$/, '').toLowerCase(),
            operation: commandName.replace(/Command$/, ''),
            input: args.input,
            ...(name !== undefined && { name }),
            ...caller,
          });
        throw error;
      }
    };
  client.middlewareStack.add(middleware, { step: 'initialize', name: 'rememberCall', priority: 'high' });
}
