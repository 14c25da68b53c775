import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { Environment, SecretReference } from '../../project/environment.ts';
import type { Built } from '../built.ts';
import type { Desired } from '../desired/desired.ts';
import { type Look, looked, missing, there } from './finding.ts';

export const SECRETS_CLIENT = {
  package: '@aws-sdk/client-secrets-manager',
  prefix: 'secretsmanager',
  title: 'Secrets Manager',
} as const;
export const SSM_CLIENT = { package: '@aws-sdk/client-ssm', prefix: 'ssm', title: 'Systems Manager' } as const;

/** A secret, and what for. */
export interface NamedSecret {
  /** The name in the DAG's env, or the role that reads it. */
  readonly env: string;
  readonly reference: SecretReference;
}

/** The secrets that the environment gives to DAGs by their names. */
export function secretsGiven({ manifest }: Built, { env }: Environment): NamedSecret[] {
  return Object.keys(manifest.env).flatMap((name) => {
    const reference = env[name];
    return typeof reference === 'object' ? [{ env: name, reference }] : [];
  });
}

/** The secrets that roles may read by the policies that they get: also those whose name the environment gives as a text. */
export function secretsRead({ resources, needs }: Desired): NamedSecret[] {
  const policies = resources.flatMap(({ kind, title, properties }) =>
    kind === 'role' ? [{ title, policy: properties.policy as JsonObject | null }] : [],
  );
  return [...policies, { title: 'the machine’s role', policy: needs }].flatMap(({ title, policy }) =>
    ((policy?.Statement ?? []) as readonly JsonObject[]).flatMap(({ Action, Resource }) =>
      [Action].flat().includes('secretsmanager:GetSecretValue')
        ? [Resource].flat().flatMap((arn) => named(arn, title))
        : [],
    ),
  );
}

/** `arn:…:secret:kaggle-??????`: Secrets Manager adds six characters to a name. */
function named(arn: Json | undefined, env: string): NamedSecret[] {
  const name =
    /:secret:([^*?]+)-\?{6}$/.exec(String(arn))?.[1] ??
    (/^[^*?]*:secret:[^*?]+$/.test(String(arn)) ? String(arn) : undefined);
  return name === undefined ? [] : [{ env, reference: { secretsManager: name } }];
}

/** Whether a secret is there, in the region in which it is read. Its value is never asked for. */
export function lookAtSecret(aws: Clients, caller: Caller, { env, reference }: NamedSecret): Look {
  return 'secretsManager' in reference
    ? lookAtSecretsManager(aws, caller, env, reference.secretsManager)
    : lookAtParameter(aws, env, reference.ssm);
}

function lookAtSecretsManager(aws: Clients, { partition, account }: Caller, env: string, name: string): Look {
  const about = `the secret ${name} (${env})`;
  const { region } = aws;
  const arn = name.startsWith('arn:')
    ? name
    : `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-??????`;
  return looked(about, { Action: ['secretsmanager:DescribeSecret'], Resource: [arn] }, async () => {
    const secrets: SecretsManager = await aws.of(
      SECRETS_CLIENT,
      async (config) => new (await import('@aws-sdk/client-secrets-manager')).SecretsManager(config),
    );
    try {
      const { DeletedDate, KmsKeyId } = await secrets.describeSecret({ SecretId: name });
      if (DeletedDate !== undefined) return missing(about, diagnose('DOC014', { name, env, region }));
      const key = KmsKeyId === undefined ? '' : `; its key is ${KmsKeyId}, on which whoever reads it needs kms:Decrypt`;
      return there(about, `there in ${region}${key}`);
    } catch (error) {
      if (!isError(error, 'ResourceNotFoundException')) throw error;
      const command = `aws secretsmanager create-secret --name ${name} --secret-string file://secret.txt --region ${region}`;
      return missing(about, diagnose('DOC013', { name, env, region, command }));
    }
  });
}

function lookAtParameter(aws: Clients, env: string, name: string): Look {
  const about = `the parameter ${name} (${env})`;
  const { region } = aws;
  return looked(about, { Action: ['ssm:DescribeParameters'], Resource: ['*'] }, async () => {
    const ssm: SSM = await aws.of(SSM_CLIENT, async (config) => new (await import('@aws-sdk/client-ssm')).SSM(config));
    const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [name] }];
    const { Parameters = [] } = await ssm.describeParameters({ ParameterFilters });
    if (Parameters.length > 0) return there(about, `there in ${region}`);
    const command = `aws ssm put-parameter --name ${name} --type SecureString --value file://secret.txt --region ${region}`;
    return missing(about, diagnose('DOC013', { name, env, region, command }));
  });
}
