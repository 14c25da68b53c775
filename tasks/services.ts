import { isObject, type JsonObject } from '../asl/json/value.ts';
import { type ServicesIam, servicesIam } from '../asl/services/iam/index.ts';
import { readResource } from '../asl/services/index.ts';
import type { Amount } from '../authoring/internal.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { athena } from './athena/service.ts';
import { otherServices } from './aws/service.ts';
import { batch } from './batch/service.ts';
import { bedrock } from './bedrock/service.ts';
import { cloudformation } from './cloudformation/service.ts';
import { dms } from './dms/service.ts';
import { dynamodb } from './dynamodb/service.ts';
import { ecs } from './ecs/service.ts';
import { emr } from './emr/service.ts';
import { emrOnEks } from './emrOnEks/service.ts';
import { emrServerless } from './emrServerless/service.ts';
import { events } from './events/service.ts';
import { glue } from './glue/service.ts';
import { http } from './http/service.ts';
import { kaggle } from './kaggle/service.ts';
import type { KeptCall, KeptKind, KeptPermission } from './kept.ts';
import { lambda } from './lambda/service.ts';
import type { LogReader } from './logs.ts';
import { rds } from './rds/service.ts';
import { redshift } from './redshift/service.ts';
import { s3 } from './s3/service.ts';
import { sagemaker } from './sagemaker/service.ts';
import type { Job, Measure, ServiceEntry, StayingCall } from './service.ts';
import { ses } from './ses/service.ts';
import { sns } from './sns/service.ts';
import { sqs } from './sqs/service.ts';
import { stepFunctions } from './stepFunctions/service.ts';

export type { Call, Written } from './logs.ts';
export { MACHINE_TAG } from './service.ts';

/** Every service: its data, and where its code is. A new one is a folder and a line here. */
export const SERVICES: readonly ServiceEntry[] = [
  { ...athena, engine: () => import('./athena/engine.ts'), logs: () => import('./athena/logs.ts') },
  bedrock,
  cloudformation,
  dms,
  dynamodb,
  { ...batch, engine: () => import('./batch/engine.ts') },
  { ...ecs, engine: () => import('./ecs/engine.ts') },
  { ...emr, engine: () => import('./emr/engine.ts'), logs: () => import('./emr/logs.ts') },
  emrOnEks,
  {
    ...emrServerless,
    engine: () => import('./emrServerless/engine.ts'),
    logs: () => import('./emrServerless/logs.ts'),
  },
  events,
  {
    ...glue,
    engine: () => import('./glue/engine.ts'),
    logs: () => import('./glue/logs.ts'),
    keeps: () => import('./glue/kept.ts'),
  },
  http,
  kaggle,
  { ...lambda, engine: () => import('./lambda/engine.ts'), logs: () => import('./lambda/logs.ts') },
  otherServices,
  rds,
  { ...redshift, engine: () => import('./redshift/engine.ts') },
  { ...s3, engine: () => import('./s3/engine.ts') },
  { ...sagemaker, logs: () => import('./sagemaker/logs.ts') },
  ses,
  sns,
  sqs,
  stepFunctions,
];

/** How IAM sees the calls of all services. */
export const SERVICES_IAM: ServicesIam = servicesIam(SERVICES);

/** A Task: its Resource, and its arguments as far as they are known. */
export interface TaskCall {
  readonly resource: string;
  readonly arguments: unknown;
}

/** What the tasks of a machine need of this machine. */
export interface MachineNeeds {
  readonly python: boolean;
  /** The titles of the services that need the SQL engine. */
  readonly duckdb: readonly string[];
}

/** A release that a call names, and the Spark that releases of its service carry. */
export interface NamedRelease {
  readonly release: string;
  readonly versions: { readonly [release: string]: string };
  /** What stands before the release where people are told of it. */
  readonly title?: string;
  /** That the call uses what was made elsewhere: any other release comes first. */
  readonly assumed?: true;
}

/** What the tasks need before the first of them runs, besides Spark. */
export function localNeeds(calls: readonly TaskCall[]): MachineNeeds {
  const services = [...new Set(calls.map((call) => calledBy(call)?.service))];
  return {
    python: services.some((service) => service?.local?.python),
    duckdb: services.flatMap((service) => (service?.local?.duckdb ? [service.title] : [])).sort(),
  };
}

/** The release that a call names, where it is one that makes what runs Spark. */
export function releaseOf(call: TaskCall): NamedRelease | undefined {
  const { service, action = '' } = calledBy(call) ?? {};
  const { releaseIn, assumedFor, versions, where, title = '' } = service?.local?.spark ?? {};
  const assumed = assumedFor?.[action];
  if (versions !== undefined && assumed !== undefined) return { release: assumed, versions, assumed: true };
  const release = (call.arguments as JsonObject | undefined)?.[releaseIn?.[action] ?? ''];
  if (versions === undefined || typeof release !== 'string') return undefined;
  const said = where?.path.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), call.arguments);
  return said === where?.value ? { release, versions, title } : undefined;
}

/**
 * The version of Spark that the releases carry: one Python environment runs all jobs of a run. Undefined where none is named.
 * @throws Stop where a release is not known here, or where two of them carry different versions.
 */
export function sparkVersion(named: readonly NamedRelease[]): string | undefined {
  const known = named.some(({ assumed }) => !assumed) ? named.filter(({ assumed }) => !assumed) : named;
  const found = new Set<string>();
  for (const { release, versions, title = '' } of known) {
    const version = Object.hasOwn(versions, release) ? versions[release] : undefined;
    const named = { release: `${title}${release}`, known: Object.keys(versions).map((one) => `${title}${one}`) };
    if (version === undefined) throw new Stop(diagnose('RUN020', named), 1);
    found.add(version);
  }
  const releases = [...new Set(known.map(({ release, title = '' }) => `${title}${release}`))].sort();
  if (found.size > 1) throw new Stop(diagnose('RUN021', { releases }), 1);
  return [...found][0];
}

/** The packages of the SDK with which the logs of these services are read, by the services' names. */
export function clientPackages(names: readonly string[]): string[] {
  return SERVICES.flatMap(({ name, client }) => (client !== undefined && names.includes(name) ? [client.package] : []));
}

/** The service that a name in a Task's Resource stands for: `elasticmapreduce`, `emr`. */
export function serviceOf(integration: string): ServiceEntry | undefined {
  return SERVICES.find(({ integrations }) => integrations.includes(integration));
}

/** How many times us-east-1's prices a service takes in a region; undefined where that is not known. */
export function priceTimes(
  name: string,
  region: string,
): { readonly least: number; readonly most: number } | undefined {
  if (region === 'us-east-1') return { least: 1, most: 1 };
  const { priceRegions: known = {} } = SERVICES.find((service) => service.name === name) ?? {};
  return Object.hasOwn(known, region) ? known[region] : undefined;
}

/** What whoever removes what these services keep must be allowed. */
export function keptPermissions(names: readonly string[]): readonly KeptPermission[] {
  return SERVICES.filter(({ name }) => names.includes(name)).flatMap((service) => service.keptPermissions ?? []);
}

/** What a service's answers say of what its calls cost, where they do. */
export function measureOf(name: string): Measure | undefined {
  return SERVICES.find((service) => service.name === name)?.measured;
}

/**
 * What a call cost by its answer, in US dollars; what is billed at least, where the answer does not say it.
 * @example
 * measuredDollars(measureOf('athena')!, { QueryExecution: { Statistics: { DataScannedInBytes: 1024 ** 4 } } }) // 5
 */
export function measuredDollars({ path, least, unit, dollarsPerUnit }: Measure, answer: unknown): Amount {
  const value = path.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), answer);
  const dollars = (billed: number) => Math.ceil(billed / unit) * dollarsPerUnit;
  if (typeof value !== 'number') return { least: dollars(least) };
  return { least: dollars(Math.max(least, value)), most: dollars(Math.max(least, value)) };
}

/** Whether a service's templates are dagwright's own. */
export function isService(name: string): boolean {
  return SERVICES.some((service) => service.name === name);
}

/** A service as people call it. */
export function titleOf(name: string): string {
  return SERVICES.find((service) => service.name === name)?.title ?? name;
}

const JOBS = new Map(SERVICES.flatMap(({ jobs = {} }) => Object.entries<Job>(jobs)));

/** The job that a Task with this Resource starts and waits for; undefined where it waits for none, or for one that nobody can end. */
export function jobOf(resource: string): Job | undefined {
  const read = readResource(resource);
  const waits = read.kind === 'integration' && !read.sdk && /^sync(:2)?$/.test(read.pattern);
  return waits ? JOBS.get(`${read.service}:${read.action}`) : undefined;
}

const STAYING = new Map(SERVICES.flatMap(({ stays = {} }) => Object.entries<StayingCall>(stays)));

/** What a call, `emr:runJobFlow`, makes that stays until it is ended; undefined where it makes nothing of the kind. */
export function stayingCall(call: string): StayingCall | undefined {
  return STAYING.get(call);
}

/** What a call makes for all runs of a machine; undefined where it makes nothing of the kind. */
export function keptCall(integration: string, action: string): KeptCall | undefined {
  return serviceOf(integration)?.kept?.find((call) => call.action === action);
}

/** Every kind of thing that machines make for all their runs, in the order in which they are removed. */
export async function keptKinds(): Promise<KeptKind[]> {
  const modules = await Promise.all(SERVICES.map(({ keeps }) => keeps?.()));
  return modules.flatMap((one) => one?.kept ?? []);
}

/** What finds what a service wrote of a call, `elasticmapreduce:addStep`; undefined where nobody knows where that would be. */
export async function logReader(action: string): Promise<LogReader | undefined> {
  const integration = action.replace(/^aws-sdk:/, '').split(':')[0]!;
  const { logs = {} } = (await serviceOf(integration)?.logs?.()) ?? {};
  return Object.hasOwn(logs, action) ? logs[action] : undefined;
}

/** The service that a Task calls, and the action; undefined where it calls none, or one that nobody knows. */
export function calledBy({
  resource,
}: TaskCall): { readonly service: ServiceEntry; readonly action: string } | undefined {
  const read = readResource(resource);
  const service = read.kind === 'integration' ? serviceOf(read.service) : undefined;
  return read.kind === 'integration' && service !== undefined ? { service, action: read.action } : undefined;
}
