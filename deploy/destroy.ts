import { callerOf } from '../aws/caller.ts';
import { type Clients, createClients } from '../aws/clients.ts';
import { withAws } from '../aws/errors.ts';
import { type Names, namesOf, ownRoleArn, ownTags, type Place } from '../aws/names.ts';
import { checkedBucket, listObjects, removeAssets } from './assets.ts';
import { assetsAmong, readRecord } from './current-state.ts';
import type { DeployOptions } from './deploy.ts';
import { hasTags } from './diff/differences.ts';
import { type Leftover, leftoversIn, leftoversThere, removeLeftovers } from './leftovers.ts';
import { takeLock, thisProcess } from './lock.ts';
import type { Identity, Kind } from './resource.ts';
import { HANDLERS } from './resources/handlers.ts';
import { type Store, storeOf } from './store.ts';
import { mustBeAllowed, type Runs, runsUnderWay, type UnderWay, untilGone, untilQuiet } from './under-way.ts';

export interface DestroyOptions extends Omit<DeployOptions, 'project' | 'dist' | 'adopt'> {
  /** What becomes of runs that are under way. Default: nothing is removed. */
  readonly runs?: Runs;
  /** Removes what the machine made for all its runs, too: crawlers and the like that carry its tag. */
  readonly leftovers?: boolean;
  /** How long what cleans up after them may take. */
  readonly cleanupWaitMs?: number;
}

/** What would be removed, or was. */
export interface Destruction {
  readonly dag: string;
  readonly environment: string;
  /** In the order in which they go: first what starts runs. */
  readonly resources: readonly Identity[];
  readonly assets: number;
  /** Things under our names that deploy did not make: they stay. */
  readonly kept: readonly Identity[];
  /** What the machine made for all its runs, and whether it stays. */
  readonly leftovers: readonly Leftover[];
  /** The names of the runs that are under way. */
  readonly runs: readonly string[];
}

/**
 * Removes what deploy made for a DAG, and nothing else: what carries our tags, and was not taken over from somebody. What is there is asked of
 * AWS, so that a killed deploy or destroy leaves nothing behind; the record, which goes last, only names the roles that bear names of the
 * DAG's env.
 *
 * While a run goes on nothing is removed, unless it is said what becomes of it: AWS ends a deleted machine's executions at their next
 * transition, without their teardowns. What starts runs goes first; when all is quiet the machine goes, and behind it what cleans up.
 * @param confirm is told what would be removed
 */
export async function destroy(
  options: DestroyOptions,
  confirm: (about: Destruction) => Promise<boolean> = async () => true,
): Promise<Destruction | undefined> {
  return withAws(async () => {
    const { environment, dag, onProgress = () => undefined } = options;
    const aws = options.clients ?? createClients({ region: environment.region });
    const caller = await callerOf(aws, environment);
    const { prefix, artifacts, rolePath } = environment;
    const names = namesOf({ prefix, dag, artifacts, rolePath }, caller);
    const store = storeOf(environment, caller.account);
    const look = () => current(aws, store, names, caller, options);

    const { about, left } = await look();
    const isOver = about.leftovers.every(({ stays }) => stays !== undefined);
    if (about.resources.length === 0 && left === 0 && isOver) return undefined;
    mustBeAllowed(dag, options.runs, about.runs);
    if (!(await confirm(about))) return undefined;
    const lock = await takeLock({
      ...{ aws, store, key: names.lockKey, dag, process: options.process ?? thisProcess(), by: caller.arn },
      onWait: onProgress,
      ...(options.lockWaitMs !== undefined && { waitMs: options.lockWaitMs }),
    });
    try {
      const now = await look();
      const { resources } = now.about;
      mustBeAllowed(dag, options.runs, now.about.runs);
      const remove = async (all: readonly Identity[]) => {
        for (const identity of all) {
          onProgress(`delete ${identity.title} ${identity.name}`);
          await HANDLERS[identity.kind].remove(aws, identity);
        }
      };
      const underWay: UnderWay = {
        ...{ aws, names, place: caller, onProgress, runs: options.runs },
        ...{ sleep: options.sleep, cleanupWaitMs: options.cleanupWaitMs },
        machines: new Set(resources.flatMap(({ kind, arn }) => (kind === 'machine' ? [arn] : []))),
      };
      const { starters, machine, others } = inTurn(resources, names);
      await remove(starters);
      await untilQuiet(dag, underWay);
      await remove(machine);
      // Also where an earlier destroy, which was killed, has deleted it.
      if (!now.about.kept.some(({ arn }) => arn === names.machineArn)) await untilGone(dag, names.machineArn, underWay);
      await remove(others);
      if (options.leftovers) await removeLeftovers(aws, now.about.leftovers, onProgress);
      await removeAssets(aws, store, names.assetsPrefix, now.assets);
      if (now.answers.length > 0) await removeAssets(aws, store, names.answersPrefix, now.answers);
      const s3 = await aws.s3();
      await s3.deleteObject({ Bucket: store.bucket, Key: names.recordKey, ExpectedBucketOwner: store.account });
      return now.about;
    } finally {
      await lock.release();
    }
  });
}

async function current(
  aws: Clients,
  store: Store,
  names: Names,
  place: Place,
  { dag, environment, leftovers = false }: DestroyOptions,
) {
  const own = ownTags(dag, environment.name);
  const objects = await checkedBucket(environment, () => listObjects(aws, store, names.folder));
  const assets = assetsAmong(objects);
  const answers = [...(await listObjects(aws, store, names.answersPrefix)).keys()];
  const record = objects.has(names.recordKey.slice(names.folder.length))
    ? await readRecord(aws, store, names.recordKey)
    : undefined;
  const known = new Set(everything(names, store.account).map(({ arn }) => arn));
  // What was made last goes first: a role after the instance profile that holds it.
  const named = [...(record?.resources ?? []), ...(record?.pending?.resources ?? [])]
    .filter(({ arn }, i, all) => !known.has(arn) && all.findIndex((other) => other.arn === arn) === i)
    .reverse();
  const found = await Promise.all(
    [...everything(names, store.account), ...named].map(async (identity) => {
      const observed = await HANDLERS[identity.kind].observe(aws, identity);
      return observed === undefined ? [] : [{ identity, ...observed }];
    }),
  );
  const there = found.flat();
  // An alias is its machine's or its function's, and goes with it.
  const machine = there.find(({ identity }) => identity.arn === names.machineArn);
  const functionTags = ({ arn }: Identity) =>
    there.find(({ identity }) => identity.arn === arn.replace(/:[^:]+$/, ''))?.tags ?? {};
  const isOurs = ({ identity, tags }: (typeof there)[number]) => {
    const marked =
      identity.kind === 'alias'
        ? (machine?.tags ?? {})
        : identity.kind === 'function-alias'
          ? functionTags(identity)
          : tags;
    return hasTags(marked, own) && marked['dagwright:adopted'] === undefined;
  };
  const made = machine !== undefined && isOurs(machine) ? leftoversIn(machine.properties.definition) : [];
  const resources = there.filter(isOurs).map(({ identity }) => identity);
  const machines = new Set(resources.map(({ arn }) => arn));
  const about: Destruction = {
    dag,
    environment: environment.name,
    resources,
    runs: await runsUnderWay({ aws, names, machines }),
    leftovers: leftovers ? await leftoversThere(aws, { place, machine: names.machine, named: made }) : made,
    assets: assets.size,
    kept: there.filter((one) => !isOurs(one)).map(({ identity }) => identity),
  };
  return { about, assets: [...assets.keys()], answers, left: objects.size + answers.length };
}

/** What starts runs, what runs, and what must outlive it: what cleans up after runs, roles. */
function inTurn(resources: readonly Identity[], names: Names) {
  const starts = new Set([names.scheduleArn, names.scheduleGroupArn, names.starterArn]);
  const runs = new Set([names.aliasArn, names.machineArn]);
  const isStarter = ({ kind, arn }: Identity) => starts.has(arn) || kind === 'alarm';
  return {
    starters: resources.filter(isStarter),
    machine: resources.filter(({ arn }) => runs.has(arn)),
    others: resources.filter((one) => !isStarter(one) && !runs.has(one.arn)),
  };
}

/** Everything that deploy may make, in the order in which it goes. */
function everything(names: Names, account: string): Identity[] {
  const partition = names.machineArn.split(':')[1]!;
  const role = (name: string, title: string) =>
    one('role', name, ownRoleArn({ partition, region: '', account }, names, name), title);
  return [
    one('schedule', names.schedule, names.scheduleArn, 'the schedule'),
    one('schedule-group', names.scheduleGroup, names.scheduleGroupArn, 'the group of the schedule'),
    ...names.alarms.map(({ name, arn }) => one('alarm', name, arn, 'what tells of failures')),
    one('rule', names.cleanupRule, names.cleanupRuleArn, 'what starts the cleanup'),
    one('machine', names.starter, names.starterArn, 'the starter'),
    one('alias', names.alias, names.aliasArn, 'what runs'),
    one('machine', names.machine, names.machineArn, 'the machine'),
    one('machine', names.cleanup, names.cleanupArn, 'the cleanup machine'),
    one('log-group', names.logGroup, names.logGroupArn, 'the machine’s log'),
    role(names.scheduleRole, 'the schedule’s role'),
    role(names.starterRole, 'the starter’s role'),
    role(names.cleanupRuleRole, 'the cleanup rule’s role'),
    role(names.cleanupRole, 'the cleanup machine’s role'),
    role(names.role, 'the machine’s role'),
  ];
}

function one(kind: Kind, name: string, arn: string, title: string): Identity {
  return { kind, name, arn, title };
}
