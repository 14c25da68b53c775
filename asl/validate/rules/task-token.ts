import { isObject } from '../../json/value.ts';
import { walk } from '../../json/walk.ts';
import { hasFieldsLater, isFilledLater } from '../filled-later.ts';
import type { StateNode } from '../machine.ts';
import type { Rule } from './rule.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token */
export const taskToken: Rule = {
  purpose: 'A call that waits for a task token hands the token over.',
  check({ states }, report) {
    for (const state of states) {
      const { Resource } = state.json;
      if (
        state.type === 'Task' &&
        typeof Resource === 'string' &&
        Resource.endsWith('.waitForTaskToken') &&
        !handsOver(state)
      )
        report('ASL075', { resource: Resource }, `${state.path}/Resource`);
    }
  },
};

/** Whom a call addresses is filled in more often than anything else, and holds no token. */
const ADDRESS = /(Arn|Name|Url|Id|Cluster|TaskDefinition)$/;

/** The token itself, what may be filled in with it, or the whole context object around it; a variable or the input may hold it, too. */
function handsOver({ json, language, path }: StateNode): boolean {
  const given = json[language === 'JSONata' ? 'Arguments' : 'Parameters'];
  if (given === undefined) return hasFieldsLater(json);
  let found = false;
  walk(given, path, (value, _, key) => {
    if (typeof value === 'string')
      found ||= /Task\b|\$\$|\.context\b|[Tt]oken/.test(value) || (isFilledLater(value) && !ADDRESS.test(key ?? ''));
    else if (isObject(value)) found ||= hasFieldsLater(value);
  });
  return found;
}
