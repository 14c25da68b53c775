import type { Rule } from './rule.ts';

/** https://states-language.net/spec.html#task-state: a heartbeat "MUST be smaller than the TimeoutSeconds". */
export const timeouts: Rule = {
  purpose: 'A heartbeat comes before the timeout.',
  check({ states }, report) {
    for (const { json, path, name } of states) {
      const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = json;
      if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
        report('ASL017', { what: `The state "${name}"`, heartbeat, timeout }, `${path}/HeartbeatSeconds`);
    }
  },
};
