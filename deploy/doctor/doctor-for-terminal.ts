import { readArn } from '../../asl/services/iam/index.ts';
import { callerOf } from '../../aws/caller.ts';
import { createClients } from '../../aws/clients.ts';
import { withAws } from '../../aws/errors.ts';
import type { Place } from '../../aws/names.ts';
import { partitionOfRegion } from '../../aws/partition.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { readProjectFile } from '../../project/config.ts';
import { type Environment, readEnvironment } from '../../project/environment.ts';
import { chooseDags, readBuilt } from '../built.ts';
import { deployerPolicies } from '../permissions/deployer-policy.ts';
import { examine } from './doctor.ts';
import { doctorText } from './doctor-text.ts';
import { looksAt, readsOf } from './looks.ts';

export interface DoctorTerminalOptions {
  readonly project: string;
  readonly dist: string;
  /** None: all that are compiled. */
  readonly dags: readonly string[];
  readonly env?: string;
  readonly json: boolean;
}

/** Says what is missing: 0 if nothing, 1 if something is or could not be asked, 3 where AWS did not answer. */
export async function doctorForTerminal(options: DoctorTerminalOptions): Promise<0 | 1 | 3> {
  const { project, dist, json } = options;
  const environment = await readEnvironment(project, options.env);
  const dags = await chooseDags(dist, options.dags);
  const file = await readProjectFile(project);
  const placeOf = (setting: readonly string[]) => file.placeOf(['environments', environment.name, ...setting]);
  const examination = await withAws(() => examine({ dist, dags, environment, placeOf }));
  process.stdout.write(json ? `${JSON.stringify(examination, undefined, 2)}\n` : doctorText(examination));
  const { findings } = examination;
  if (findings.some(({ unreachable }) => unreachable)) return 3;
  return findings.some(({ state }) => state === 'missing' || state === 'not asked') ? 1 : 0;
}

/** Prints the least policy of whoever deploys: one document, or a list where one does not hold it. */
export async function policyForTerminal(
  options: Omit<DoctorTerminalOptions, 'json'> & { readonly deployer?: string; readonly leftovers?: boolean },
): Promise<0> {
  const { project, dist, deployer, leftovers = false } = options;
  const environment = await readEnvironment(project, options.env);
  const dags = await chooseDags(dist, options.dags);
  const builts = await Promise.all(dags.map((dag) => readBuilt(dist, dag)));
  const place = await placeOf(environment);
  if (deployer !== undefined) mustBeOf(place, deployer);
  // Nothing is asked of AWS: what each look takes is known before.
  const aws = createClients({ region: environment.region });
  const subject = { aws, caller: { ...place, arn: deployer ?? 'the caller' }, builts, environment };
  const { looks, faults } = looksAt(subject);
  aws.destroy();
  for (const { code, message } of faults)
    process.stderr.write(`Without what \`doctor\` reads of what this says: ${code} ${message}\n`);
  const policies = deployerPolicies({
    environment,
    place,
    manifests: builts.map(({ manifest }) => manifest),
    leftovers,
    reads: readsOf(looks),
    ...(deployer !== undefined && { deployer }),
  });
  process.stdout.write(`${JSON.stringify(policies.length === 1 ? policies[0] : policies, undefined, 2)}\n`);
  return 0;
}

/** @throws Stop where the policy would be for somebody of another account or partition */
function mustBeOf({ partition, account }: Place, deployer: string): void {
  const { partition: ownPartition, account: ownAccount } = readArn(deployer) ?? {};
  if (ownPartition === partition && ownAccount === account) return;
  throw new Stop(diagnose('DOC022', { deployer, partition, account }));
}

/** Where the environment is: as dagwright.yaml says, since who asks for a policy may have no credentials yet, else as AWS says. */
async function placeOf(environment: Environment): Promise<Place> {
  const { region, account } = environment;
  if (account !== undefined) return { partition: partitionOfRegion(region), region, account };
  const aws = createClients({ region });
  return withAws(() => callerOf(aws, environment)).finally(() => aws.destroy());
}
