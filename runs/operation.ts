import { setTimeout as sleep } from 'node:timers/promises';
import { callerOf } from '../aws/caller.ts';
import { type Clients, createClients, oneEndpoint } from '../aws/clients.ts';
import { errorClass, withAws } from '../aws/errors.ts';
import { type Names, namesOf, type Place } from '../aws/names.ts';
import { type Manifest, readManifest } from '../manifest/manifest.ts';
import { type Environment, readEnvironment } from '../project/environment.ts';
import { clientPackages } from '../tasks/services.ts';

/**
 * Operations on deployed DAGs. They read dist/ and dagwright.yaml, never the DAG, and store nothing: the names of the executions
 * (aws/names.ts), each of which can be taken once, say which runs there are.
 *
 *     dist/<dag>/manifest.json ─┐
 *     dagwright.yaml ───────────┴▶ operate ─▶ run        start.ts (the name is the lock) ─▶ follow.ts
 *                                          ─▶ status     executions.ts ─▶ failures.ts
 *                                          ─▶ logs       history.ts, logs-for-terminal.ts (what the services wrote)
 *                                          ─▶ backfill   logical-dates.ts less executions.ts ─▶ start.ts, a few at a time
 *                                          ─▶ stop, pause, cost
 */
export interface Operation {
  readonly manifest: Manifest;
  readonly environment: Environment;
  readonly clients: Clients;
  readonly place: Place;
  readonly names: Names;
}

export interface Operating {
  readonly project: string;
  /** The folder of compiled DAGs. */
  readonly dist: string;
  readonly dag: string;
  /** Default: `defaultEnv`. */
  readonly env?: string;
}

/** Does something with a deployed DAG; what AWS refuses becomes the one message that a user gets. */
export async function operate<T>(
  { project, dist, dag, env }: Operating,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  const manifest = readManifest(dist, dag);
  const environment = await readEnvironment(project, env);
  const packages = clientPackages(manifest.tasks.map(({ service }) => service));
  const clients = createClients({ region: environment.region, packages });
  return withAws(async () => {
    try {
      const place = await placeOf(clients, environment);
      const names = namesOf({ prefix: environment.prefix, dag, artifacts: environment.artifacts }, place);
      return await work({ manifest, environment, clients, place, names });
    } finally {
      clients.destroy();
    }
  });
}

/** The caller's own ARN says the partition. A local Step Functions has an account and nobody who could be asked whose it is. */
async function placeOf(clients: Clients, environment: Environment): Promise<Place> {
  const { account, region } = environment;
  if (account === undefined || oneEndpoint('SFN', 'STS')) return callerOf(clients, environment);
  return { partition: 'aws', region, account };
}

/** How long until it is tried again, in milliseconds, after what the SDK itself has tried: five minutes in all. */
const WAITS = [1000, 2000, 5000, 10_000, 20_000, 30_000, 30_000, 60_000, 60_000, 60_000];

/**
 * Repeats an idempotent call while AWS throttles it or cannot be reached. Someone who follows a run for hours does not want to see each of
 * these errors.
 */
export async function withRetries<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === WAITS.length || signal?.aborted || errorClass(error) !== 'retry') throw error;
      await sleep(WAITS[tried], undefined, signal && { signal }).catch(() => {});
    }
  }
}
