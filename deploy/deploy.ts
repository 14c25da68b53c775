import { setTimeout as pause } from 'node:timers/promises';
import { callerOf } from '../aws/caller.ts';
import { type Clients, createClients } from '../aws/clients.ts';
import { awsDiagnostic, withAws } from '../aws/errors.ts';
import { type Diagnostic, Stop } from '../diagnostics/index.ts';
import { type Environment, otherEnvironments } from '../project/environment.ts';
import { apply } from './apply.ts';
import { assetFiles } from './assets.ts';
import { readBuilt } from './built.ts';
import { both, type Checked, checkPlan, checkRole, SKIPPED } from './checks/checks.ts';
import { elsewhere } from './checks/elsewhere.ts';
import { CodeArchives } from './code-archives.ts';
import { type CurrentState, observe, readRecord } from './current-state.ts';
import { desiredOf } from './desired/desired.ts';
import { leftoversIn } from './leftovers.ts';
import { type Process, takeLock, thisProcess } from './lock.ts';
import { isEmpty, type Plan, planOf } from './plan.ts';
import { sharedNames } from './shared-names.ts';
import { storeOf } from './store.ts';

export interface DeployOptions {
  readonly project: string;
  readonly dist: string;
  readonly dag: string;
  readonly environment: Environment;
  /** Takes over what stands under our names and is somebody else's. */
  readonly adopt?: boolean;
  /** Asks nothing of AWS beforehand: neither its validator, nor IAM about the caller and a role that is given. */
  readonly skipChecks?: boolean;
  readonly clients?: Clients;
  readonly onProgress?: (text: string) => void;
  /** What may be in the way, though that is not certain. */
  readonly onWarning?: (warning: Diagnostic) => void;
  /** Who this is to other deploys. Default: this process. */
  readonly process?: Process;
  readonly now?: () => Date;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly lockWaitMs?: number;
}

export interface Deployed {
  /** What was done. */
  readonly plan: Plan;
  /** The ARN of what is live now; undefined if nothing was to be done, or `confirm` said no. */
  readonly version?: string;
}

/** What a deploy would do. Nothing is changed. */
export async function plan(options: DeployOptions): Promise<Plan> {
  return withAws(async () => {
    const prepared = await prepare(options);
    const [{ plan: made }, checked] = await Promise.all([look(prepared), roleChecked(prepared)]);
    return told(made, checked, options);
  });
}

/**
 * Brings a compiled DAG to AWS:
 *
 *     dist/<dag> + environment ─▶ desired ┐
 *     AWS + the last record ─▶ observed   ┴▶ plan ─▶ AWS asked: definitions, permissions (checks/) ─▶ confirmed ─▶ lock ─▶ plan again ─▶ apply ─▶ record
 *
 * What exists there already is not touched; where that is all of it, not even the lock is taken.
 * @param confirm is shown the plan before anything changes
 */
export async function deploy(
  options: DeployOptions,
  confirm: (plan: Plan) => Promise<boolean> = async () => true,
): Promise<Deployed> {
  return withAws(async () => {
    const prepared = await prepare(options);
    const [first, role] = await Promise.all([look(prepared), roleChecked(prepared)]);
    // A lock that is there is another deploy's, to be waited for, or was left by one that was killed at its very end.
    if (isEmpty(first.plan) && !first.current.locked) return { plan: first.plan };
    const { aws, caller, desired, skipChecks } = prepared;
    const checked = skipChecks ? SKIPPED : both(role, await checkPlan(aws, caller, desired, first.plan));
    const shown = told(first.plan, checked, options);
    if (!isEmpty(first.plan) && !(await confirm(shown))) return { plan: shown };
    const lock = await takeLock({
      ...{ aws: prepared.aws, store: prepared.store, key: prepared.desired.names.lockKey, dag: options.dag },
      ...{ process: options.process ?? thisProcess(), by: prepared.caller.arn, onWait: prepared.onProgress },
      ...(options.lockWaitMs !== undefined && { waitMs: options.lockWaitMs }),
    });
    try {
      // Another deploy may have been here in the meantime.
      const now = lock.wasFree && (await isAsSeen(prepared, first.current)) ? first : await look(prepared);
      const made = withNotes(now.plan, checked);
      if (isEmpty(made)) return { plan: made };
      const version = await withWhatStays(options.dag, () => apply({ ...prepared, ...now, lock }));
      return { plan: made, version };
    } finally {
      await lock.release();
    }
  });
}

/** Of a call that AWS refuses halfway it is said as well what becomes of what was made before it. */
async function withWhatStays<T>(dag: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = awsDiagnostic(error);
    if (said === undefined || !['AWS004', 'AWS007', 'AWS008'].includes(said.code)) throw error;
    const stays = `What was made until then stays: \`dagwright deploy ${dag}\` goes on with it, \`dagwright destroy ${dag}\` removes it.`;
    throw new Stop({ ...said, remedy: `${said.remedy} ${stays}` }, 3);
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** What is to be deployed, read and checked, and who deploys it. */
async function prepare(options: DeployOptions) {
  const { project, dist, dag, environment, adopt = false, skipChecks = false } = options;
  const built = await readBuilt(dist, dag);
  const assets = await assetFiles(project, built.manifest.assets);
  const archives = new CodeArchives(project, built.manifest);
  const aws = options.clients ?? createClients({ region: environment.region });
  const caller = await callerOf(aws, environment);
  const misplaced = elsewhere(environment, caller);
  if (misplaced.length > 0) throw new Stop(misplaced);
  const desired = desiredOf(built, environment, caller);
  const others = await otherEnvironments(project, environment);
  return {
    aws,
    caller,
    desired,
    shared: () => sharedNames(built, desired, others, caller),
    assets,
    archives,
    adopt,
    skipChecks,
    store: storeOf(environment, caller.account),
    now: options.now ?? (() => new Date()),
    sleep: options.sleep ?? pause,
    onProgress: options.onProgress ?? (() => undefined),
  };
}

/** A role that is given, checked; nothing where it is made, or nobody wants it checked. */
async function roleChecked({ aws, caller, desired, skipChecks }: Prepared): Promise<Checked> {
  return skipChecks ? { warnings: [], notes: [] } : checkRole(aws, caller, desired);
}

/** A plan with what the checks say of it. */
function told(plan: Plan, checked: Checked, { onWarning = () => undefined }: DeployOptions): Plan {
  for (const warning of checked.warnings) onWarning(warning);
  return withNotes(plan, checked);
}

function withNotes(plan: Plan, { notes }: Checked): Plan {
  return notes.length === 0 ? plan : { ...plan, notes: [...plan.notes, ...notes] };
}

/**
 * Whether no deploy, rollback or destroy has come between. One that ended has written the record, or removed it; one that was killed has left
 * its lock.
 */
async function isAsSeen(
  { aws, store, desired }: Prepared,
  { record, locked, observed }: CurrentState,
): Promise<boolean> {
  if (locked || (record === undefined && observed.size > 0)) return false;
  return JSON.stringify(await readRecord(aws, store, desired.names.recordKey)) === JSON.stringify(record);
}

/** What the machine will make for all its runs, which is not deploy's to remove. */
function keptNotes({ desired: { resources, names }, shared }: Prepared): string[] {
  const machine = resources.find(({ arn }) => arn === names.machineArn);
  const made = leftoversIn(machine?.properties.definition).filter(({ stays }) => stays === undefined);
  return [
    ...made.map(({ title, name }) => `its runs make the ${title} ${name}, which only destroy --leftovers removes`),
    ...shared(),
  ];
}

async function look(prepared: Prepared) {
  const { aws, store, desired, assets, archives, caller, adopt } = prepared;
  const current = await observe(aws, store, desired, prepared);
  const files = [...assets, ...(await archives.missing(current.assets, prepared.onProgress))];
  const { plan, collisions } = planOf(desired, current, files, { account: caller.account, adopt });
  if (collisions.length > 0) throw new Stop(collisions);
  return { current, files, plan: isEmpty(plan) ? plan : { ...plan, notes: [...plan.notes, ...keptNotes(prepared)] } };
}
