import { STATES_ERRORS } from '../../asl/language/errors.ts';
import { didYouMean } from '../../diagnostics/did-you-mean.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { check, listOf, text, twice, type Where } from './check.ts';

const WANTED = "a list of error names, `['S3.NoSuchKeyException']`";

/** Names of errors that a task can be caught on, each once. */
export const errorNames = check(WANTED, (given, where) => {
  const wrong = listOf(text, WANTED)(given, where);
  if (wrong.length > 0) return wrong;
  const names = given as readonly string[];
  return [...names.flatMap((name) => wrongName(name, where)), ...twice(names, where)];
});

function wrongName(name: string, { owner, field, at }: Where) {
  const fault = (detail: string, instead: string) => [diagnose('DAG100', { owner, field, name, detail, instead }, at)];
  if (name.trim() === '') return fault('which names no error', 'Name an error, or leave it out.');
  if (name === 'States.ALL')
    return fault(
      'which stands for every error',
      'Name the errors that mean "nothing to do". For a failure that hinders nothing behind it give those tasks the trigger rule all_done.',
    );
  if (['States.Runtime', 'States.DataLimitExceeded'].includes(name))
    return fault('which no state can catch', 'Leave it out: the run ends with it.');
  if (name.startsWith('States.') && !name.startsWith('States.Http.') && !STATES_ERRORS.includes(name))
    return fault(
      'which Step Functions does not have',
      `${didYouMean(name, STATES_ERRORS)}Its own are ${STATES_ERRORS.join(', ')}.`,
    );
  return [];
}
