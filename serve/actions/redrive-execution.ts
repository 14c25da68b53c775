import type { RedriveExecutionInput, RedriveExecutionOutput } from '@aws-sdk/client-sfn';
import { findExecution } from '../executions/find.ts';
import { redriveStatus } from '../executions/redrive.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { ExecutionRecord } from '../store/records.ts';
import type { Action } from '../world.ts';

/** So many client tokens of an execution are remembered, for so long. */
const TOKENS = { most: 10, milliseconds: 15 * 60 * 1000 };

/** Goes on with an execution that did not succeed, from where it stood. */
export const redriveExecution: Action<RedriveExecutionInput, RedriveExecutionOutput> = async (input, world) => {
  const { store, clock, executions } = world;
  const arn = input.executionArn as string;
  const { clientToken } = input;
  findExecution(arn, store);
  const now = clock.now();
  const { record, begun } = await store.write(() => {
    const before = findExecution(arn, store);
    const known = (before.redrives ?? []).filter(({ at }) => now - at < TOKENS.milliseconds);
    const same = known.find((redrive) => redrive.clientToken === clientToken);
    if (same !== undefined) return { record: { ...before, redriveDate: same.at }, begun: false };
    const redrive = redriveStatus(before, store, now);
    if (redrive.status !== 'REDRIVABLE') {
      const reason = redrive.status === 'NOT_REDRIVABLE' ? redrive.reason : 'Execution is redriven by its Map Run';
      throw new ApiError('ExecutionNotRedrivable', `Execution Not Redrivable: '${arn}'. ${reason}`);
    }
    const { stopDate: _s, error: _e, cause: _c, output: _o, ...kept } = before;
    const record: ExecutionRecord = {
      ...kept,
      status: 'RUNNING',
      redriveCount: before.redriveCount + 1,
      redriveDate: now,
      listedAt: now,
      redrives: [...known, ...(clientToken === undefined ? [] : [{ clientToken, at: now }])].slice(-TOKENS.most),
    };
    store.putExecution(record, before);
    return { record, begun: true };
  });
  if (begun) executions.begin(record);
  return { redriveDate: new Date(record.redriveDate as number) };
};
