import {
  type Check,
  type ChecksOf,
  check,
  fallbackTemplate,
  filled,
  isReference,
  listOf,
  mapOf,
  mayHoldToken,
  misfit,
  placeOnDemand,
  readFields,
  report,
  type Template,
  taskOptions,
  unsendable,
  value,
} from '../authoring/internal.ts';

/**
 * A template whose arguments are checked, each field by itself. Where something is wrong with them it is told at the user's call, and a
 * template stands in that lets the rest of the file be read.
 * @param call the function as users write it: `emr.spark`
 * @param otherNames what other tools call its parameters
 */
export function checkedTemplate<Arguments, Output>(
  call: string,
  given: unknown,
  checks: ChecksOf<Arguments>,
  make: (checked: Arguments) => Template<Output>,
  otherNames: OtherNames = {},
): Template<Output> {
  const where = { owner: call, field: '', at: placeOnDemand() };
  const kind = { instead: `\`${call}({ … })\``, otherName: (field: string) => otherName(field, otherNames) };
  const { fields, faults } = readFields<Arguments>(given, checks, kind, where);
  report(faults);
  return faults.length === 0 ? make(fields) : fallbackTemplate(call);
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
