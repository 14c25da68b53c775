import { entry } from './diagnostic.ts';

/** A thing, and the tasks of a DAG that name it. */
export interface NamedByTasks {
  readonly title: string;
  readonly name: string;
  readonly dag: string;
  readonly tasks: readonly string[];
}

/** What `dagwright doctor` says is missing in an account. */
export const DOC = {
  DOC001: entry<{ about: string; why: string; remedy: string }>({
    severity: 'warning',
    title: 'Something could not be looked at',
    message: ({ about, why }) => `Nothing is known of ${about}: ${why}.`,
    why: 'What may not be looked at may be missing: this counts as not asked, and never as there.',
    remedy: ({ remedy }) => remedy,
  }),
  DOC002: entry<{ bucket: string; use: string; region: string }>({
    severity: 'error',
    title: 'A bucket is missing',
    message: ({ bucket, use }) => `There is no bucket ${bucket} (${use}).`,
    why: 'deploy makes no buckets.',
    remedy: ({ bucket, region }) => `\`aws s3 mb s3://${bucket} --region ${region}\``,
  }),
  DOC003: entry<{ bucket: string; use: string; account: string }>({
    severity: 'error',
    title: 'A bucket belongs to another account',
    message: ({ bucket, use, account }) => `The bucket ${bucket} (${use}) does not belong to the account ${account}.`,
    why: 'Whoever owns it could change the scripts that run here. deploy uses no bucket of another account.',
    remedy: () => 'Name a bucket of this account under `artifacts:`.',
  }),
  DOC004: entry<{ bucket: string; use: string; actual: string; region: string }>({
    severity: 'error',
    title: 'A bucket is in another region',
    message: ({ bucket, use, actual, region }) =>
      `The bucket ${bucket} (${use}) is in ${actual}, and the environment in ${region}.`,
    why: 'Clusters, queries and crawlers read from their own region; reading from another one fails or costs transfer.',
    remedy: ({ region, actual }) => `Name a bucket in ${region}, or write \`region: ${actual}\`.`,
  }),
  DOC005: entry<{
    role: string;
    env: string;
    services: readonly string[];
    canBeMade: boolean;
    instanceProfile: boolean;
  }>({
    severity: 'error',
    title: 'A role is missing',
    message: ({ role, env }) => `There is no role ${role}, which the environment names for ${env}.`,
    why: 'The machine hands it on, and the service that is to assume it refuses the call.',
    remedy: ({ role, env, services, canBeMade, instanceProfile }) => {
      const trust = `trusted by ${services.join(', ') || 'the service that assumes it'}`;
      return canBeMade
        ? `Write \`${env}: managed\`, and deploy makes it; or make it, ${trust}, with the policy that manifest.json has at env.${env}.`
        : `Make it, ${trust}${instanceProfile ? `, with an instance profile that is called ${role.replace(/^.*\//, '')} too` : ''}: what it must be allowed the DAG does not say.`;
    },
  }),
  DOC006: entry<{ role: string; env: string; actual: string }>({
    severity: 'error',
    title: 'A role has another path',
    message: ({ role, actual }) => `The role ${role} is there under another path: ${actual}.`,
    why: 'A role’s path is part of its ARN: policies and calls with the other ARN are about a role that does not exist.',
    remedy: ({ env, actual }) => `Write \`${env}: ${actual.replace(/^.*:role\//, '')}\`.`,
  }),
  DOC007: entry<{ role: string; services: readonly string[] }>({
    severity: 'error',
    title: 'A role does not trust a service',
    message: ({ role, services }) => `The role ${role} cannot be assumed by ${services.join(', ')}.`,
    why: 'The service that is handed the role refuses the call.',
    remedy: ({ services }) =>
      `Add to its trust policy: ${JSON.stringify({ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' })}`,
  }),
  DOC008: entry<{ name: string; isThere: boolean; others: readonly string[] }>({
    severity: 'error',
    title: 'An instance profile is missing',
    message: ({ name, isThere, others }) =>
      isThere
        ? `The instance profile ${name} holds ${others.length === 0 ? 'no role' : `the role ${others.join(', ')}`}.`
        : `There is no instance profile ${name}.`,
    why: 'EC2’s machines are handed a role by an instance profile of the role’s name, which holds one role.',
    remedy: ({ name, isThere, others }) => {
      const about = `--instance-profile-name ${name}`;
      const commands = [
        ...(isThere ? [] : [`\`aws iam create-instance-profile ${about}\``]),
        ...others.map((role) => `\`aws iam remove-role-from-instance-profile ${about} --role-name ${role}\``),
        `\`aws iam add-role-to-instance-profile ${about} --role-name ${name}\``,
      ];
      return commands.join('; ');
    },
  }),
  DOC009: entry<{ role: string; service: string; title: string }>({
    severity: 'error',
    title: 'A service-linked role is missing',
    message: ({ role, title }) => `The account has no ${role}, which ${title} needs.`,
    why: 'It is made at the first use, where whoever uses the service may make it; that first use may fail until IAM has spread the role.',
    remedy: ({ service }) => `\`aws iam create-service-linked-role --aws-service-name ${service}\``,
  }),
  DOC010: entry<{ subnet: string; region: string }>({
    severity: 'error',
    title: 'A subnet is missing',
    message: ({ subnet, region }) => `There is no subnet ${subnet} in ${region}.`,
    why: 'What runs in it cannot be started.',
    remedy: ({ region }) =>
      `Write the id of one that there is: \`aws ec2 describe-subnets --region ${region} --query "Subnets[].SubnetId"\` lists them.`,
  }),
  DOC011: entry<{ subnet: string; vpc: string; table: string; region: string }>({
    severity: 'error',
    title: 'A subnet does not reach S3',
    message: ({ subnet, table }) =>
      `What runs in the subnet ${subnet} does not reach S3: its route table ${table} has no way out, and its VPC no endpoint of S3.`,
    why: 'Scripts, data and logs are in S3: what is started there waits, and ends with a time-out.',
    remedy: ({ vpc, table, region }) =>
      `\`aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name com.amazonaws.${region}.s3 --route-table-ids ${table} --region ${region}\`; what is to reach Kaggle or PyPI needs a NAT gateway besides.`,
  }),
  DOC012: entry<{ title: string; service: string; code: string; value: number; need: number; region: string }>({
    severity: 'error',
    title: 'A quota is too small',
    message: ({ title, service, value, need }) =>
      `The quota "${title}" of ${service} is ${value}, and a run takes ${need}.`,
    why: 'AWS refuses what goes beyond it, in the middle of a run. What else takes of it at the same time is not counted.',
    remedy: ({ service, code, need, region }) =>
      `\`aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${need} --region ${region}\`, or smaller instances.`,
  }),
  DOC013: entry<{ name: string; env: string; region: string; command: string }>({
    severity: 'error',
    title: 'A secret is missing',
    message: ({ name, env, region }) =>
      `There is no secret ${name} in ${region}, which the environment names for ${env}.`,
    why: 'It is read while a run goes on, in the environment’s region.',
    remedy: ({ command }) => `\`${command}\`, with its value in secret.txt.`,
  }),
  DOC014: entry<{ name: string; env: string; region: string }>({
    severity: 'error',
    title: 'A secret is to be deleted',
    message: ({ name, env }) => `The secret ${name} (${env}) is marked for deletion, and cannot be read.`,
    why: 'It is read while a run goes on.',
    remedy: ({ name, region }) => `\`aws secretsmanager restore-secret --secret-id ${name} --region ${region}\``,
  }),
  DOC015: entry<{ topic: string; name: string; region: string }>({
    severity: 'error',
    title: 'A topic is missing',
    message: ({ topic }) => `There is no topic ${topic}.`,
    why: 'Alarms are made, and tell nobody.',
    remedy: ({ name, region }) => `\`aws sns create-topic --name ${name} --region ${region}\``,
  }),
  DOC016: entry<{ topic: string; actual: string; region: string }>({
    severity: 'error',
    title: 'A topic is in another region',
    message: ({ topic, actual, region }) => `The topic ${topic} is in ${actual}, and the alarms in ${region}.`,
    why: 'CloudWatch tells topics of its own region alone.',
    remedy: ({ region }) => `Name a topic in ${region} under \`alarms:\`.`,
  }),
  DOC017: entry<{ topic: string }>({
    severity: 'error',
    title: 'A topic cannot be told of alarms',
    message: ({ topic }) => `The topic ${topic} is encrypted by AWS’s own key, which CloudWatch may not use.`,
    why: 'Alarms go off, and tell nobody.',
    remedy: () =>
      'Encrypt it by a key of yours whose policy allows kms:Decrypt and kms:GenerateDataKey* to cloudwatch.amazonaws.com, or not at all.',
  }),
  DOC018: entry<{ name: string }>({
    severity: 'warning',
    title: 'An instance profile is made by the first deploy',
    message: ({ name }) => `The instance profile ${name} is not there yet: the first deploy makes it.`,
    why: 'IAM spreads it within a minute or two. A run that makes a cluster earlier may end with "Invalid InstanceProfile".',
    remedy: () => 'Wait two minutes between the first deploy and the first run.',
  }),
  DOC019: entry<{ policy: string }>({
    severity: 'error',
    title: 'The policy that bounds roles is missing',
    message: ({ policy }) => `There is no policy ${policy}, which the environment names as \`permissionsBoundary\`.`,
    why: 'No role can be made with it.',
    remedy: ({ policy }) => {
      const [, owner = '', path = '/', name = ''] =
        /^[^:]*:[^:]*:iam::([^:]*):policy(\/(?:.*\/)?)(.*)$/.exec(policy) ?? [];
      if (owner === 'aws')
        return 'Write the ARN of a policy that AWS has: `aws iam list-policies --scope AWS` lists them.';
      const own = path === '/' ? '' : ` --path ${path}`;
      return `\`aws iam create-policy --policy-name ${name}${own} --policy-document file://bounds.json\`, with what roles may be allowed at most in bounds.json.`;
    },
  }),
  DOC020: entry<{ region: string; vpc?: string }>({
    severity: 'error',
    title: 'There is no default VPC',
    message: ({ region, vpc }) =>
      vpc === undefined
        ? `${region} has no default VPC in this account, and a cluster names no subnet.`
        : `The default VPC ${vpc} of ${region} has no subnet, and a cluster names none.`,
    why: 'A cluster that names no subnet starts in the default VPC; without one it ends with an error before its first step.',
    remedy: ({ region, vpc }) =>
      `Give the cluster a subnet (\`emr.cluster({ subnet: dag.env.subnet, … })\`), or ${
        vpc === undefined
          ? `make the VPC: \`aws ec2 create-default-vpc --region ${region}\``
          : `make one for each zone: \`aws ec2 create-default-subnet --availability-zone ${region}a --region ${region}\``
      }.`,
  }),
  DOC021: entry<{ type: string; region: string }>({
    severity: 'error',
    title: 'A region does not have an instance type',
    message: ({ type, region }) => `EC2 has no instance type ${type} in ${region}.`,
    why: 'A cluster with it ends with an error before its first step.',
    remedy: ({ region }) =>
      `Take one that there is: \`aws ec2 describe-instance-types --region ${region} --query "InstanceTypes[].InstanceType"\` lists them.`,
  }),
  DOC022: entry<{ deployer: string; partition: string; account: string }>({
    severity: 'error',
    title: 'A policy is asked for somebody of another account',
    message: ({ deployer, partition, account }) =>
      `${deployer} is not of the account ${account} of the partition ${partition}, to which the environment belongs.`,
    why: 'Whoever deploys is asked about in the account itself, and what another account allows is of no effect there.',
    remedy: ({ partition, account }) =>
      `Name a role or a user of the account: \`--for arn:${partition}:iam::${account}:role/deployer\`. Who comes from another account assumes such a role.`,
  }),
  DOC023: entry<NamedByTasks & { region: string; make: string }>({
    severity: 'error',
    title: 'What a task names is missing',
    message: ({ title, name, region, dag, tasks }) =>
      `There is no ${title} ${name} in ${region}, which ${named(dag, tasks)}.`,
    why: 'The task fails when a run comes to it.',
    remedy: ({ make }) => make,
  }),
  DOC024: entry<NamedByTasks & { state: string }>({
    severity: 'error',
    title: 'What a task names cannot be used',
    message: ({ title, name, state, dag, tasks }) => `The ${title} ${name}, which ${named(dag, tasks)}, is ${state}.`,
    why: 'A call on it fails.',
    remedy: ({ title }) => `Bring the ${title} into use, or name another one.`,
  }),
  DOC025: entry<NamedByTasks & { actual: string; region: string }>({
    severity: 'error',
    title: 'What a task names is in another region',
    message: ({ title, name, actual, region, dag, tasks }) =>
      `The ${title} ${name}, which ${named(dag, tasks)}, is in ${actual}, and the machine in ${region}.`,
    why: 'Step Functions calls the services of its own region alone.',
    remedy: ({ title, region }) =>
      `Name a ${title} in ${region}. A name without an ARN, or an ARN in \`env:\` of dagwright.yaml, goes with the environment.`,
  }),
  DOC026: entry<{
    title: string;
    name: string;
    key: string;
    dag: string;
    role: string;
    actions: readonly string[];
  }>({
    severity: 'warning',
    title: 'What a task names is encrypted by a key of somebody’s own',
    message: ({ title, name, key, dag }) =>
      `The ${title} ${name} is encrypted by the key ${key}, which the policy of the machine ${dag} does not name.`,
    why: 'Whoever uses it needs the key as well. The key’s own policy may allow that, and is not asked for.',
    remedy: ({ role, actions }) =>
      `See that the key’s policy has: ${JSON.stringify({ Effect: 'Allow', Principal: { AWS: role }, Action: actions, Resource: '*' })}`,
  }),
};

function named(dag: string, tasks: readonly string[]): string {
  return `${tasks.length === 1 ? 'the task' : 'the tasks'} ${tasks.join(', ')} of ${dag} ${tasks.length === 1 ? 'names' : 'name'}`;
}
