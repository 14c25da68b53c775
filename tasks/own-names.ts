import { builtIn } from '../authoring/internal.ts';
import { MACHINE_TAG } from './service.ts';

/**
 * The name of what a task makes in the account where its author gives none: of the machine and the task, so that two environments of an
 * account, whose machines have names of their own, share nothing.
 */
export function ownName(task: string): string {
  return `${builtIn('machine')}_${task}`;
}

/**
 * The tag of what a task makes once and uses in every run: by it `destroy --leftovers` knows the machine's own from somebody else's.
 */
export function machineTag(): { readonly [key: string]: string } {
  return { [MACHINE_TAG]: builtIn('machine') };
}

/** The executions of the DAG's machine, as a pattern for IAM: the values of the tag `dagwright:execution` on whatever they make. */
export function ownExecutions(): string {
  return `arn:${builtIn('partition')}:states:${builtIn('region')}:${builtIn('account')}:execution:${builtIn('machine')}:*`;
}
