import type { TaskCall } from '../../asl/interpret/options.ts';
import { isObject, type Json, type JsonObject } from '../../asl/json/value.ts';
import { type Account, type Action, type Engine, randomUuid, ServiceError } from '../../engines/engine.ts';
import { FunctionHost, type LocalFunction } from '../../engines/functions/function-host.ts';
import { logFile } from '../../engines/log-file.ts';
import { type Log, openLog } from '../../engines/process/process-groups.ts';
import { errorLines } from './error-lines.ts';

/**
 * Lambda: functions that DAGs bring along, each in processes that run them as Lambda's runtimes do. A process that has answered waits for the next
 * call; calls at the same time have each its own.
 */
export function engine(account: Account): Engine {
  const idle = new Map<LocalFunction, FunctionHost[]>();
  const all = new Set<FunctionHost>();

  const invoke: Action = async (fields, call) => {
    const answer = await called(account.functions!.get(`${fields.FunctionName}`)!, fields.Payload ?? {}, call);
    return { ExecutedVersion: '1', Payload: answer, StatusCode: 200 };
  };

  async function called(one: LocalFunction, payload: Json, call: TaskCall): Promise<Json> {
    const file = await logFile(account, call);
    const log = await openLog(file);
    const id = randomUuid(account.random);
    const waiting = idle.get(one) ?? [];
    idle.set(one, waiting);
    const host = waiting.pop() ?? (await FunctionHost.start(one, account.groups, account.env));
    all.add(host);
    try {
      const ended = await timed(log, id, host, () => host.invoke(id, payload, { log, signal: call.signal }));
      if (!('error' in ended)) return ended.answer;
      account.onNote({
        kind: 'failure',
        state: call.state,
        attempt: call.attempt,
        title: ended.error,
        lines: errorLines(ended.cause),
        log: file,
      });
      throw new ServiceError(ended.error, ended.cause);
    } finally {
      if (host.isGone) all.delete(host);
      else waiting.push(host);
      await log.close();
    }
  }

  return {
    has: ({ arguments: given }) => isObject(given) && account.functions?.has(`${given.FunctionName}`) === true,
    actions: { invoke },
    sdkActions: { invoke: (fields, call) => bySdk(invoke, fields, call) },
    close: async () => {
      await Promise.all([...all].map((host) => host.close()));
    },
  };
}

/** The SDK's integration has payloads as texts, and takes a function's error for an answer. */
async function bySdk(invoke: Action, fields: JsonObject, call: TaskCall): Promise<Json> {
  const { Payload } = fields;
  const payload = typeof Payload === 'string' ? (JSON.parse(Payload) as Json) : (Payload ?? {});
  try {
    const answer = (await invoke({ ...fields, Payload: payload }, call)) as JsonObject;
    return { ...answer, Payload: JSON.stringify(answer.Payload) };
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.message.startsWith('{')) throw error;
    return { ExecutedVersion: '1', FunctionError: 'Unhandled', Payload: error.message, StatusCode: 200 };
  }
}

/** What Lambda writes around a call, with the time that its process took to begin. */
async function timed<T>(log: Log, id: string, host: FunctionHost, work: () => Promise<T>): Promise<T> {
  const isWarm = host.isWarm;
  const began = performance.now();
  log.write(`START RequestId: ${id} Version: 1\n`);
  try {
    return await work();
  } finally {
    const ms = (performance.now() - began).toFixed(2);
    log.write(
      `END RequestId: ${id}\nREPORT RequestId: ${id}\tDuration: ${ms} ms${isWarm ? '' : '\t(a cold start: the time of its beginning is in it)'}\n`,
    );
  }
}
