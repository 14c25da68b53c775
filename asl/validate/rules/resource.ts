import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { hasPlaceholder } from '../../placeholders/index.ts';
import {
  OPTIMIZED,
  type Pattern,
  RETIRED_SERVICES,
  readResource,
  sdkService,
  sdkServices,
} from '../../services/index.ts';
import type { Report } from '../report.ts';
import type { Rule } from './rule.ts';

/** AWS: INVALID_RESOURCE, and SCHEMA_VALIDATION_FAILED at the Resource. */
export const resource: Rule = {
  purpose: 'What a Task calls exists, and can be called in the way that it says.',
  check({ states }, report) {
    for (const { json, path, type } of states)
      if (type === 'Task' && typeof json.Resource === 'string' && json.Resource !== '')
        checkResource(json.Resource, `${path}/Resource`, report);
  },
};

function checkResource(text: string, path: string, report: Report): void {
  const read = readResource(text);
  if (read.kind === 'broken') report('ASL070', { resource: text, detail: read.detail }, path);
  else if (hasPlaceholder(text)) report('ASL088', { resource: text }, path);
  else if (read.kind === 'other') report('ASL071', { resource: text }, path);
  if (read.kind !== 'integration') return;
  const { sdk, service, action, pattern } = read;
  const actions = actionsOf(service, sdk);
  if (actions === undefined && sdk && RETIRED_SERVICES.has(service)) {
    report('ASL084', { service }, path);
    return;
  }
  if (actions === undefined) {
    const suggestion = nearest(service, sdk ? sdkServices() : Object.keys(OPTIMIZED));
    report('ASL072', { service, sdk, suggestion }, path);
    return;
  }
  const patterns = actions.patterns(action);
  if (patterns === undefined)
    report('ASL073', { service, action, sdk, suggestion: nearest(action, actions.names()) }, path);
  else if (!patterns.includes(pattern))
    report('ASL074', { service, action, pattern, patterns: patterns.filter((one) => one !== 'request') }, path);
}

const SDK_PATTERNS: readonly Pattern[] = ['request', 'waitForTaskToken'];

interface Actions {
  patterns(action: string): readonly Pattern[] | undefined;
  names(): Iterable<string>;
}

function actionsOf(service: string, sdk: boolean): Actions | undefined {
  if (sdk) {
    const actions = sdkService(service);
    return (
      actions && { patterns: (action) => (actions.has(action) ? SDK_PATTERNS : undefined), names: () => actions.keys() }
    );
  }
  const actions = Object.hasOwn(OPTIMIZED, service) ? OPTIMIZED[service]! : undefined;
  return (
    actions && {
      patterns: (action) => (Object.hasOwn(actions, action) ? actions[action] : undefined),
      names: () => Object.keys(actions),
    }
  );
}
