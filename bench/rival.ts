/** aws-local-stepfunctions. It wants Node 22, for this one function of the language; with it, it runs on 20. */
export async function rivalPackage(): Promise<typeof import('aws-local-stepfunctions')> {
  const promise = Promise as { withResolvers?: unknown };
  promise.withResolvers ??= () => {
    let resolve: unknown;
    let reject: unknown;
    return { promise: new Promise((...both) => ([resolve, reject] = both)), resolve, reject };
  };
  return await import('aws-local-stepfunctions');
}
