import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../asl/json/value.ts';
import { type Amount, archiveOfTask, type Decision, type FunctionSource } from '../authoring/internal.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Written } from './written-value.ts';

/**
 * `dist/<dag>/manifest.json`: what deploy, runs and local need of a DAG besides its machine. Readers of dist/ import this file's types
 * only, never the DAG.
 */
export interface Manifest {
  readonly manifestVersion: 1;
  readonly dag: string;
  readonly description?: string;
  readonly schedule: string | null;
  /** IANA's name of the zone in which the schedule is read; UTC where it is left out. */
  readonly timezone?: string;
  /** ISO 8601. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly catchup: boolean;
  readonly tags: readonly string[];
  /** JSON schema (2020-12) of the execution input's `params`; defaults are in it. */
  readonly params: ParamsSchema;
  /** The placeholders `${name}` of the machine, in order of name. `assets` is not among them: deploy and local fill it. */
  readonly env: { readonly [name: string]: EnvDeclaration };
  /** Files of the project that run elsewhere; the machine names each as `${assets}/<key>`. */
  readonly assets: readonly Asset[];
  /** Archives of code that jobs fetch, sorted by task; the machine names each as `${assets}/<key>`. Left out where there are none. */
  readonly archives?: readonly ManifestArchive[];
  /** Functions that are published with the machine, sorted by task; it names each as `${function_<name>}`. Left out where there are none. */
  readonly functions?: readonly ManifestFunction[];
  /** In plan order. */
  readonly tasks: readonly ManifestTask[];
  /** In order of id; a group within another has its id before its own. Left out where there are none. */
  readonly groups?: readonly ManifestGroup[];
  /** Where the plan waits for what the DAG does not wait for, in plan order. Left out where it does not. */
  readonly barriers?: readonly ManifestBarrier[];
  /** What the compiler makes a machine of, for what remains of a run that failed. Versions before it had none. */
  readonly graph?: ManifestGraph;
  /** What a run takes. Left out by versions that did not say. */
  readonly cost?: ManifestCost;
}

export type { Amount } from '../authoring/internal.ts';

/** In US dollars, prices of us-east-1 as they were published when the version of dagwright was. */
export interface ManifestCost {
  /** State transitions of a run in which nothing fails. */
  readonly transitions: number;
  readonly perTransition: number;
  readonly charges: readonly ManifestCharge[];
}

/** A price, and the tasks that pay it. */
export interface ManifestCharge {
  readonly tasks: readonly string[];
  /** As a table has it: `0.0625 DPU at $0.44 an hour`. */
  readonly what: string;
  /** Where a task's time decides: what an hour takes. Versions before wrote a number. */
  readonly perHour?: Amount | number;
  /** The least that a task takes. */
  readonly least?: number;
  /** Why they may take more than that, as a clause. */
  readonly open?: string;
  /** Where time decides: how many hours all of them take, by their estimates, else by their timeouts. */
  readonly hours?: Amount;
  /** What all of them take in dollars. Versions before had a number, `known`, where the estimates said it. */
  readonly takes?: Amount;
  readonly known?: number;
  /** The page that has the price. */
  readonly source: string;
  /** When it was published, where that is not when the others were: `January 2026`. */
  readonly asOf?: string;
}

/** The part of a checked graph that the rest of the manifest does not have. `graphVersion` changes with its format. */
export interface ManifestGraph {
  readonly graphVersion: 1;
  readonly failFast?: true;
  readonly dagrunTimeoutMs?: number;
  /** By id, sorted. */
  readonly tasks: { readonly [task: string]: ManifestWork };
}

/** What a task does. What is as it is without saying is left out. */
export interface ManifestWork {
  readonly onFailureFailDagrun?: true;
  readonly executionTimeoutMs?: number;
  readonly estimateMs?: readonly [number, number];
  readonly retry?: {
    readonly retries: number;
    readonly delayMs: number;
    readonly exponential?: true;
    readonly maxDelayMs?: number;
    readonly jitter?: true;
    /** Errors after which it is not tried again, besides those that skip it. */
    readonly notOn?: readonly string[];
  };
  /** Of a branch and a short circuit; the others have states. */
  readonly decision?: Decision;
  /** Of several states the first; a task of one state has it under `''`. */
  readonly start?: string;
  /** As the template makes them, references in them in the form of `Written`. */
  readonly states?: { readonly [step: string]: { readonly [field: string]: Written } };
  /** The variables that its states assign for themselves. */
  readonly variables?: readonly string[];
  /** The member of the last call's answer that is its output, or an expression of it, `$…`; left out where the whole answer is. */
  readonly output?: string;
}

export interface ParamsSchema {
  readonly type: 'object';
  readonly properties: { readonly [name: string]: { readonly [keyword: string]: unknown } };
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export interface EnvDeclaration {
  readonly kind: 'string' | 'bucket' | 'role';
  readonly description?: string;
  /** Of a role that the machine hands on: the services that assume it, `glue.amazonaws.com`, sorted. */
  readonly assumedBy?: readonly string[];
  /** That it is handed on as an instance profile of the role's name. */
  readonly instanceProfile?: true;
  /** ARNs of AWS's own policies that it needs besides `policy`. */
  readonly managedPolicies?: readonly string[];
  /** What it must be allowed, as in policy.json. Where it is left out dagwright does not know, and the role must be given. */
  readonly policy?: PolicyDocument;
}

/** Its texts hold the machine's placeholders, and those of BUILT_IN_ENV. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}
export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

export interface Asset {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  /** Of the content, hex. */
  readonly sha256: string;
  /** Where it lands below `${assets}/`: the hash is part of it, so that a version of the machine keeps its own script. */
  readonly key: string;
}

/** The archive of the code that a task's job fetches. It is made of the sources when it is deployed or exported. */
export interface ManifestArchive {
  readonly task: string;
  /** Where it lands below `${assets}/`. */
  readonly key: string;
  /** Of its package, hex: what was compiled is what is run. */
  readonly sha256: string;
  readonly source: FunctionSource;
  /** What its packages are installed for, or what it is bundled for. */
  readonly runtime: string;
  /** Of Python: what its packages are installed for. */
  readonly architecture?: 'x86_64' | 'arm64';
}

/** The keys below `${assets}/`, by what stands for each in the states of the graph. */
export function assetKeys({ assets, archives = [] }: Pick<Manifest, 'assets' | 'archives'>): Map<string, string> {
  return new Map([
    ...assets.map(({ path, key }) => [path, key] as const),
    ...archives.map(({ task, key }) => [archiveOfTask(task), key] as const),
  ]);
}

/** A function that is published with the machine. Its archive is made of the sources when it is deployed, exported or run. */
export interface ManifestFunction {
  readonly task: string;
  /** What it is called behind the machine's name: `score`. */
  readonly name: string;
  /** Of its package, hex: what was compiled is what is published. */
  readonly sha256: string;
  /** As the service names the function in its archive: `index.handler`. */
  readonly handler: string;
  readonly source: FunctionSource;
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** In MB. */
  readonly memory: number;
  readonly timeoutSeconds: number;
  /** The size of /tmp in MB; left out where nobody said it. */
  readonly storage?: number;
  /** Its texts hold the machine's placeholders. */
  readonly environment?: { readonly [name: string]: string };
  readonly layers?: readonly string[];
  /** The name or the ARN of the role that it runs as, with placeholders; left out where deploy makes one. */
  readonly role?: string;
  /** What the role that deploy makes must be allowed. */
  readonly policy?: PolicyDocument;
}

export interface ManifestTask {
  readonly id: string;
  readonly kind: 'task' | 'setup' | 'teardown' | 'branch' | 'short_circuit';
  /** `emr`, `glue`, `athena` … */
  readonly service: string;
  readonly description?: string;
  /** The ids that it waits for in the DAG, sorted. */
  readonly upstreams: readonly string[];
  readonly triggerRule: string;
  /** Errors with which it ends skipped and not failed. */
  readonly skipOn?: readonly string[];
  /** Of a branch and a short circuit: the tasks that it can skip by itself. */
  readonly decides?: readonly string[];
  /** Of a teardown: its setups. */
  readonly setups?: readonly string[];
  /** What the service would answer, by state: for simulations without mocks. */
  readonly samples?: { readonly [state: string]: Json };
  /** The names of the machine's states that are this task: the state that bears its id first, then a fragment's inner states. */
  readonly states: readonly string[];
}

export interface ManifestGroup {
  readonly id: string;
  /** The tasks in it and in the groups within it, sorted. */
  readonly tasks: readonly string[];
}

/** A place of the plan where every task behind it waits for every task before it, whether it depends on it or not. */
export interface ManifestBarrier {
  /** The last tasks before it, in plan order. */
  readonly after: readonly string[];
  /** The first tasks behind it, in plan order. */
  readonly before: readonly string[];
  /** How much later tasks start because of it, the longest first: by the estimates, or by the mean of what was planned with. */
  readonly delays: readonly { readonly task: string; readonly ms: number }[];
}

/**
 * The manifest of a compiled DAG.
 * @throws Stop where there is none, or none that this version reads
 */
export function readManifest(dist: string, dag: string): Manifest {
  const known = dagsIn(dist);
  if (!known.includes(dag)) throw new Stop(diagnose('CLI002', { dag, dist, known }));
  const file = join(dist, dag, 'manifest.json');
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch (error) {
    throw new Stop(diagnose('CLI003', { file, detail: (error as Error).message }));
  }
  if (manifest.manifestVersion !== 1) {
    const detail = `its manifestVersion is ${JSON.stringify(manifest.manifestVersion)}, and this dagwright reads 1`;
    throw new Stop(diagnose('CLI003', { file, detail }));
  }
  return manifest;
}

function dagsIn(dist: string): string[] {
  try {
    const folders = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => name).sort();
  } catch {
    return [];
  }
}
