import type { TaskRef } from '../authoring/index.ts';
import {
  type Check,
  type ChecksOf,
  check,
  describeTarget,
  fallbackTemplate,
  filled,
  handleInfo,
  isReference,
  isWholeOutput,
  listOf,
  mapOf,
  mayHoldToken,
  misfit,
  object,
  type Permission,
  placeOnDemand,
  readFields,
  report,
  required,
  shown,
  splitTokens,
  type Target,
  type Template,
  targetOf,
  taskOptions,
  text,
  that,
  unsendable,
  value,
} from '../authoring/internal.ts';
import { diagnose } from '../diagnostics/index.ts';

/**
 * A template whose arguments are checked, each field by itself. Where something is wrong with them it is told at the user's call, and a
 * template stands in that lets the rest of the file be read.
 * @param call the function as users write it: `emr.spark`
 * @param otherNames what other tools call its parameters
 * @param together what is wrong with parameters that are in order one by one
 * @example
 * ```ts
 * export function send(parameters: { readonly queue: string }) {
 *   return checkedTemplate('orders.send', parameters, { queue: checks.required(checks.filled) }, made, { queueurl: 'queue' });
 * }
 * const made = ({ queue }: { readonly queue: string }) =>
 *   template({
 *     service: 'orders',
 *     kind: 'orders.send',
 *     lower: (limits) => callFragment('arn:aws:states:::sqs:sendMessage', { QueueUrl: queue, MessageBody: 'now' }, limits),
 *     permissions: () => [],
 *   });
 * ```
 */
export function checkedTemplate<Arguments, Output>(
  call: string,
  given: unknown,
  checks: ChecksOf<Arguments>,
  make: (checked: Arguments) => Template<Output>,
  otherNames: OtherNames = {},
  together: (checked: Arguments) => readonly Conflict[] = () => [],
): Template<Output> {
  const where = { owner: call, field: '', at: placeOnDemand() };
  const kind = { instead: `\`${call}({ … })\``, otherName: (field: string) => otherName(field, otherNames) };
  const read = readFields<Arguments>(given, checks, kind, where);
  const conflicts = read.faults.length === 0 ? together(read.fields) : [];
  const faults = [...read.faults, ...conflicts.map((one) => diagnose('DAG170', { owner: call, ...one }, where.at))];
  report(faults);
  return faults.length === 0 ? make(read.fields) : fallbackTemplate(call);
}

/** Parameters each of which is in order by itself, and that do not go together. */
export interface Conflict {
  /** What is wrong, as a clause: `the topic is a FIFO topic, and there is no group`. */
  readonly detail: string;
  /** What to write, as sentences. */
  readonly instead: string;
}

/**
 * What AWS's own calls, CDK and Airflow's operators call the parameters of a template: each name in small letters without `_`, with the
 * parameter here or with a sentence that says what to write.
 */
export type OtherNames = { readonly [name: string]: string };

/** The names of a time limit of what a task does, which the task has here. */
const TIME_LIMITS = /^(?:timeout|maxruntime|executiontimeout)(?:s|ms|inminutes|minutes|inseconds|seconds)?$/;

function otherName(field: string, names: OtherNames): string | undefined {
  const name = field.replaceAll(/[_-]/g, '').toLowerCase();
  if (Object.hasOwn(names, name)) return names[name];
  const option = TIME_LIMITS.test(name) ? 'executionTimeout' : taskOptions.find((one) => one.toLowerCase() === name);
  return option && `It is an option of the task here: \`dag.task(id, template, { ${option}: … })\`.`;
}

const S3 = 'an S3 path, `s3://bucket/prefix/`';

/** A path in S3 whose bucket a policy can name: the text itself begins with `s3://`. */
export const s3Path = check(S3, (given, where) => {
  const wanted = isReference(given)
    ? `${S3}; write a reference for the bucket alone, \`s3://\${dag.env.lake}/prefix/\``
    : S3;
  if (typeof given !== 'string' || !/^s3:\/\/[^/\s]+(\/.*)?$/s.test(given)) return [misfit(given, where, wanted)];
  return unsendable(given, `"${where.owner}": ${where.field}`, where.at);
});

/** A text of a form, as far as it is known now; one that only a deploy or a run knows is the service's to check. */
export function formed(wanted: string, fits: (text: string) => boolean): Check {
  return check(wanted, (given, where) =>
    typeof given === 'string' && given !== '' && !mayHoldToken(given) && !fits(given)
      ? [misfit(given, where, wanted)]
      : filled(given, where),
  );
}

const BUCKET = 'the name of a bucket alone, without `s3://` and without a path';

/** A bucket by its name; as far as it is known now, no path and nothing before it. An access point has an ARN. */
export const bucketName = check(BUCKET, (given, where) =>
  typeof given === 'string' &&
  !given.startsWith('arn:') &&
  splitTokens(given).some((one) => 'text' in one && /\//.test(one.text))
    ? [misfit(given, where, BUCKET)]
    : filled(given, where),
);

/** A role of a call that takes its name or its ARN. */
export const roleNameOrArn = formed(
  'a role of `dag.env`, the name of one, or its ARN, `arn:aws:iam::123456789012:role/jobs`',
  (text) => /^(?:[\w+=,.@/-]+|arn:[\w-]+:iam::\d{12}:role\/.+)$/.test(text),
);

/** A text of at most so many characters, as far as it is known now. */
export function shortText(most: number): Check {
  return formed(`a text of at most ${most} characters`, (text) => [...text].length <= most);
}

/** An object that is sent as JSON, or a reference to one. Its fields are looked into where the states are made. */
export const jsonObject = that(
  'an object, `{ day: dag.logicalDate }`, or a reference',
  (given) => isReference(given) || (typeof given === 'object' && given !== null && !Array.isArray(given)),
);

/** A text, or what is sent as JSON: an object or a list. Its fields are looked into where the states are made. */
export const textOrJson: Check = check('a text, an object, a list, or a reference', (given, where) =>
  typeof given === 'object' && given !== null
    ? []
    : typeof given === 'string'
      ? filled(given, where)
      : [misfit(given, where, textOrJson.wanted)],
);

const FILE = 'a file of the project, `jobs/clean.py`, or an `s3://` path';

/** A file that is uploaded with the machine, so that its name must be known. */
export const file = check(FILE, (given, where) =>
  typeof given === 'string' && given !== ''
    ? unsendable(given, `"${where.owner}": ${where.field}`, where.at)
    : [misfit(given, where, FILE)],
);

export const values = listOf(value, 'a list of texts and references');
export const filledValues = listOf(filled, 'a list of texts and references');
export const textMap = mapOf(value, 'an object whose values are texts or references');

/**
 * The check of a parameter that takes the handle of a setup, or the id of what is there already, as a text or a reference.
 * @param kind the template of the setup
 * @param id the form of an id that is known now
 */
export function handleOrId(wanted: string, kind: string, id: RegExp): Check {
  const isId = (text: string) => id.test(text) || splitTokens(text).some((piece) => 'target' in piece);
  return check(wanted, (given, { owner, field, at }) => {
    if (isReference(given) && !isWholeOutput(given)) return [];
    const own = handleInfo(given)?.template?.kind;
    if (typeof given === 'string' ? isId(given) : own === kind) return [];
    const named = own === undefined ? shown(given) : `${shown(given)}, whose template is ${own}`;
    return [diagnose('DAG104', { owner, field, given: named, wanted }, at)];
  });
}

/** The handle of what the DAG makes; undefined for what is there already. */
export function madeHere<Output>(given: TaskRef<Output> | string): TaskRef<Output> | undefined {
  return handleInfo(given) === undefined ? undefined : (given as TaskRef<Output>);
}

/** A text that is known now; undefined for a reference, or a text with one in it. */
export function knownText(given: unknown): string | undefined {
  return typeof given === 'string' && !mayHoldToken(given) ? given : undefined;
}

/** A parameter as people read it, with references by what they refer to: `dag.env.size`. */
export function textForPeople(given: unknown): string {
  if (isReference(given)) return describeTarget(targetOf(given) as Target);
  if (typeof given !== 'string') return String(given);
  return splitTokens(given)
    .map((piece) => ('target' in piece ? describeTarget(piece.target) : 'text' in piece ? piece.text : ''))
    .join('');
}

const PERMISSION: ChecksOf<Permission> = {
  actions: required(listOf(text, 'a list of actions of IAM, `s3:GetObject`')),
  resources: required(listOf(value, 'a list of ARNs')),
  condition: that('an object, `{ StringEquals: { … } }`', (given) => typeof given === 'object' && given !== null),
};

/** What a role must be allowed besides what is known. */
export const permissions = listOf(object<Permission>(PERMISSION, '{ actions: […], resources: […] }'));
