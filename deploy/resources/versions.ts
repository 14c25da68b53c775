import type { SFN } from '@aws-sdk/client-sfn';
import { isError, orUndefined } from '../../aws/errors.ts';
import { patiently } from '../../aws/patience.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Context, Handler, Resource } from '../resource.ts';
import { contentHash, GONE, propertiesOf, versionDescription, versionsOf } from './state-machine.ts';
import { onceShown } from './waits.ts';

/** How long AWS may take to show the definition that an update was answered with. */
const SHOWN_MS = 120_000;

/** AWS still shows what stood there before. */
class NotShown extends Error {}

/**
 * The version that holds the machine as it is wanted. A deploy that was killed may have published it; else it is published now, of the
 * revision that the update answered and of no other: "eventually consistent" may mean that the revision before is still the current one. The
 * version is compared with what is wanted before anything is started on it.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html
 * @throws Stop if AWS does not show the definition in time
 */
export async function publishedVersion(context: Context, machine: Resource): Promise<string> {
  const sfn = await context.aws.sfn();
  const wanted = contentHash(machine.properties);
  const [newest] = await versionsOf(sfn, machine.arn);
  if (newest !== undefined && (await contentOf(sfn, newest)) === wanted) return newest;
  const publish = async (attempt: number) => {
    const answered = context.revisions.get(machine.arn);
    const revisionId = attempt === 1 && answered !== undefined ? answered : await shownRevision(sfn, machine, answered);
    const { stateMachineVersionArn = '' } = await sfn.publishStateMachineVersion({
      stateMachineArn: machine.arn,
      description: versionDescription(machine),
      revisionId,
    });
    return stateMachineVersionArn;
  };
  const until = (error: unknown) =>
    error instanceof NotShown || isError(error, 'ConflictException', GONE, 'ResourceNotFound')
      ? `AWS shows the new definition of ${machine.name}`
      : undefined;
  try {
    const version = await patiently(context, { until, mostMs: SHOWN_MS }, publish);
    await patiently(context, { until, mostMs: SHOWN_MS }, async () => {
      if ((await contentOf(sfn, version)) !== wanted) throw new NotShown(version);
    });
    return version;
  } catch (error) {
    if (until(error) === undefined) throw error;
    throw new Stop(diagnose('DEP020', { machine: machine.name, seconds: SHOWN_MS / 1000 }), 3);
  }
}

/** The revision that AWS shows with the definition that is wanted; the one that the update answered while it does not. */
async function shownRevision(sfn: SFN, machine: Resource, answered: string | undefined): Promise<string> {
  const found = await sfn.describeStateMachine({ stateMachineArn: machine.arn });
  // A machine that was never updated has no revision's id: it is the initial one.
  if (contentHash(propertiesOf(found)) === contentHash(machine.properties)) return found.revisionId ?? 'INITIAL';
  if (answered === undefined) throw new NotShown(machine.arn);
  return answered;
}

/** What a version holds, as `contentHash` says it; undefined if there is no such version. */
export async function contentOf(sfn: SFN, version: string): Promise<string | undefined> {
  const found = await orUndefined(sfn.describeStateMachine({ stateMachineArn: version }), GONE, 'ResourceNotFound');
  return found === undefined ? undefined : contentHash(propertiesOf(found));
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

  async create(context, { name }) {
    const sfn = await context.aws.sfn();
    const version = needed(context.version);
    await onceShown(context, `the version ${version}`, [GONE, 'ResourceNotFound'], () =>
      sfn.createStateMachineAlias({
        name,
        description: 'Made by dagwright',
        routingConfiguration: [{ stateMachineVersionArn: version, weight: 100 }],
      }),
    );
  },

  async update(context, { arn }) {
    const sfn = await context.aws.sfn();
    const version = needed(context.version);
    await onceShown(context, `the version ${version}`, [GONE, 'ResourceNotFound', 'ConflictException'], () =>
      sfn.updateStateMachineAlias({
        stateMachineAliasArn: arn,
        routingConfiguration: [{ stateMachineVersionArn: version, weight: 100 }],
      }),
    );
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
