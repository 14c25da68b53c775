import { ApiError } from '../protocol/api-error.ts';
import type { MachineRecord, VersionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { versionsOf } from './find.ts';

/** Versions of one machine. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST = 1000;

/**
 * Publishes the current revision of a machine, unless that was done before; within a `write`. The machine's own record is written too,
 * with the version's number.
 */
export function publish(
  machine: MachineRecord,
  description: string | undefined,
  store: Store,
  now: number,
): { readonly version: VersionRecord; readonly machine: MachineRecord } {
  const versions = [...versionsOf(machine.arn, store)];
  const published = versions.find(({ revision }) => revision === machine.revision);
  if (published !== undefined) return { version: published, machine };
  if (versions.length >= MOST) {
    throw new ApiError(
      'ServiceQuotaExceededException',
      `The maximum number of versions (${MOST}) of the state machine has been reached`,
    );
  }
  const number = machine.lastVersion + 1;
  const version: VersionRecord = {
    arn: `${machine.arn}:${number}`,
    machineArn: machine.arn,
    number,
    revision: machine.revision,
    ...(description !== undefined && { description }),
    creationDate: now,
  };
  void store.versions.put([machine.arn, number], version);
  return { version, machine: { ...machine, lastVersion: number } };
}
