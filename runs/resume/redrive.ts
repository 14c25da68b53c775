import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../asl/json/value.ts';
import type { Operation } from '../operation.ts';
import type { Resume } from './compile-resume.ts';
import type { ReadRun } from './read-run.ts';

/**
 * Whether Step Functions' own redrive does what resume is to do. It goes on with the old definition from the states that failed uncaught;
 * a failure that was caught counts as a success there. So: the definition is today's (the names of files in it are made from their
 * content), nothing was caught but what fragments catch for themselves, no decision failed, no Fail state said so, and no setup is needed
 * anew.
 */
export function canRedrive(run: ReadRun, live: Json, { trace, remaining, undecided }: Resume): boolean {
  if (!run.redrivable || undecided || remaining.anew.length > 0) return false;
  if (!isDeepStrictEqual(run.definition as unknown as Json, live)) return false;
  if (trace.culprit?.type === 'Fail') return false;
  return trace.visits.every((visit) => trace.statusOf(visit) !== 'caught' || visit.state.includes(': '));
}

/** The same execution goes on, under its name. */
export async function redrive(operation: Operation, executionArn: string): Promise<void> {
  const sfn = await operation.clients.sfn();
  await sfn.redriveExecution({ executionArn, clientToken: randomUUID() });
}
