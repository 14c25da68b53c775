import type { StateNode } from '../machine.ts';
import { walk } from '../walk.ts';
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

/** The token itself, or the whole context object around it; a variable or the input may hold it, too. */
function handsOver({ json, language, path }: StateNode): boolean {
  const given = json[language === 'JSONata' ? 'Arguments' : 'Parameters'];
  if (given === undefined) return false;
  let found = false;
  walk(given, path, (value) => {
    if (typeof value === 'string') found ||= /Task\b|\$\$|\.context\b|[Tt]oken/.test(value);
  });
  return found;
}
