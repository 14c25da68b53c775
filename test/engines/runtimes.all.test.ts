import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { functionPython } from '../../engines/functions/python-packages.ts';
import { type Outcome, RuntimeApi } from '../../engines/functions/runtime-api.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';

/** What runs functions here, beside AWS's own runtime interface clients on the same Runtime API: the same events, answers and errors. */

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** What comes of each event of a function, called one after the other. */
async function outcomes(
  program: string,
  args: readonly string[],
  folder: string,
  handler: string,
  events: readonly unknown[],
) {
  const api = await RuntimeApi.start();
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_RUNTIME_API: api.address,
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: handler,
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f',
      AWS_LAMBDA_LOG_STREAM_NAME: 's',
      AWS_EXECUTION_ENV: 'AWS_Lambda_python3.13',
      PYTHONPATH: folder,
    },
  });
  children.push(child);
  const said: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
  const gone = new Promise<Outcome>((resolve) =>
    child.once('close', (code) => resolve({ error: `exit ${code}: ${said.join('')}` })),
  );
  const found: unknown[] = [];
  for (const [at, event] of events.entries()) {
    const invocation = {
      id: `id-${at}`,
      event: JSON.stringify(event),
      arn: 'arn:aws:lambda:us-east-1:1:function:f',
      deadline: Date.now() + 60_000,
    };
    const outcome = await Promise.race([api.invoke(invocation), gone]);
    found.push('answer' in outcome ? { answer: JSON.parse(outcome.answer) } : { error: comparable(outcome.error) });
  }
  child.kill('SIGKILL');
  await api.close();
  return found;
}

/** An error without the frames, in which each client has its own. */
function comparable(text: string): unknown {
  if (!text.startsWith('{')) return text;
  const { trace, stackTrace, ...error } = JSON.parse(text) as { trace?: string[]; stackTrace?: string[] };
  // The innermost frame is the function's own.
  return { ...error, first: trace?.[0], last: stackTrace?.at(-1)?.trim() };
}

const EVENTS = [[], null, { a: { b: 'ü€', c: [1, 2.5, true, null] } }];

describe('Python', () => {
  let ric: string;
  beforeAll(async () => {
    ric = await functionPython({
      needed: ['awslambdaric==4.2.2'],
      folder: join(REPOSITORY, '.dagwright/functions/python'),
      env: process.env,
      groups: new ProcessGroups(),
      onProgress: () => {},
    });
  }, 300_000);

  test.each([
    ['returns its event', 'def handler(event, context):\n    return event\n'],
    [
      'reads its context',
      'def handler(event, context):\n    return [context.function_name, context.function_version, context.memory_limit_in_mb, context.aws_request_id, context.invoked_function_arn, context.log_group_name, context.log_stream_name, context.get_remaining_time_in_millis() > 50_000]\n',
    ],
    [
      'raises an error of its own',
      'class NothingToDo(Exception):\n    pass\n\ndef handler(event, context):\n    raise NothingToDo(f"no rows in {event}")\n',
    ],
    ['raises without a message', 'def handler(event, context):\n    raise KeyError()\n'],
    ['raises within a call', 'def inner():\n    return {}["x"]\n\ndef handler(event, context):\n    return inner()\n'],
    ['answers what is no JSON', 'def handler(event, context):\n    return {1, 2}\n'],
    [
      'answers decimals',
      'from decimal import Decimal\n\ndef handler(event, context):\n    return [Decimal("1.5"), Decimal("3"), Decimal("1E+2")]\n',
    ],
    ['answers texts and nothing', 'def handler(event, context):\n    return None if event == [] else "ü€\\n"\n'],
    ['remembers', 'calls = []\n\ndef handler(event, context):\n    calls.append(event)\n    return len(calls)\n'],
  ])(
    '%s',
    async (_, source) => {
      const folder = await folderWith({ 'module.py': source });
      const ours = await outcomes(
        ric,
        [join(REPOSITORY, 'engines/functions/bootstrap.py')],
        folder,
        'module.handler',
        EVENTS,
      );
      const theirs = await outcomes(ric, ['-m', 'awslambdaric', 'module.handler'], folder, 'module.handler', EVENTS);
      expect(ours).toEqual(theirs);
    },
    60_000,
  );

  test.each([
    ['is not there', 'def other(event, context):\n    return 1\n'],
    ['does not parse', 'def handler(event, context)\n    return 1\n'],
    ['imports what is not there', 'import nothing_of_the_kind\n\ndef handler(event, context):\n    return 1\n'],
    ['fails while it is read', 'raise ValueError("no")\n'],
  ])(
    '%s',
    async (_, source) => {
      const folder = await folderWith({ 'module.py': source });
      const [ours] = await outcomes(
        ric,
        [join(REPOSITORY, 'engines/functions/bootstrap.py')],
        folder,
        'module.handler',
        [{}],
      );
      const [theirs] = await outcomes(ric, ['-m', 'awslambdaric', 'module.handler'], folder, 'module.handler', [{}]);
      expect(ours).toEqual(theirs);
      expect(ours).toHaveProperty('error.errorType');
    },
    60_000,
  );
});

describe('Node.js', () => {
  let ric: string;
  beforeAll(async () => {
    ric = await nodeClient();
  }, 120_000);

  test.each([
    ['returns its event', 'export const handler = async (event) => event;'],
    [
      'reads its context',
      'export const handler = async (_, context) => [context.functionName, context.functionVersion, context.memoryLimitInMB, context.awsRequestId, context.invokedFunctionArn, context.logGroupName, context.logStreamName, context.getRemainingTimeInMillis() > 50_000];',
    ],
    [
      'throws an error of its own',
      'class NothingToDo extends Error { name = "NothingToDo"; }\nexport const handler = async (event) => { throw new NothingToDo(`no rows in ${JSON.stringify(event)}`); };',
    ],
    [
      'throws an error of a class without a name',
      'class NothingToDo extends Error {}\nexport const handler = async () => { throw new NothingToDo("no rows"); };',
    ],
    ['throws a text', 'export const handler = async () => { throw "no"; };'],
    ['throws an object', 'export const handler = async () => { throw { code: 3 }; };'],
    ['throws a number', 'export const handler = async () => { throw 3; };'],
    ['answers nothing', 'export const handler = async () => {};'],
    [
      'answers what JSON leaves out',
      'export const handler = async () => ({ a: undefined, b: NaN, c: new Date(0), d: new Map([[1, 2]]), e: "ü€" });',
    ],
    ['remembers', 'let calls = 0;\nexport const handler = async () => ++calls;'],
    ['rejects', 'export const handler = () => Promise.reject(new TypeError("no"));'],
  ])(
    '%s',
    async (_, source) => {
      const folder = await folderWith({ 'index.mjs': source });
      const ours = await outcomes(
        process.execPath,
        [join(REPOSITORY, 'engines/functions/bootstrap.mjs')],
        folder,
        'index.handler',
        EVENTS,
      );
      const theirs = await outcomes(process.execPath, [ric, 'index.handler'], folder, 'index.handler', EVENTS);
      expect(ours).toEqual(theirs);
    },
    60_000,
  );

  test.each([
    ['is not there', 'export const other = async () => 1;', 'Runtime.HandlerNotFound'],
    ['is no function', 'export const handler = 3;', 'Runtime.HandlerNotFound'],
    ['does not parse', 'export const handler = async ( => 1;', 'Runtime.UserCodeSyntaxError'],
    ['fails while it is read', 'throw new RangeError("no");\nexport const handler = async () => 1;', 'RangeError'],
  ])(
    '%s',
    async (_, source, errorType) => {
      const folder = await folderWith({ 'index.mjs': source });
      const [ours] = await outcomes(
        process.execPath,
        [join(REPOSITORY, 'engines/functions/bootstrap.mjs')],
        folder,
        'index.handler',
        [{}],
      );
      expect(ours).toMatchObject({ error: { errorType } });
      const [theirs] = await outcomes(process.execPath, [ric, 'index.handler'], folder, 'index.handler', [{}]);
      expect(ours).toEqual(theirs);
    },
    60_000,
  );
});

/**
 * AWS's client for Node.js, from its package, which is not built: what it speaks to the Runtime API with, a binding to C++, is replaced by
 * Node's own HTTP; what calls functions and writes their errors is AWS's.
 */
async function nodeClient(): Promise<string> {
  const folder = join(REPOSITORY, '.dagwright/aws-lambda-ric-3.3.0');
  const program = join(folder, 'package/bin/index.mjs');
  if (
    await access(program).then(
      () => true,
      () => false,
    )
  )
    return program;
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  const run = promisify(execFile);
  await run('npm', ['pack', 'aws-lambda-ric@3.3.0', '--pack-destination', draft], { cwd: draft });
  await run('tar', ['xzf', 'aws-lambda-ric-3.3.0.tgz'], { cwd: draft });
  await mkdir(join(draft, 'package/dist/rapid-client.node'));
  await writeFile(join(draft, 'package/dist/rapid-client.node/index.js'), BINDING);
  await rename(draft, folder);
  return program;
}

const BINDING = `
const address = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
let last = Promise.resolve();
const post = (path, body) => { last = last.then(() => fetch(address + path, { method: 'POST', body })).then((answer) => answer.text()); };
module.exports = {
  initializeClient() {},
  done: (id, body) => post(id + '/response', body),
  error: (id, body) => post(id + '/error', body),
  async next() {
    await last;
    const answer = await fetch(address + 'next');
    const headers = Object.fromEntries(answer.headers);
    return { bodyJson: await answer.text(), headers };
  },
};
`;
