import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { isError } from '../../aws/errors.ts';
import { executionArn } from '../../aws/names.ts';
import { justWritten, liveVersion } from '../live-version.ts';
import type { Operation } from '../operation.ts';
import type { Started } from '../start.ts';
import type { Resume } from './compile-resume.ts';
import { COMMENT } from './machine.ts';
import type { ReadRun } from './past-run.ts';

/** Makes this the only one that changes a DAG's machine; what it answers makes sure of that once more. */
export type Hold = (operation: Operation) => Promise<{ assertHeld(): Promise<void>; release(): Promise<void> }>;

/**
 * Starts what remains of a run as an execution of the DAG's own machine: its name, the date's next attempt, is then the lock that a
 * schedule, a `run` and a backfill take too, `status` lists it, and the rule that cleans up after what was aborted knows it. A machine of
 * its own (`<dag>-resume`) would have names, alarms and rules of its own, and two runs of a date could go on at once.
 *
 *     lock ─▶ version of what remains ─▶ the machine as it was ─▶ execution of that version ─▶ version deleted
 *
 * The lock is the deploy's: none is under way meanwhile. The alias is not touched, so that whatever starts runs starts what was live.
 * The version is needed for the start alone: "Deleting a state machine version won't terminate its in-progress executions", and an
 * execution keeps its definition. Killed before the start it may leave a revision that nothing starts, which the next resume puts right, and
 * so does a deploy, whose plan sees it; killed behind it, it leaves one version. The role and its policy stay: what remains calls nothing that the whole
 * does not call.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html
 */
export async function startRemaining(
  operation: Operation,
  { name, definition, input }: { readonly name: string; readonly definition: StateMachine; readonly input: Json },
  hold: Hold,
): Promise<Started | 'taken'> {
  const sfn = await operation.clients.sfn();
  const { machineArn, machine } = operation.names;
  const lock = await hold(operation);
  try {
    const before = await asItWas(operation);
    const made = await sfn.updateStateMachine({
      stateMachineArn: machineArn,
      definition: JSON.stringify(definition),
      publish: true,
      versionDescription: `dagwright ${name}`,
    });
    const version = made.stateMachineVersionArn!;
    try {
      await sfn.updateStateMachine({ stateMachineArn: machineArn, definition: before });
      await lock.assertHeld();
      await sfn.startExecution({ stateMachineArn: version, name, input: JSON.stringify(input) });
      return { name, arn: executionArn(operation.place, machine, name) };
    } catch (error) {
      if (isError(error, 'ExecutionAlreadyExists')) return 'taken';
      throw error;
    } finally {
      // What has been started is started; a version that is left is taken away by the next resume, or pruned by a deploy.
      await sfn.deleteStateMachineVersion({ stateMachineVersionArn: version }).catch(() => undefined);
    }
  } finally {
    await lock.release();
  }
}

/**
 * The machine's definition as deploy left it. Where a resume was killed that is what is live, and its version goes. Right after a deploy AWS
 * may still show the definition before: then it is that of the version which the deploy published, and which never changes.
 */
async function asItWas(operation: Operation): Promise<string> {
  const sfn = await operation.clients.sfn();
  const { machineArn } = operation.names;
  const live = (await liveVersion(operation))!;
  const written = (await justWritten(operation)) ?? machineArn;
  const { definition = '' } = await sfn.describeStateMachine({ stateMachineArn: written });
  const { stateMachineVersions: [newest] = [] } = await sfn.listStateMachineVersions({ stateMachineArn: machineArn });
  const version = newest?.stateMachineVersionArn;
  if (version !== undefined && version !== live) {
    const left = await sfn.describeStateMachine({ stateMachineArn: version });
    if (isOurs(left.definition)) await sfn.deleteStateMachineVersion({ stateMachineVersionArn: version });
  }
  if (!isOurs(definition)) return definition;
  return (await sfn.describeStateMachine({ stateMachineArn: live })).definition!;
}

function isOurs(definition = ''): boolean {
  try {
    return `${(JSON.parse(definition) as { readonly Comment?: unknown }).Comment}`.startsWith(COMMENT);
  } catch {
    return false;
  }
}

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
