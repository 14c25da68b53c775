import { type Caller, callerOf } from '../../aws/caller.ts';
import { type Clients, createClients } from '../../aws/clients.ts';
import { awsDiagnostic } from '../../aws/errors.ts';
import { partitionOfRegion } from '../../aws/partition.ts';
import { type Place, Stop } from '../../diagnostics/index.ts';
import type { Environment } from '../../project/environment.ts';
import { readBuilt } from '../built.ts';
import { elsewhere } from '../checks/elsewhere.ts';
import { type Finding, type Look, missing, there } from './finding.ts';
import { looksAt, packagesOf } from './looks.ts';

export interface DoctorOptions {
  readonly dist: string;
  readonly dags: readonly string[];
  readonly environment: Environment;
  readonly clients?: Clients;
  /** Where a setting stands, which findings about what it names then say. */
  readonly placeOf?: (setting: readonly string[]) => Place;
}

/** What a deploy of the DAGs and their first run find in the account. */
export interface Examination {
  readonly environment: string;
  readonly region: string;
  /** Undefined where nobody is logged in. */
  readonly account?: string;
  readonly caller?: string;
  readonly dags: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Looks at what a deploy and a run need and do not make: reads only.
 *
 *     credentials ─▶ dist/<dag> + environment ─▶ desired ─▶ its machines' calls ─▶ what their services need of the account
 *                                                   │                                  roles ▸ subnets ▸ quotas ▸ what tasks name
 *                                                   └▶ buckets ▸ roles ▸ secrets ▸ topic ▸ names ▸ the caller's permissions
 */
export async function examine({ dist, dags, environment, clients, placeOf }: DoctorOptions): Promise<Examination> {
  const builts = await Promise.all(dags.map((dag) => readBuilt(dist, dag)));
  const { name, region } = environment;
  const about = { environment: name, region, dags };
  const aws = clients ?? createClients({ region, packages: packagesOf({ builts, environment }) });
  try {
    const caller = await whoIs(aws, environment);
    const isKnown = 'arn' in caller;
    const asked = isKnown ? caller : nobody(environment);
    const { looks, faults: all } = looksAt({ aws, caller: asked, builts, environment });
    // Without credentials it is not known which account it is; the topic is looked at by itself.
    const misplaced = isKnown ? elsewhere(omitAlarms(environment), caller) : [];
    const faults = [...all, ...misplaced].map((said) => missing('the environment', said));
    if (!isKnown) return { ...about, findings: [caller, ...faults, ...distinct(looks.map(withoutCredentials))] };
    const found = (await Promise.all(looks.map((look) => placed(look, placeOf)))).flat();
    return {
      ...about,
      account: caller.account,
      caller: caller.arn,
      findings: [there('the credentials', `those of ${caller.arn}`), ...faults, ...distinct(found)],
    };
  } finally {
    if (clients === undefined) aws.destroy();
  }
}

function omitAlarms({ alarms: _, ...environment }: Environment): Environment {
  return environment;
}

/** What is found, with the place of the setting that names it. */
async function placed({ find, setting }: Look, placeOf: DoctorOptions['placeOf']): Promise<readonly Finding[]> {
  const found = await find();
  if (setting === undefined || placeOf === undefined) return found;
  return found.map(({ said, ...finding }) => ({
    ...finding,
    ...(said !== undefined && { said: { place: placeOf(setting), ...said } }),
  }));
}

/** For what is looked at where nobody is logged in: only its names count. The account is the one that roles are named in, if it is not said. */
function nobody({ region, account, role, env }: Environment): Caller {
  const named = /arn:[\w-]+:iam::(\d{12}):/.exec(JSON.stringify([role, env]))?.[1];
  return {
    partition: partitionOfRegion(region),
    region,
    account: account ?? named ?? '000000000000',
    arn: 'the caller',
  };
}

function withoutCredentials({ about }: Look): Finding {
  return { about, state: 'not asked', detail: 'AWS is asked with the credentials' };
}

/** Who calls, or what is wrong with the credentials. @throws Stop where AWS does not answer */
async function whoIs(aws: Clients, environment: Environment): Promise<Caller | Finding> {
  const about = 'the credentials';
  try {
    return await callerOf(aws, environment);
  } catch (error) {
    if (error instanceof Stop) return missing(about, error.diagnostics[0]!);
    const said = awsDiagnostic(error);
    if (said === undefined) throw error;
    if (said.code === 'AWS001' || said.code === 'AWS002') return missing(about, said);
    throw new Stop(said, 3);
  }
}

/** What several DAGs need is looked at for each, and said once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return !seen.has(key) && seen.add(key);
  });
}
