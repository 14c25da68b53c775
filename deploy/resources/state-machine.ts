import type { DescribeStateMachineOutput, ListStateMachineVersionsOutput, SFN } from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { orUndefined } from '../../aws/errors.ts';
import { hashOf } from '../diff/differences.ts';
import type { Context, Handler, Resource } from '../resource.ts';
import { lowerTagList, tagsOf } from '../resource.ts';
import { assumable } from './role.ts';

const GONE = 'StateMachineDoesNotExist';

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
    const made = await assumable(context.sleep, () =>
      sfn.createStateMachine({
        name: resource.name,
        type: 'STANDARD',
        ...settings(resource),
        tags: lowerTagList(resource.tags),
        ...(resource.versioned && { publish: true, versionDescription: describe(resource) }),
      }),
    );
    if (made.stateMachineVersionArn !== undefined) context.version = made.stateMachineVersionArn;
  },

  async update(context, resource, _observed, changed) {
    const sfn = await context.aws.sfn();
    if (changed.has('tags')) await sfn.tagResource({ resourceArn: resource.arn, tags: lowerTagList(resource.tags) });
    if ([...changed].every((key) => key === 'tags')) return;
    // Publishing is a call of its own: repeated because its answer was lost, it makes no second version, while an update would.
    await assumable(context.sleep, () =>
      sfn.updateStateMachine({ stateMachineArn: resource.arn, ...settings(resource) }),
    );
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

/**
 * The version that holds the machine as it stands. A deploy that was killed may have published it; else it is published now.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html
 */
export async function publishedVersion({ aws }: Context, resource: Resource): Promise<string> {
  const sfn = await aws.sfn();
  const [newest] = await versionsOf(sfn, resource.arn);
  if (newest !== undefined && (await contentOf(sfn, newest)) === contentHash(resource.properties)) return newest;
  const made = await sfn.publishStateMachineVersion({
    stateMachineArn: resource.arn,
    description: describe(resource),
  });
  return made.stateMachineVersionArn!;
}

/** What a version holds, as `contentHash` says it; undefined if there is no such version. */
export async function contentOf(sfn: SFN, version: string): Promise<string | undefined> {
  const found = await orUndefined(sfn.describeStateMachine({ stateMachineArn: version }), GONE, 'ResourceNotFound');
  return found === undefined ? undefined : contentHash(propertiesOf(found));
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

function propertiesOf({
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

function describe({ properties }: Resource): string {
  return `dagwright ${contentHash(properties).slice(0, 12)}`;
}

/**
 * The name under which a machine's version is started. Properties: `content`, the hash of what the version holds. What the alias points to
 * is observed by its content, so that it does not matter under which number a version was published.
 */
export const alias: Handler = {
  async observe(aws, { arn }) {
    const sfn = await aws.sfn();
    const found = await orUndefined(
      sfn.describeStateMachineAlias({ stateMachineAliasArn: arn }),
      GONE,
      'ResourceNotFound',
    );
    if (found === undefined) return undefined;
    const routes = found.routingConfiguration ?? [];
    const version = routes[0]?.stateMachineVersionArn ?? '';
    const content = routes.length === 1 ? await contentOf(sfn, version) : undefined;
    return {
      properties: { content: content ?? `${routes.length} versions` },
      // An alias has no tags: it is its machine's.
      tags: {},
      details: { version },
    };
  },

  async create({ aws, version }, { name }) {
    await (await aws.sfn()).createStateMachineAlias({
      name,
      description: 'Made by dagwright',
      routingConfiguration: [{ stateMachineVersionArn: needed(version), weight: 100 }],
    });
  },

  async update({ aws, version }, { arn }) {
    await (await aws.sfn()).updateStateMachineAlias({
      stateMachineAliasArn: arn,
      routingConfiguration: [{ stateMachineVersionArn: needed(version), weight: 100 }],
    });
  },

  async remove(aws, { arn }) {
    await orUndefined(
      (await aws.sfn()).deleteStateMachineAlias({ stateMachineAliasArn: arn }),
      GONE,
      'ResourceNotFound',
    );
  },
};

function needed(version: Context['version']): string {
  if (version === undefined) throw new Error('the alias is moved before its version is known');
  return version;
}
