// Runs a function of the project as a job: the end of the module that has the function, which a container fetches and starts.
//
//     --code s3://bucket/key.mjs     the module
//     --call {"input": …, "bucket": …, "folder": …, "environment": …, "seconds": …}
//
// What the function returns goes to the folder as `answer.json`. What it throws goes there as `error.json`, and ends the job as it ends any.
// It stands in the scope of the function's module: all names are in a block.
{
  // What a state takes is 256 KiB, of which what S3 says beside an answer takes the rest.
  const MOST_ANSWER = 256 * 1024 - 4096;
  // A state's cause holds 32,768 characters.
  const MOST_CAUSE = 30_000;

  const { types } = process.getBuiltinModule('node:util');
  const given = (name) => process.argv[process.argv.indexOf(name) + 1];
  const call = JSON.parse(given('--call'));
  const [machine, task, id] = call.folder.split('/').slice(-3);
  const began = Date.now();
  let isWritten = false;

  const write = async (name, text) => {
    // The image has the client.
    const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    // On the user's machine answers go to the lake of the run, whatever S3 the code itself reaches.
    const endpoint = process.env.DAGWRIGHT_ENDPOINT_URL_S3;
    const s3 = new S3Client(endpoint === undefined ? {} : { endpoint, forcePathStyle: true });
    const Key = `${call.folder}/${name}`;
    await s3.send(new PutObjectCommand({ Bucket: call.bucket, Key, Body: text, ContentType: 'application/json' }));
    isWritten = true;
  };

  const named = (type, error) => Object.assign(error, { name: type });

  /** An error as Lambda's runtime writes it: its type is its name. */
  const faultOf = (error) => {
    const isError = types.isNativeError(error) || (error?.name && error.message && error.stack);
    return isError
      ? { errorType: error.name, errorMessage: `${error.message}`, trace: error.stack.split('\n') }
      : { errorType: typeof error, errorMessage: String(error), trace: [] };
  };

  /** As long as a state's cause may be: of a long trace the last frames go first. */
  const causeOf = (fault) => {
    const cause = { ...fault, errorMessage: fault.errorMessage.slice(0, 8000), trace: [...fault.trace] };
    while (cause.trace.length > 0 && JSON.stringify(cause).length > MOST_CAUSE) cause.trace.pop();
    return JSON.stringify(cause);
  };

  const fail = async (error) => {
    const fault = faultOf(error);
    console.error(fault.trace.length > 0 ? fault.trace.join('\n') : fault.errorMessage);
    try {
      if (!isWritten) await write('error.json', JSON.stringify({ Error: fault.errorType, Cause: causeOf(fault) }));
    } finally {
      process.exit(1);
    }
  };

  const encoded = (answer) => {
    const text = JSON.stringify(answer === undefined ? null : answer) ?? 'null';
    // In the answer of S3 it is a text.
    const size = Buffer.byteLength(JSON.stringify(text));
    if (size <= MOST_ANSWER) return text;
    const message = `The answer has ${size} bytes, and a state takes ${MOST_ANSWER}: write it to S3 and return its address.`;
    throw named('Function.ResponseSizeTooLarge', new Error(message));
  };

  const deadline = call.seconds == null ? undefined : began + call.seconds * 1000;
  const context = {
    awsRequestId: id,
    functionName: `${machine}_${task}`,
    getRemainingTimeInMillis: () => (deadline === undefined ? 2 ** 31 - 1 : Math.max(0, deadline - Date.now())),
  };

  process.on('uncaughtException', (error) => void fail(error));
  process.on(
    'unhandledRejection',
    (reason) => void fail(named('Runtime.UnhandledPromiseRejection', new Error(String(reason)))),
  );
  // A function that ends the process, or waits for what never comes, has not answered.
  process.on('exit', (code) => {
    if (!isWritten && code === 0) process.exitCode = 1;
  });
  Object.assign(process.env, call.environment ?? {});

  try {
    const handler = Reflect.get(globalThis, Symbol.for('dagwright.handler'));
    await write('answer.json', encoded(await handler(call.input, context)));
    process.exit(0);
  } catch (error) {
    await fail(error);
  }
}
