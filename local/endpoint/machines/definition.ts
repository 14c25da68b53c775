import type { StateMachineType, ValidateStateMachineDefinitionDiagnostic } from '@aws-sdk/client-sfn';
import { type Finding, validate } from '../../../asl/validate/validate.ts';
import { ApiError } from '../protocol/api-error.ts';

/**
 * The codes of AWS for findings that have one; whatever else is wrong fails its schema.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
const CODES: { readonly [code: string]: string } = {
  ASL001: 'INVALID_JSON_DESCRIPTION',
  ASL002: 'INVALID_JSON_DESCRIPTION',
  ASL005: 'INVALID_JSON_DESCRIPTION',
  ASL020: 'MISSING_TRANSITION_TARGET',
  ASL021: 'MISSING_TRANSITION_TARGET',
  ASL022: 'MISSING_END_STATE',
  ASL025: 'DUPLICATE_STATE_NAME',
  ASL026: 'INVALID_STATE_NAME',
  ASL050: 'NO_DOLLAR',
  ASL051: 'PASS_RESULT_IS_STATIC',
  ASL053: 'NO_PATH',
  ASL070: 'INVALID_RESOURCE',
  ASL072: 'INVALID_RESOURCE',
  ASL073: 'INVALID_RESOURCE',
  ASL074: 'INVALID_RESOURCE',
  ASL080: 'INVALID_LABEL_NAME',
  ASL081: 'DUPLICATE_LABEL_NAME',
};

/** What the validator finds in a definition, in the service's form: `location` is a JSON pointer. */
export function diagnosticsOf(definition: string, type: StateMachineType): ValidateStateMachineDefinitionDiagnostic[] {
  return validate(definition, { express: type === 'EXPRESS' }).map(diagnosticOf);
}

function diagnosticOf({ code, severity, message, remedy, path }: Finding): ValidateStateMachineDefinitionDiagnostic {
  return {
    severity: severity === 'error' ? 'ERROR' : 'WARNING',
    code: CODES[code] ?? 'SCHEMA_VALIDATION_FAILED',
    message: `${message} ${remedy} (${code})`,
    ...(path !== '' && { location: path }),
  };
}

/** @throws ApiError InvalidDefinition, with every error that the validator finds */
export function checkDefinition(definition: string, type: StateMachineType): void {
  const errors = diagnosticsOf(definition, type).filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0) return;
  const texts = errors.map(({ code, message, location }) => `${code}: ${message} at ${location ?? '/'}`);
  throw new ApiError('InvalidDefinition', `Invalid State Machine Definition: '${texts.join(', ')}'`);
}
