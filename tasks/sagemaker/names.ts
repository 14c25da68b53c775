import {
  contextReference,
  expression,
  type LoweringContext,
  type Permission,
  type Template,
} from '../../authoring/internal.ts';
import { formed } from '../checked.ts';
import { hyphened, ownExecutions } from '../own-names.ts';
import { EXECUTION_TAG } from '../service.ts';

/** The characters that are left beside `-` and a UUID: SageMaker's names have 63 at most. */
const MOST = 63 - 37;

/** What a name that is taken once begins with. */
export const beginning = formed(
  `a text of at most ${MOST} letters, digits and "-" that begins with a letter or digit`,
  (text) => new RegExp(`^[A-Za-z0-9][A-Za-z0-9-]{0,${MOST - 1}}$`).test(text),
);

/** A whole name. */
export const wholeName = formed('a name of at most 63 letters, digits and "-"', (text) =>
  /^[A-Za-z0-9](?:-*[A-Za-z0-9]){0,62}$/.test(text),
);

/**
 * A name that no other job, model or configuration has, in this try and in any other: what it begins with, and a UUID.
 * @param given what it begins with; default: the task's id
 */
export function freshName(given: string | undefined, task: string): ReturnType<typeof expression> {
  return expression(`'${given ?? labelOf(task)}-' & $uuid()`, namesLike(given, task));
}

/** Texts of the form of those names. */
export function namesLike(given: string | undefined, task: string): string {
  return `${given ?? labelOf(task)}-${contextReference('Execution', 'Name')}`;
}

function labelOf(task: string): string {
  return hyphened(task, MOST) || 'task';
}

/** That only jobs of the machine's own executions are asked after and ended. @param kind `TrainingJob` */
export function onOwnJobs(kind: string): NonNullable<ReturnType<NonNullable<Template['conditions']>>> {
  const ours: NonNullable<Permission['condition']> = {
    StringLike: { [`aws:ResourceTag/${EXECUTION_TAG}`]: ownExecutions() },
  };
  return { [`sagemaker:Describe${kind}`]: ours, [`sagemaker:Stop${kind}`]: ours };
}

/** The time after which SageMaker itself ends a job: a minute later than the task. */
export function ownLimit({ timeoutSeconds }: LoweringContext): number | undefined {
  return timeoutSeconds === undefined ? undefined : Math.ceil(timeoutSeconds) + 60;
}
