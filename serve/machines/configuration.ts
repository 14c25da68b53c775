import type { EncryptionConfiguration, LoggingConfiguration, TracingConfiguration } from '@aws-sdk/client-sfn';
import { ApiError } from '../protocol/api-error.ts';

/** What a machine is made with beside its definition; the endpoint keeps it and does nothing with it. */
export interface Configuration {
  readonly loggingConfiguration: LoggingConfiguration;
  readonly tracingConfiguration: TracingConfiguration;
  readonly encryptionConfiguration: EncryptionConfiguration;
}

interface Given {
  readonly loggingConfiguration?: LoggingConfiguration | undefined;
  readonly tracingConfiguration?: TracingConfiguration | undefined;
  readonly encryptionConfiguration?: EncryptionConfiguration | undefined;
}

const DEFAULT: Configuration = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
};

/** What was given, over what was there, checked. */
export function configuration(given: Given, before: Configuration = DEFAULT): Configuration {
  return {
    loggingConfiguration:
      given.loggingConfiguration === undefined ? before.loggingConfiguration : logging(given.loggingConfiguration),
    tracingConfiguration:
      given.tracingConfiguration === undefined
        ? before.tracingConfiguration
        : { enabled: given.tracingConfiguration.enabled ?? false },
    encryptionConfiguration:
      given.encryptionConfiguration === undefined
        ? before.encryptionConfiguration
        : encryption(given.encryptionConfiguration),
  };
}

function logging(given: LoggingConfiguration): LoggingConfiguration {
  const { level = 'OFF', includeExecutionData = false, destinations } = given;
  const count = destinations?.length ?? 0;
  if (count > 1 || (level !== 'OFF' && count === 0)) {
    throw new ApiError(
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    );
  }
  return { level, includeExecutionData, ...(destinations !== undefined && { destinations }) };
}

/** Seconds that a data key may be used. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_EncryptionConfiguration.html */
const REUSE = { least: 60, most: 900, unless: 300 };

function encryption(given: EncryptionConfiguration): EncryptionConfiguration {
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds: seconds } = given;
  const fault = (detail: string) =>
    new ApiError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${detail}`);
  if (type === 'AWS_OWNED_KEY') {
    if (kmsKeyId !== undefined || seconds !== undefined)
      throw fault('kmsKeyId and kmsDataKeyReusePeriodSeconds are for CUSTOMER_MANAGED_KMS_KEY');
    return { type };
  }
  if (kmsKeyId === undefined) throw fault('kmsKeyId must not be null for CUSTOMER_MANAGED_KMS_KEY');
  if (seconds !== undefined && (seconds < REUSE.least || seconds > REUSE.most)) {
    throw fault(`kmsDataKeyReusePeriodSeconds must be between ${REUSE.least} and ${REUSE.most}`);
  }
  return { type: type as 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId, kmsDataKeyReusePeriodSeconds: seconds ?? REUSE.unless };
}
