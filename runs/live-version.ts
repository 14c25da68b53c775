import { oneEndpoint } from '../aws/clients.ts';
import { notDeployed } from './executions.ts';
import type { Operation } from './operation.ts';

/** How long after a deploy the alias may still lead to what was live before. */
const FRESH_MS = 600_000;

/**
 * What runs are started on: the alias or, in the minutes after a deploy or a rollback, the version that it made live, by its own ARN. An
 * alias is eventually consistent: "executions started immediately after may use the previous routing". The record that deploy writes last is
 * not, and stands in S3. Where it cannot be read, the alias is what there is.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html
 */
export async function startedOn(operation: Operation): Promise<string> {
  return (await justDeployed(operation)) ?? operation.names.aliasArn;
}

/** The version that is live. */
export async function liveVersion(operation: Operation): Promise<string | undefined> {
  const fresh = await justDeployed(operation);
  if (fresh !== undefined) return fresh;
  const sfn = await operation.clients.sfn();
  const alias = await sfn
    .describeStateMachineAlias({ stateMachineAliasArn: operation.names.aliasArn })
    .catch((error: unknown) => notDeployed(operation, error));
  return alias.routingConfiguration?.[0]?.stateMachineVersionArn;
}

/** @throws Stop if there is no machine with the alias that runs are started on */
export async function checkDeployed(operation: Operation): Promise<void> {
  await liveVersion(operation);
}

/**
 * The version of the definition that a deploy in the last minutes wrote: after a rollback not the one that is live. Undefined where the
 * last deploy is older, so that AWS shows what it wrote.
 */
export async function justWritten(operation: Operation): Promise<string | undefined> {
  return (await justDeployed(operation)) && (await newestOf(operation));
}

async function newestOf(operation: Operation): Promise<string | undefined> {
  const number = (version: string) => Number(version.slice(version.lastIndexOf(':') + 1));
  const versions = (await deploysOf(operation)).map(({ version }) => version);
  return versions.sort((a, b) => number(b) - number(a))[0];
}

/** Operations whose record says nothing, or that it cannot be read: it is not asked for again. */
const SETTLED = new WeakSet<Operation>();

async function justDeployed(operation: Operation): Promise<string | undefined> {
  if (SETTLED.has(operation) || !oneEndpoint('SFN', 'S3')) return undefined;
  // The last is what is live.
  const last = (await deploysOf(operation)).at(-1);
  const isFresh = last !== undefined && Date.now() - Date.parse(last.at) < FRESH_MS;
  // Another machine's record in a bucket of the same name is none of ours.
  if (isFresh && last.version.startsWith(`${operation.names.machineArn}:`)) return last.version;
  SETTLED.add(operation);
  return undefined;
}

interface Deployed {
  readonly version: string;
  readonly at: string;
}

/** What deploys and rollbacks made live, and when, the last one last. */
async function deploysOf({ clients, environment, names, place }: Operation): Promise<readonly Deployed[]> {
  const s3 = await clients.s3();
  try {
    const { Body } = await s3.getObject(
      { Bucket: environment.artifacts, Key: names.recordKey, ExpectedBucketOwner: place.account },
      { abortSignal: AbortSignal.timeout(5_000) },
    );
    const { deploys = [] } = JSON.parse(await Body!.transformToString()) as { readonly deploys?: readonly Deployed[] };
    return deploys;
  } catch {
    return [];
  }
}
