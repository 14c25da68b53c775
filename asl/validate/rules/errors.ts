import { nearest } from '../../../diagnostics/did-you-mean.ts';
import type { Json, JsonObject } from '../../json/value.ts';
import { STATES_ERRORS } from '../../language/errors.ts';
import { isFilledLater } from '../draft.ts';
import { objects } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

export const errors: Rule = {
  purpose: 'States.ALL stands alone and last, and the errors of Step Functions that are named exist.',
  check({ states }, report) {
    for (const { json, path } of states) {
      list(json.Retry, `${path}/Retry`, 'retrier', report);
      list(json.Catch, `${path}/Catch`, 'catcher', report);
    }
  },
};

function list(all: Json | undefined, path: string, what: string, report: Report): void {
  const items = objects(all);
  for (const [i, item] of items) {
    const names = errorNames(item);
    const at = `${path}/${i}/ErrorEquals`;
    if (names.includes('States.ALL')) {
      if (names.length > 1) report('ASL030', { list: what }, at);
      if (i !== items.at(-1)![0]) report('ASL031', { list: what }, at);
    }
    for (const [j, name] of names.entries()) checkName(name, `${at}/${j}`, report);
  }
}

function errorNames({ ErrorEquals }: JsonObject): string[] {
  return Array.isArray(ErrorEquals) ? ErrorEquals.map((name) => (typeof name === 'string' ? name : '')) : [];
}

function checkName(name: string, path: string, report: Report): void {
  if (isFilledLater(name)) return;
  if (name === 'States.Runtime') report('ASL033', { name }, path);
  else if (name.startsWith('States.') && !STATES_ERRORS.includes(name) && !name.startsWith('States.Http.'))
    report('ASL032', { name, suggestion: nearest(name, STATES_ERRORS) }, path);
}
