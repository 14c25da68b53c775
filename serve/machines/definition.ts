import type { StateMachineType, ValidateStateMachineDefinitionDiagnostic } from '@aws-sdk/client-sfn';
import { awsDiagnostic } from '../../asl/validate/aws-diagnostic.ts';
import { validate } from '../../asl/validate/validate.ts';
import { ApiError } from '../protocol/api-error.ts';

/** What the validator finds in a definition, in the service's form. */
export function diagnosticsOf(definition: string, type: StateMachineType): ValidateStateMachineDefinitionDiagnostic[] {
  return validate(definition, { express: type === 'EXPRESS', filledIn: true }).map((finding) => ({
    severity: finding.severity === 'error' ? 'ERROR' : 'WARNING',
    message: `${finding.message} ${finding.remedy} (${finding.code})`,
    ...awsDiagnostic(finding, definition),
  }));
}

/** @throws ApiError InvalidDefinition, with every error that the validator finds */
export function checkDefinition(definition: string, type: StateMachineType): void {
  const errors = diagnosticsOf(definition, type).filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0) return;
  const texts = errors.map(({ code, message, location }) => `${code}: ${message} at ${location ?? '/'}`);
  throw new ApiError('InvalidDefinition', `Invalid State Machine Definition: '${texts.join(', ')}'`);
}
