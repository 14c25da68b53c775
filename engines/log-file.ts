import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCall } from '../asl/interpret/options.ts';
import type { Account } from './engine.ts';

/** The log of one attempt of a task; a later entry into the same state gets a file of its own too. */
export async function logFile(account: Account, call: TaskCall): Promise<string> {
  const folder = join(account.run.folder, 'logs');
  await mkdir(folder, { recursive: true });
  const name = call.state.replace(/[^A-Za-z0-9_.-]+/g, '_');
  const file = join(folder, `${name}${call.attempt === 0 ? '' : `.attempt-${call.attempt}`}.log`);
  account.onNote({ kind: 'log', state: call.state, file });
  return file;
}
