import { setTimeout as pause } from 'node:timers/promises';
import { callerOf } from '../aws/caller.ts';
import { createClients } from '../aws/clients.ts';
import { withAws } from '../aws/errors.ts';
import { namesOf, ownTags } from '../aws/names.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { checkedBucket } from './assets.ts';
import { type DeployedVersion, type DeployRecord, readRecord, writeRecord } from './current-state.ts';
import type { DeployOptions } from './deploy.ts';
import { hasTags } from './diff/differences.ts';
import { takeLock, thisProcess } from './lock.ts';
import type { Context, Identity, Resource } from './resource.ts';
import { role } from './resources/role.ts';
import { versionNumber } from './resources/state-machine.ts';
import { alias, contentOf } from './resources/versions.ts';
import { isFresh } from './shown.ts';
import { storeOf } from './store.ts';

export interface RolledBack {
  /** The ARNs. */
  readonly from: string;
  readonly to: string;
}

export type RollbackOptions = Omit<DeployOptions, 'project' | 'dist' | 'adopt'> & {
  /** The number of a version. None: the one that was live before. */
  readonly to?: number;
};

/**
 * Moves the alias back to a version that was live before, and gives the role what that version needs. Code in dist/ is not asked: the next
 * deploy makes it live again.
 * @param confirm is told what would be done
 */
export async function rollback(
  options: RollbackOptions,
  confirm: (about: RolledBack) => Promise<boolean> = async () => true,
): Promise<RolledBack | undefined> {
  return withAws(async () => {
    const { environment, dag } = options;
    const aws = options.clients ?? createClients({ region: environment.region });
    const caller = await callerOf(aws, environment);
    const names = namesOf({ prefix: environment.prefix, dag, artifacts: environment.artifacts }, caller);
    const store = storeOf(environment, caller.account);
    const live: Identity = { kind: 'alias', name: names.alias, arn: names.aliasArn, title: 'what runs' };

    const look = async () => {
      const [record, current] = await Promise.all([
        checkedBucket(environment, () => readRecord(aws, store, names.recordKey)),
        alias.observe(aws, live),
      ]);
      // An alias that was just made or moved may not be shown yet; the record is.
      const fresh =
        record !== undefined && isFresh(record, options.now?.() ?? new Date()) ? record.deploys.at(-1) : undefined;
      if (record === undefined || (current === undefined && fresh === undefined))
        throw new Stop(diagnose('DEP013', { dag, environment: environment.name }));
      const from = fresh?.version ?? String(current!.details?.version ?? '');
      return { record, from, target: targetOf(record, from, options) };
    };
    const first = await look();
    const about = { from: first.from, to: first.target.version };
    if (about.from === about.to || !(await confirm(about))) return undefined;

    const lock = await takeLock({
      ...{ aws, store, key: names.lockKey, dag, process: options.process ?? thisProcess(), by: caller.arn },
      onWait: options.onProgress ?? (() => undefined),
      ...(options.lockWaitMs !== undefined && { waitMs: options.lockWaitMs }),
    });
    try {
      const { record, target, from } = await look();
      if ((await contentOf(await aws.sfn(), target.version)) === undefined) throw gone(target.version, record, options);
      const sleep = options.sleep ?? pause;
      const onProgress = options.onProgress ?? (() => undefined);
      const context: Context = { aws, caller, sleep, onProgress, revisions: new Map(), version: target.version };
      await putPolicy(context, names.role, target, { ...ownTags(dag, environment.name) });
      await lock.assertHeld();
      const resource: Resource = { ...live, properties: {}, tags: {} };
      await alias.update(context, resource, { properties: {}, tags: {} }, new Set(['content']));
      const deploys = [
        ...record.deploys.filter((one) => one !== target),
        { ...target, at: nowOf(options), by: caller.arn },
      ];
      await writeRecord(aws, store, names.recordKey, { ...record, deploys });
      return { from, to: target.version };
    } finally {
      await lock.release();
    }
  });
}

function nowOf({ now = () => new Date() }: RollbackOptions): string {
  return now().toISOString();
}

/** The version that is asked for, or the last one before what is live. */
function targetOf(record: DeployRecord, live: string, options: RollbackOptions): DeployedVersion {
  const { deploys } = record;
  const at = deploys.findIndex(({ version }) => version === live);
  const target =
    options.to === undefined
      ? deploys[(at === -1 ? deploys.length : at) - 1]
      : deploys.find(({ version }) => versionNumber(version) === options.to);
  if (target !== undefined) return target;
  throw gone(options.to === undefined ? undefined : `version ${options.to}`, record, options);
}

function gone(version: string | undefined, { deploys }: DeployRecord, { dag }: RollbackOptions): Stop {
  const known = deploys.map((one) => versionNumber(one.version)).sort((a, b) => a - b);
  return new Stop(diagnose('DEP014', { dag, version, known }));
}

/** A role that is not ours is not touched. */
async function putPolicy(
  context: Context,
  name: string,
  target: DeployedVersion,
  own: Readonly<Record<string, string>>,
) {
  if (target.policy === null) return;
  const identity: Identity = { kind: 'role', name, arn: '', title: 'the machine’s role' };
  const observed = await role.observe(context.aws, identity);
  if (observed === undefined || !hasTags(observed.tags, own)) return;
  const wanted: Resource = {
    ...identity,
    properties: { ...observed.properties, policy: target.policy },
    tags: observed.tags,
  };
  await role.update(context, wanted, observed, new Set(['policy']));
}
