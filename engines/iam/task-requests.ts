import type { TaskCall } from '../../asl/interpret/options.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import { callsOfResource } from '../../asl/services/iam/index.ts';
import { readResource } from '../../asl/services/index.ts';
import { endpointRequests } from './endpoint-requests.ts';
import type { IamRequest } from './policies.ts';
import { type Circumstances, requestsOf } from './requests.ts';
import { requestTags } from './tags.ts';

/** What IAM is asked for a task. */
export interface TaskRequests {
  /** When the task is called, and while it is waited for. */
  readonly called: readonly IamRequest[];
  /** When the execution is stopped while it waits for the task. */
  readonly stopped: readonly IamRequest[];
  /** When the machine is made: `.sync` hears of a job's end by a rule of EventBridge. */
  readonly rule: readonly IamRequest[];
}

/**
 * What IAM is asked with the machine's role for one call of a task, of an ItemReader or a ResultWriter.
 * @param circumstances `machine` is the machine's name
 */
export function taskRequests(
  { resource, arguments: args, roleArn }: Pick<TaskCall, 'resource' | 'arguments' | 'roleArn'>,
  circumstances: Circumstances & { readonly machine: string },
): TaskRequests {
  // The call itself is made with the other role, of which nothing is known here.
  if (roleArn !== undefined)
    return only(requestsOf({ service: 'sts', action: 'assumeRole', arguments: { RoleArn: roleArn } }, circumstances));
  const read = readResource(resource);
  if (read.kind === 'lambda')
    return only(
      requestsOf({ service: 'lambda', action: 'invoke', arguments: { FunctionName: resource } }, circumstances),
    );
  const endpoint = endpointRequests(/:::([\w-]+:\w+)/.exec(resource)?.[1] ?? '', args, circumstances);
  if (endpoint !== undefined) return only(endpoint);
  const { calls = [], rule } = callsOfResource(resource, []) ?? {};
  const given = requestTags(args);
  const own = withoutInput(resource, args);
  const { tagsOf = () => undefined } = circumstances;
  const asked = calls.map(({ service, action }) => {
    // What the call makes bears its tags when it is asked after and ended: it has no id yet, or the name that it is given.
    const isMade = (arn: string) => arn.endsWith('*') || !resource.includes(`:${action}.`);
    const made = { ...circumstances, tagsOf: (arn: string) => tagsOf(arn) ?? (isMade(arn) ? given : undefined) };
    return { action, requests: requestsOf({ service, action, arguments: own }, made) };
  });
  return {
    called: asked.filter(({ action }) => !isStop(action, resource)).flatMap(({ requests }) => requests),
    stopped: asked.filter(({ action }) => isStop(action, resource)).flatMap(({ requests }) => requests),
    rule: rule === undefined ? [] : rules(rule, circumstances),
  };
}

/** What another machine is given is none of the call's own parameters, whatever its fields are called. */
function withoutInput(resource: string, args: Json): Json {
  if (!/:states:startExecution\b/.test(resource) || !isObject(args)) return args;
  const { Input: _, ...own } = args;
  return own as Json;
}

function only(called: readonly IamRequest[]): TaskRequests {
  return { called, stopped: [], rule: [] };
}

/** A call by which `.sync` ends a job: another one than the task's own. */
function isStop(action: string, resource: string): boolean {
  const [, own = ''] = /:(\w+)\.sync(?::2)?$/.exec(resource) ?? [];
  if (own === '' || /^(batch)?(stop|cancel|terminate|delete)/i.test(own)) return false;
  return /^(batch)?(stop|cancel|terminate|delete)/i.test(action);
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html */
function rules(rule: string, circumstances: Circumstances): IamRequest[] {
  return ['putTargets', 'putRule', 'describeRule'].flatMap((action) =>
    requestsOf(
      { service: 'eventbridge', action, arguments: action === 'putTargets' ? { Rule: rule } : { Name: rule } },
      circumstances,
    ),
  );
}
