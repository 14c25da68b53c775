import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Json } from '../../asl/json/value.ts';
import { type Endpoint, type ServeOptions, serve } from '../../serve/serve.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/machine';
export const ACCOUNT = { region: 'us-east-1', account: '123456789012' };

/** The SDK's client of an endpoint; StartSyncExecution and TestState go to the same host. */
export function clientOf(url: string): SFNClient {
  return new SFNClient({
    endpoint: url,
    region: ACCOUNT.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
}

/** A server in a folder of its own, and what undoes everything. */
export async function startServer(
  options: Partial<ServeOptions> = {},
): Promise<{ readonly endpoint: Endpoint; readonly sfn: SFNClient; readonly folder: string; stop(): Promise<void> }> {
  const folder = options.project ?? (await mkdtemp(join(tmpdir(), 'dagwright-serve-')));
  const defects: unknown[] = [];
  const endpoint = await serve({
    ...ACCOUNT,
    project: folder,
    data: join(folder, '.dagwright/serve'),
    host: '127.0.0.1',
    port: 0,
    env: process.env,
    onDefect: (error) => defects.push(error),
    ...options,
  });
  const sfn = clientOf(endpoint.url);
  const stop = async () => {
    sfn.destroy();
    await endpoint.close();
    if (options.project === undefined) await rm(folder, { recursive: true, force: true });
    if (defects.length > 0) throw defects[0];
  };
  return { endpoint, sfn, folder, stop };
}

/** Asks again until something holds. */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never held');
}

export function machine(
  states: { readonly [name: string]: Json },
  more: { readonly [field: string]: Json } = {},
): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0] as string, States: states, ...more });
}

export const PASS = machine({ Pass: { Type: 'Pass', End: true } });
/** Waits for an hour. */
export const WAIT = machine({ Wait: { Type: 'Wait', Seconds: 3600, End: true } });

/** The name and the message of the error that a call ends with. */
export async function refused(call: Promise<unknown>): Promise<[name: string, message: string]> {
  try {
    await call;
  } catch (error) {
    const { name, message } = error as Error;
    return [name, message];
  }
  throw new Error('the call was not refused');
}
