import { builtIn, contextReference, mayHoldToken, splitTokens, type Target, targetOf } from '../authoring/internal.ts';
import { EXECUTION_TAG, MACHINE_TAG } from './service.ts';

/**
 * The name of what a task makes in the account where its author gives none: of the machine and the task, so that two environments of an
 * account, whose machines have names of their own, share nothing.
 * @example
 * const job = { Name: ownName('clean'), Tags: machineTag() };
 */
export function ownName(task: string): string {
  return `${builtIn('machine')}_${task}`;
}

/** The most characters of an environment's prefix, with which its machines' names begin. */
const LONGEST_PREFIX = 32;

/**
 * The name of what a task makes anew in each run, for people to read: that of the machine and the task, or the task's alone where the two
 * might be longer than the service takes.
 * @param most the most characters that the service takes
 */
export function ownLabel({ dag, task }: { readonly dag: string; readonly task: string }, most: number): string {
  return LONGEST_PREFIX + dag.length + 1 + task.length > most ? task.slice(0, most) : ownName(task);
}

/** The same of what a DAG makes anew in each run: the machine's name, or the DAG's id. */
export function machineLabel(dag: string, most: number): string {
  return LONGEST_PREFIX + dag.length > most ? dag.slice(0, most) : builtIn('machine');
}

/** The tags of what an execution makes, its own among them, as most services take them. */
export function executionTags(
  tags: { readonly [key: string]: string } = {},
): { readonly Key: string; readonly Value: unknown }[] {
  const all = { [EXECUTION_TAG]: contextReference('Execution', 'Id'), ...tags };
  return Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
}

/** A task's id as services take names that have letters, digits and `-` alone, with a letter or a digit at either end; '' where nothing is left. */
export function hyphened(task: string, most: number): string {
  return task
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .slice(0, most)
    .replace(/^-+|-+$/g, '');
}

/**
 * The tag of what a task makes once and uses in every run: by it `destroy --leftovers` knows the machine's own from somebody else's.
 * @example
 * const job = { Name: ownName('clean'), Tags: machineTag() };
 */
export function machineTag(): { readonly [key: string]: string } {
  return { [MACHINE_TAG]: builtIn('machine') };
}

/** The executions of the DAG's machine, as a pattern for IAM: the values of the tag `dagwright:execution` on whatever they make. */
export function ownExecutions(): string {
  return `arn:${builtIn('partition')}:states:${builtIn('region')}:${builtIn('account')}:execution:${builtIn('machine')}:*`;
}

/** The name of the env value that a value is as a whole: a reference, or a text that is nothing else. */
export function envName(value: unknown): string | undefined {
  const target = targetOf(value) ?? (typeof value === 'string' ? onlyTarget(value) : undefined);
  return target?.kind === 'env' ? target.path[0] : undefined;
}

function onlyTarget(text: string): Target | undefined {
  const [only, ...others] = splitTokens(text);
  return others.length === 0 && only !== undefined && 'target' in only ? only.target : undefined;
}

/**
 * A role for a field that takes its ARN: one of `dag.env`, which is known by its name, as the ARN of that name; any other value as it is.
 * @param isRole whether a name of the DAG's env is declared as a role's
 * @example
 * ```ts
 * template({
 *   service: 'speech',
 *   kind: 'speech.list',
 *   lower: ({ isRole, ...limits }) =>
 *     callFragment('arn:aws:states:::aws-sdk:comprehend:startEntitiesDetectionJob', { DataAccessRoleArn: roleArnOf('reader', isRole) }, limits),
 *   permissions: () => [],
 * });
 * ```
 */
export function roleArnOf(role: string, isRole: (name: string) => boolean = () => false): string {
  const name = envName(role);
  return name !== undefined && isRole(name) ? roleArn(role) : role;
}

/** The ARN of a role of the machine's own account. */
export function roleArn(role: string): string {
  return `arn:${builtIn('partition')}:iam::${builtIn('account')}:role/${role}`;
}

/**
 * What takes an ARN, of what its author may name: a name that is known becomes the ARN of what has it in the machine's own account and
 * region; an ARN, and whatever holds a reference, stays.
 * @example arnOf('alerts', 'sns') // arn:${partition}:sns:${region}:${account}:alerts
 */
export function arnOf(given: string, service: string, kind = ''): string {
  return typeof given !== 'string' || mayHoldToken(given) || given.startsWith('arn:')
    ? given
    : `arn:${builtIn('partition')}:${service}:${builtIn('region')}:${builtIn('account')}:${kind}${given}`;
}
