import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { walk } from '../../json/pointer.ts';
import { isObject } from '../../json/value.ts';
import { hasPlaceholder } from '../../placeholders/index.ts';
import {
  OPTIMIZED,
  type Pattern,
  RETIRED_SERVICES,
  readResource,
  sdkService,
  sdkServices,
} from '../../services/index.ts';
import { hasFieldsLater, isFilledLater } from '../draft.ts';
import type { StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

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

const ROLE = /^arn:[^:]+:iam::[^:]+:role\/./;

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html */
export const credentials: Rule = {
  purpose: 'Credentials name a role, and stand on a task that can take one.',
  check({ states }, report) {
    for (const { json, path, name, type } of states) {
      const { Credentials: given, Resource: resource } = json;
      if (type !== 'Task' || !isObject(given)) continue;
      const at = `${path}/Credentials`;
      const read = typeof resource === 'string' ? readResource(resource) : undefined;
      const http = read?.kind === 'integration' && !read.sdk && read.service === 'http';
      if (read?.kind === 'activity' || http)
        report('ASL089', { detail: 'Only Lambda functions and AWS services are called with Credentials' }, at, {
          onKey: true,
        });
      const role = given.RoleArn ?? given['RoleArn.$'];
      if (role === undefined) {
        if (hasFieldsLater(given)) continue;
        // The States Language lets Credentials hold anything; what AWS calls takes a role.
        if (read?.kind === 'lambda' || (read?.kind === 'integration' && !http) || read?.kind === 'placeholder')
          report('ASL010', { what: `The state "${name}": Credentials`, field: 'RoleArn' }, at);
        else report('ASL089', { detail: 'The Credentials have no RoleArn' }, at);
      } else if (given.RoleArn !== undefined && typeof given.RoleArn !== 'string')
        report('ASL089', { detail: `${JSON.stringify(given.RoleArn)} is not the ARN of a role` }, `${at}/RoleArn`);
      else if (typeof given.RoleArn === 'string' && !given.RoleArn.startsWith('{%') && !isFilledLater(given.RoleArn))
        if (!ROLE.test(given.RoleArn))
          report('ASL089', { detail: `"${given.RoleArn}" is not the ARN of a role` }, `${at}/RoleArn`);
    }
  },
};

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
