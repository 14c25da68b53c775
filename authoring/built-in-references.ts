import { refuse } from './faults.ts';
import { reference } from './reference.ts';
import type { Target } from './token.ts';

/** A file of the project as the machine names it, `${assets}/<key>`: the compiler makes the key from the file's content. */
export function assetReference(path: string): string {
  return reference({ kind: 'asset', path: [path] }, false) as string;
}

/** What stands among the assets for the code of a task's job. */
export function archiveOfTask(task: string): string {
  return `code:${task}`;
}

/** The archive of the code that a task's template brings along, `jobCode`, as the machine names it: `${assets}/<key>`. */
export function archiveReference(task: string): string {
  return assetReference(archiveOfTask(task));
}

/** What a placeholder of a task's function begins with. */
const FUNCTION = 'function_';

/** The name of a task's function in the machine's placeholders and in the names of what is deployed: its id in the letters that both take. */
export function functionName(task: string): string {
  return task.replaceAll(/[^A-Za-z0-9_]/g, '_');
}

/** The function that is published for a task, as the machine names it, `${function_<task>}`: the ARN of the version of today's code. */
export function functionReference(task: string): string {
  return reference({ kind: 'env', path: [`${FUNCTION}${functionName(task)}`] }, false) as string;
}

/** Whether a placeholder is that of a task's function. */
export function isFunctionName(name: string): boolean {
  return name.startsWith(FUNCTION);
}

/** A field of the context object, as `contextReference('Execution', 'Id')`. */
export function contextReference(...path: readonly string[]): string {
  return reference({ kind: 'context', path }, false) as string;
}

/** The name that another state of the same fragment has in the machine, by its key in the fragment. */
export function stepReference(step: string): string {
  return reference({ kind: 'step', path: [step] }, false) as string;
}

/**
 * The token of the task that waits: whoever has it ends the task with SendTaskSuccess or SendTaskFailure. It stands in the parameters of a
 * call with `pattern: 'callback'` and nowhere else; each try has a token of its own.
 * @example
 * dag.task('approve', aws({ service: 'sqs', action: 'sendMessage', pattern: 'callback', parameters: { QueueUrl, MessageBody: { token: taskToken } } }), { heartbeat: '1h' });
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export const taskToken: string = contextReference('Task', 'Token');

/** Whether a reference is the task token. */
export function isTaskToken({ kind, path }: Target): boolean {
  return kind === 'context' && path.join('.') === 'Task.Token';
}

/**
 * Placeholders that every machine and policy may use without declaring them: whoever publishes the machine fills them. `assets` is the
 * folder's address, `s3://bucket/prefix`; for ARNs `assetsPath` is the same without `s3://`, and `assetsBucket` its bucket. `machine` is the
 * name of the DAG's machine, which tells environments of one account apart: their prefix and the DAG's id, cut to what AWS takes. Where
 * nothing is deployed, on this machine, it is the DAG's id. `cleanup` is the name of the machine that ends what its executions leave.
 */
export const BUILT_IN_ENV = [
  'account',
  'assets',
  'assetsBucket',
  'assetsPath',
  'cleanup',
  'machine',
  'partition',
  'region',
] as const;

/** Names that a DAG cannot declare, because deploy fills them in. */
export const RESERVED_ENV: readonly string[] = [...BUILT_IN_ENV, 'prefix'];

/** `function_…` is a function that is deployed with the machine. */
export function isReserved(name: string): boolean {
  return RESERVED_ENV.includes(name) || isFunctionName(name);
}

/**
 * One of them, for ARNs in a template's states and permissions.
 * @example
 * const table = `arn:${builtIn('partition')}:dynamodb:${builtIn('region')}:${builtIn('account')}:table/orders`;
 */
export function builtIn(name: (typeof BUILT_IN_ENV)[number]): string {
  if (!BUILT_IN_ENV.includes(name))
    refuse('DAG006', { id: 'builtIn', field: 'its name', wanted: `one of ${BUILT_IN_ENV.join(', ')}` });
  return reference({ kind: 'env', path: [name] }, false) as string;
}
