import type { Caller } from '../aws/caller.ts';
import type { Clients } from '../aws/clients.ts';
import { isError, orUndefined } from '../aws/errors.ts';
import { patiently } from '../aws/patience.ts';
import { type AssetFile, removeAssets, uploadAsset } from './assets.ts';
import {
  type CurrentState,
  type DeployedVersion,
  type DeployRecord,
  type Fingerprints,
  writeRecord,
} from './current-state.ts';
import type { Desired } from './desired/desired.ts';
import { differences, fingerprints, hasTags } from './diff/differences.ts';
import type { Lock } from './lock.ts';
import type { Change, Plan } from './plan.ts';
import { type Context, type Identity, type Observed, onlyOwn, type Resource } from './resource.ts';
import { HANDLERS } from './resources/handlers.ts';
import { GONE, versionNumber, versionsOf } from './resources/state-machine.ts';
import { alias, publishedVersion } from './resources/versions.ts';
import type { Store } from './store.ts';

export interface ApplyOptions {
  readonly aws: Clients;
  readonly caller: Caller;
  readonly store: Store;
  readonly lock: Lock;
  readonly desired: Desired;
  readonly current: CurrentState;
  readonly files: readonly AssetFile[];
  readonly plan: Plan;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onProgress: (text: string) => void;
}

/**
 * Does what a plan says. It can be killed at any call: each step leaves behind what the next deploy finds and completes, and the alias, by
 * which runs are started, moves only when all that a run needs is there.
 *
 *     record: begun ─▶ assets ─▶ roles ▸ functions ▸ log ▸ machine and its version ─▶ alias ─▶ cleanup ▸ schedule ▸ alarm
 *                   ─▶ what is not wanted any more ─▶ old versions, their functions and assets ─▶ record: done
 *
 * Returns the version that is live.
 */
export async function apply(options: ApplyOptions): Promise<string> {
  const { aws, caller, store, lock, desired, current, files, plan, sleep, onProgress } = options;
  const { names } = desired;
  const context: Context = { aws, caller, sleep, onProgress, revisions: new Map() };
  const record = current.record ?? emptyRecord(desired);
  const making = {
    resources: [...desired.resources.map(identity), ...known(record, desired)],
    applied: appliedBy(desired),
  };
  await writeRecord(aws, store, names.recordKey, { ...record, pending: making });

  for (const file of files) {
    if (!plan.assets.some(({ key }) => key === file.key)) continue;
    onProgress(`upload ${file.path}`);
    await uploadAsset(aws, store, names.assetsPrefix, file, (done) =>
      onProgress(`upload ${file.path}: ${Math.floor((100 * done) / file.size)} %`),
    );
  }
  for (const resource of desired.resources) {
    const change = plan.changes.find(({ arn }) => arn === resource.arn);
    if (change !== undefined) await make(resource, change);
  }
  for (const { action, kind, name, arn, title } of plan.changes) {
    if (action !== 'delete') continue;
    onProgress(`delete ${title} ${name}`);
    await HANDLERS[kind].remove(aws, { kind, name, arn, title });
  }
  const version = context.version ?? (await liveVersion(context, desired));
  const deploys = deploysWith(record, version, options);
  const kept = await prune({ aws, store, desired, live: version, deploys, assets: current.assets });
  const earlier = earlierFunctions(record, desired);
  const isCalled = calledBy(kept);
  for (const one of earlier.filter((other) => !isCalled(other)).reverse()) {
    onProgress(`delete ${one.title} ${one.name}`);
    await HANDLERS[one.kind].remove(aws, one);
  }
  await writeRecord(aws, store, names.recordKey, {
    ...{ recordVersion: 1, dag: desired.dag, environment: desired.environment.name },
    resources: [...desired.resources.map(identity), ...earlier.filter(isCalled)],
    applied: making.applied,
    ...scheduleState(desired),
    deploys: kept,
  });
  return version;

  async function make(resource: Resource, change: Change): Promise<void> {
    if (resource.kind === 'alias') {
      const machine = desired.resources.find(({ versioned }) => versioned)!;
      context.version ??= await publishedVersion(context, machine);
      await lock.assertHeld();
    }
    onProgress(`${change.action} ${resource.title} ${resource.name}`);
    const handler = HANDLERS[resource.kind];
    const observed = current.observed.get(resource.arn);
    if (observed === undefined) await createOnce(context, resource);
    else {
      const adopted = change.action === 'adopt' ? { 'dagwright:adopted': 'true' } : {};
      const differs = new Set([...change.differs, ...(change.action === 'adopt' ? ['tags'] : [])]);
      await handler.update(context, { ...resource, tags: { ...resource.tags, ...adopted } }, observed, differs);
    }
  }
}

/** A call that is repeated because its answer was lost finds what it made: that is taken as it is, and brought to its end. */
async function createOnce(context: Context, resource: Resource): Promise<void> {
  const handler = HANDLERS[resource.kind];
  let observed: Observed | undefined;
  // What exists may not be shown yet.
  await patiently(
    context,
    {
      mostMs: 60_000,
      until: (error) =>
        isError(error, ...EXISTS) && observed === undefined
          ? `AWS shows ${resource.title} ${resource.name}, or has removed it`
          : undefined,
    },
    async () => {
      try {
        await handler.create(context, resource);
      } catch (error) {
        if (!isError(error, ...EXISTS)) throw error;
        observed = await handler.observe(context.aws, resource);
        if (observed === undefined || !hasTags(observed.tags, onlyOwn(resource.tags))) throw error;
        await handler.update(context, resource, observed, new Set(differences(resource, observed)));
      }
    },
  );
}

const EXISTS = [
  'EntityAlreadyExists',
  'EntityAlreadyExistsException',
  'ResourceAlreadyExistsException',
  'StateMachineAlreadyExists',
  'ConflictException',
  'ResourceConflictException',
];

async function liveVersion({ aws }: Context, { names }: Desired): Promise<string> {
  const observed = await alias.observe(aws, { kind: 'alias', name: names.alias, arn: names.aliasArn, title: '' });
  return String(observed?.details?.version ?? '');
}

function identity({ kind, name, arn, title }: Resource): Identity {
  return { kind, name, arn, title };
}

/** What earlier deploys made and this one removes: until that is done, it is known. */
function known(record: DeployRecord, { resources }: Desired): Identity[] {
  const wanted = new Set(resources.map(({ arn }) => arn));
  const all = [...record.resources, ...(record.pending?.resources ?? [])].filter(({ arn }) => !wanted.has(arn));
  return all.filter(({ arn }, i) => all.findIndex((one) => one.arn === arn) === i);
}

function emptyRecord({ dag, environment }: Desired): DeployRecord {
  return { recordVersion: 1, dag, environment: environment.name, resources: [], applied: {}, deploys: [] };
}

function appliedBy({ resources }: Desired): Fingerprints {
  return Object.fromEntries(resources.map(({ kind, arn, properties }) => [arn, fingerprints(kind, properties)]));
}

function scheduleState({ resources }: Desired): { schedule?: string } {
  const state = resources.find(({ kind }) => kind === 'schedule')?.properties.state;
  return state === undefined ? {} : { schedule: String(state) };
}

/** The history with what is live now at its end; each version stands in it once. */
function deploysWith(record: DeployRecord, version: string, { desired, now, caller }: ApplyOptions) {
  if (record.deploys.at(-1)?.version === version) return record.deploys;
  const content = desired.resources.find(({ kind }) => kind === 'alias')!.properties.content as string;
  const policy = desired.resources.find(({ name, kind }) => kind === 'role' && name === desired.names.role);
  return [
    ...record.deploys.filter((one) => one.version !== version),
    {
      version,
      content,
      assets: desired.assets.map(({ key }) => key),
      ...functionsOf(desired),
      policy: policy?.properties.policy ?? null,
      at: now().toISOString(),
      by: caller.arn,
    },
  ];
}

/** What belongs to the functions of a version. */
function functionsOf({ resources }: Desired): Pick<DeployedVersion, 'functions'> {
  const functions = resources.filter(({ group }) => group === 'functions').map(({ arn }) => arn);
  return functions.length === 0 ? {} : { functions };
}

/** What was made of functions for earlier versions and is not wanted for this one, in the order in which it was made. */
function earlierFunctions({ resources, pending, deploys }: DeployRecord, desired: Desired): Identity[] {
  const isOf = calledBy(deploys);
  const wanted = new Set(desired.resources.map(({ arn }) => arn));
  return [...resources, ...(pending?.resources ?? [])].filter(
    (one, i, all) => isOf(one) && !wanted.has(one.arn) && all.findIndex(({ arn }) => arn === one.arn) === i,
  );
}

/** Whether something belongs to the functions that these versions call. */
function calledBy(deploys: readonly DeployedVersion[]): (one: Identity) => boolean {
  const called = new Set(deploys.flatMap(({ functions = [] }) => functions));
  return ({ arn }) => called.has(arn);
}

const GONE_VERSION = [GONE, 'ResourceNotFound'];

export interface PruneOptions {
  readonly aws: Clients;
  readonly store: Store;
  readonly desired: Desired;
  readonly live: string;
  readonly deploys: readonly DeployedVersion[];
  /** Those that stood there before this deploy. */
  readonly assets: ReadonlyMap<string, number>;
}

/**
 * Keeps the newest versions, as many as the environment says, and what is live; and of the assets those that a kept version names. Answers
 * the history of what was kept.
 */
export async function prune({ aws, store, desired, live, deploys, assets }: PruneOptions): Promise<DeployedVersion[]> {
  const { environment, names } = desired;
  const sfn = await aws.sfn();
  // A listing may lack what was just published: the record has it.
  const listed = await versionsOf(sfn, names.machineArn);
  const versions = [...new Set([...listed, ...deploys.map(({ version }) => version)])].sort(
    (a, b) => versionNumber(b) - versionNumber(a),
  );
  const kept = new Set([...versions.slice(0, environment.keep.versions), live]);
  for (const version of versions.filter((one) => !kept.has(one)).reverse()) {
    // Somebody's own alias may hold it: then it stays.
    const deleted = await orUndefined(
      orUndefined(sfn.deleteStateMachineVersion({ stateMachineVersionArn: version }), ...GONE_VERSION).then(() => true),
      'ConflictException',
    );
    if (deleted === undefined) kept.add(version);
  }
  const left = deploys.filter(({ version }) => kept.has(version));
  const named = new Set([...left.flatMap((one) => one.assets), ...desired.assets.map(({ key }) => key)]);
  const unnamed = [...assets.keys()].filter((key) => !named.has(key));
  await removeAssets(aws, store, names.assetsPrefix, unnamed);
  return left;
}
