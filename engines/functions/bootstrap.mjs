// Runs a function in JavaScript as AWS's runtime for Node.js does: it asks the Runtime API for calls, one after the other, and answers them.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, types } from 'node:util';

const { AWS_LAMBDA_RUNTIME_API: api, LAMBDA_TASK_ROOT: root, _HANDLER: name } = process.env;
let id = '';

for (const [method, level] of [
  ['log', 'INFO'],
  ['info', 'INFO'],
  ['debug', 'DEBUG'],
  ['trace', 'TRACE'],
  ['warn', 'WARN'],
  ['error', 'ERROR'],
])
  console[method] = (...given) =>
    process.stdout.write(`${[new Date().toISOString(), id, level, format(...given)].join('\t')}\n`);

process.on('uncaughtException', (error) => end(error, 129));
process.on('unhandledRejection', (reason) =>
  end(named('Runtime.UnhandledPromiseRejection', new Error(String(reason))), 128),
);

const handler = await load().catch((error) => end(error, 1));
for (;;) {
  const { headers, body } = await ask('GET', 'invocation/next');
  id = headers['lambda-runtime-aws-request-id'];
  try {
    const answer = await handler(JSON.parse(body), contextOf(headers));
    await ask('POST', `invocation/${id}/response`, JSON.stringify(answer === undefined ? null : answer));
  } catch (error) {
    console.error(
      'Invoke Error',
      `\t${JSON.stringify(error, (_, value) => (value instanceof Error ? described(value) : value))}`,
    );
    await ask('POST', `invocation/${id}/error`, JSON.stringify(faultOf(error)));
  }
}

async function load() {
  const at = name.lastIndexOf('.');
  const [module, member] = [name.slice(0, at), name.slice(at + 1)];
  let loaded;
  try {
    loaded = await import(pathToFileURL(join(root, `${module}.mjs`)).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', new Error(String(error)));
    if (error.code === 'MODULE_NOT_FOUND') throw named('Runtime.ImportModuleError', new Error(String(error)));
    throw error;
  }
  const found = loaded[member];
  if (!found) throw named('Runtime.HandlerNotFound', new Error(`${name} is undefined or not exported`));
  if (typeof found !== 'function') throw named('Runtime.HandlerNotFound', new Error(`${name} is not a function`));
  return found;
}

function named(type, error) {
  error.name = type;
  return error;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: id,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** An error as the runtime writes it: its type is its name. */
function faultOf(error) {
  const isError = types.isNativeError(error) || (error?.name && error.message && error.stack);
  return isError
    ? { errorType: error.name, errorMessage: error.message, trace: error.stack.split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function described(error) {
  return {
    errorType: error.name,
    errorMessage: error.message,
    code: error.code,
    ...error,
    stack: error.stack?.split('\n'),
  };
}

/** What nobody caught ends the process, and fails the call that it came in. */
async function end(error, code) {
  const fault = faultOf(error);
  console.error('Uncaught Exception', `\t${JSON.stringify(fault)}`);
  await ask('POST', id === '' ? 'init/error' : `invocation/${id}/error`, JSON.stringify(fault)).catch(() => {});
  process.exit(code);
}

function ask(method, path, body) {
  const { hostname, port } = new URL(`http://${api}`);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path: `/2018-06-01/runtime/${path}` }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.once('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }));
      answer.once('error', reject);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}
