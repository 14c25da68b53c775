import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { SecretReference } from '../../project/environment.ts';
import { type Finding, looked, missing, there } from './finding.ts';

export const SECRETS_CLIENT = {
  package: '@aws-sdk/client-secrets-manager',
  prefix: 'secretsmanager',
  title: 'Secrets Manager',
} as const;
export const SSM_CLIENT = { package: '@aws-sdk/client-ssm', prefix: 'ssm', title: 'Systems Manager' } as const;

/** Whether a secret is there, in the region in which it is read. Its value is never asked for. */
export function lookAtSecret(aws: Clients, env: string, reference: SecretReference): Promise<Finding[]> {
  return 'secretsManager' in reference
    ? lookAtSecretsManager(aws, env, reference.secretsManager)
    : lookAtParameter(aws, env, reference.ssm);
}

function lookAtSecretsManager(aws: Clients, env: string, name: string): Promise<Finding[]> {
  const about = `the secret ${name} (${env})`;
  const { region } = aws;
  return looked(about, async () => {
    const secrets: SecretsManager = await aws.of(
      SECRETS_CLIENT,
      async (config) => new (await import('@aws-sdk/client-secrets-manager')).SecretsManager(config),
    );
    try {
      const { DeletedDate, KmsKeyId } = await secrets.describeSecret({ SecretId: name });
      if (DeletedDate !== undefined) return missing(about, diagnose('DOC014', { name, env, region }));
      const key = KmsKeyId === undefined ? '' : `; its key is ${KmsKeyId}, on which whoever reads it needs kms:Decrypt`;
      return there(about, `is there in ${region}${key}`);
    } catch (error) {
      if (!isError(error, 'ResourceNotFoundException')) throw error;
      const command = `aws secretsmanager create-secret --name ${name} --secret-string file://<file> --region ${region}`;
      return missing(about, diagnose('DOC013', { name, env, region, command }));
    }
  });
}

function lookAtParameter(aws: Clients, env: string, name: string): Promise<Finding[]> {
  const about = `the parameter ${name} (${env})`;
  const { region } = aws;
  return looked(about, async () => {
    const ssm: SSM = await aws.of(SSM_CLIENT, async (config) => new (await import('@aws-sdk/client-ssm')).SSM(config));
    const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [name] }];
    const { Parameters = [] } = await ssm.describeParameters({ ParameterFilters });
    if (Parameters.length > 0) return there(about, `is there in ${region}`);
    const command = `aws ssm put-parameter --name ${name} --type SecureString --value file://<file> --region ${region}`;
    return missing(about, diagnose('DOC013', { name, env, region, command }));
  });
}
