import type { DescribeStateMachineOutput, ListStateMachineVersionsOutput, SFN } from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { isError, orUndefined } from '../../aws/errors.ts';
import { hashOf } from '../diff/differences.ts';
import type { Handler, Resource } from '../resource.ts';
import { lowerTagList, tagsOf } from '../resource.ts';
import { NEW_MACHINE_MS, withRole } from './waits.ts';

/** What is not there, or not shown yet. */
export const GONE = 'StateMachineDoesNotExist';

/** Longer definitions are sent without their white space. */
const MOST = 1_048_576;

/**
 * A state machine. Properties: `definition` (parsed), `role`, `logLevel`, `logGroup` (its ARN, or null) and `tracing`.
 */
export const machine: Handler = {
  async observe(aws, { arn }) {
    const sfn = await aws.sfn();
    const [found, tags] = await Promise.all([
      orUndefined(sfn.describeStateMachine({ stateMachineArn: arn }), GONE),
      orUndefined(sfn.listTagsForResource({ resourceArn: arn }), GONE, 'ResourceNotFound'),
    ]);
    if (found === undefined || found.status === 'DELETING') return undefined;
    return {
      properties: propertiesOf(found),
      tags: tagsOf(tags?.tags),
      details: { revision: found.revisionId ?? null },
    };
  },

  async create(context, resource) {
    const sfn = await context.aws.sfn();
    const made = await withRole(
      context,
      () =>
        sfn.createStateMachine({
          name: resource.name,
          type: 'STANDARD',
          ...settings(resource),
          tags: lowerTagList(resource.tags),
          ...(resource.versioned && { publish: true, versionDescription: versionDescription(resource) }),
        }),
      {
        mostMs: NEW_MACHINE_MS,
        until: (error) =>
          isError(error, 'StateMachineDeleting')
            ? `the machine of that name that was deleted, ${resource.name}, has ended its last executions`
            : undefined,
      },
    );
    if (made.stateMachineVersionArn !== undefined) context.version = made.stateMachineVersionArn;
  },

  async update(context, resource, _observed, changed) {
    const sfn = await context.aws.sfn();
    if (changed.has('tags')) await sfn.tagResource({ resourceArn: resource.arn, tags: lowerTagList(resource.tags) });
    if ([...changed].every((key) => key === 'tags')) return;
    // Publishing is a call of its own: repeated because its answer was lost, it makes no second version, while an update would.
    const { revisionId } = await withRole(
      context,
      () => sfn.updateStateMachine({ stateMachineArn: resource.arn, ...settings(resource) }),
      { until: (error) => (isError(error, 'ConflictException') ? `${resource.name} is at rest` : undefined) },
    );
    if (revisionId !== undefined) context.revisions.set(resource.arn, revisionId);
  },

  async remove(aws, { arn }) {
    const sfn = await aws.sfn();
    for (const version of await versionsOf(sfn, arn))
      await orUndefined(sfn.deleteStateMachineVersion({ stateMachineVersionArn: version }), GONE, 'ResourceNotFound');
    await orUndefined(sfn.deleteStateMachine({ stateMachineArn: arn }), GONE);
  },
};

/** The ARNs of a machine's versions, the newest first. */
export async function versionsOf(sfn: SFN, arn: string): Promise<string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: ListStateMachineVersionsOutput | undefined = await orUndefined(
      sfn.listStateMachineVersions({ stateMachineArn: arn, maxResults: 1000, nextToken }),
      GONE,
      'ResourceNotFound',
    );
    for (const { stateMachineVersionArn } of page?.stateMachineVersions ?? []) found.push(stateMachineVersionArn!);
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return found.sort((a, b) => versionNumber(b) - versionNumber(a));
}

export function versionNumber(arn: string): number {
  return Number(arn.slice(arn.lastIndexOf(':') + 1));
}

/** What makes one version of a machine another than the next. */
export function contentHash({ definition, role, logLevel, logGroup, tracing }: JsonObject): string {
  return hashOf({ definition: definition!, role: role!, logLevel: logLevel!, logGroup: logGroup!, tracing: tracing! });
}

/** The text that is sent: as a person reads it, where that is not too long. */
export function definitionText(definition: Json): string {
  const readable = JSON.stringify(definition, undefined, 2);
  return Buffer.byteLength(readable) <= MOST ? readable : JSON.stringify(definition);
}

/** What a machine, or a version of one, is on AWS. */
export function propertiesOf({
  definition,
  roleArn,
  loggingConfiguration,
  tracingConfiguration,
}: DescribeStateMachineOutput): JsonObject {
  const group = loggingConfiguration?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  return {
    definition: parsed(definition ?? ''),
    role: roleArn ?? '',
    logLevel: loggingConfiguration?.level ?? 'OFF',
    logGroup: group?.replace(/:\*$/, '') ?? null,
    tracing: tracingConfiguration?.enabled ?? false,
  };
}

/** Somebody else's machine may hold anything. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function settings({ properties }: Resource) {
  const { definition, role, logLevel, logGroup, tracing } = properties;
  return {
    definition: definitionText(definition!),
    roleArn: role as string,
    loggingConfiguration: {
      level: logLevel as 'OFF',
      includeExecutionData: false,
      ...(logGroup !== null && { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: `${logGroup}:*` } }] }),
    },
    tracingConfiguration: { enabled: tracing as boolean },
  };
}

/** What a version says of itself. */
export function versionDescription({ properties }: Resource): string {
  return `dagwright ${contentHash(properties).slice(0, 12)}`;
}
