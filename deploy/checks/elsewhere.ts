import { readArn } from '../../asl/services/iam/index.ts';
import type { Place } from '../../aws/names.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Environment } from '../../project/environment.ts';

/** What an ARN in an environment must share with it. */
type Shared = 'partition' | 'region' | 'account';

/**
 * ARNs in an environment that AWS refuses there: of another partition, of another region where the service takes its own alone, a policy of
 * another account. The refusal would come halfway, after roles were made.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function elsewhere(environment: Environment, place: Place): Diagnostic[] {
  const { permissionsBoundary, kmsKeys = {}, alarms } = environment;
  const given: readonly (readonly [key: string, arn: string | undefined, shared: readonly Shared[]])[] = [
    // AWS's own policies are of no account.
    ['permissionsBoundary', permissionsBoundary, ['partition', 'account']],
    ['kmsKeys.artifacts', kmsKeys.artifacts, ['partition', 'region']],
    ['kmsKeys.logs', kmsKeys.logs, ['partition', 'region']],
    ['kmsKeys.schedule', kmsKeys.schedule, ['partition', 'region']],
    ...(kmsKeys.buckets ?? []).map((arn, i) => [`kmsKeys.buckets.${i}`, arn, ['partition']] as const),
    ['alarms.topic', alarms?.topic, ['partition', 'region']],
  ];
  return given.flatMap(([key, arn, shared]) => {
    const found = arn === undefined ? undefined : readArn(arn);
    if (found === undefined) return [];
    const isOther = (part: Shared) => found[part] !== place[part] && !(part === 'account' && found.account === 'aws');
    const other = shared.find(isOther);
    if (other === undefined) return [];
    const [actual, wanted] = [found[other], place[other]];
    return [diagnose('DEP034', { environment: environment.name, key, arn: arn!, part: other, actual, wanted })];
  });
}
