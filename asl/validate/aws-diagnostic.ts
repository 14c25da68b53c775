import { unescaped } from '../json/pointer.ts';
import type { Finding } from './finding.ts';

/** AWS's code for a finding, and its place where AWS names one. */
export interface AwsDiagnostic {
  readonly code: string;
  readonly location?: string;
}

/**
 * AWS's codes of the findings that have one; all others fail AWS's schema.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
const CODES: { readonly [code: string]: string } = {
  ASL001: 'INVALID_JSON_DESCRIPTION',
  ASL002: 'INVALID_JSON_DESCRIPTION',
  ASL007: 'INVALID_JSON_DESCRIPTION',
  ASL008: 'INVALID_JSON_DESCRIPTION',
  ASL020: 'MISSING_TRANSITION_TARGET',
  ASL021: 'MISSING_TRANSITION_TARGET',
  ASL022: 'MISSING_END_STATE',
  ASL025: 'DUPLICATE_STATE_NAME',
  ASL026: 'INVALID_STATE_NAME',
  ASL041: 'INVALID_JSONATA_EXPRESSION',
  ASL043: 'INVALID_JSONATA_EXPRESSION',
  ASL050: 'NO_DOLLAR',
  ASL051: 'PASS_RESULT_IS_STATIC',
  ASL053: 'NO_PATH',
  ASL055: 'UNSUPPORTED_JSONATA_EXPRESSION',
  ASL058: 'UNSUPPORTED_JSONATA_EXPRESSION',
  ASL059: 'UNSUPPORTED_JSONATA_EXPRESSION',
  ASL070: 'INVALID_RESOURCE',
  ASL072: 'INVALID_RESOURCE',
  ASL073: 'INVALID_RESOURCE',
  ASL074: 'INVALID_RESOURCE',
  ASL080: 'INVALID_LABEL_NAME',
  ASL081: 'DUPLICATE_LABEL_NAME',
  ASL095: 'UNSUPPORTED_JSONATA_EXPRESSION',
};

/** Of these AWS names the object around the field. */
const OF_THE_OBJECT: ReadonlySet<string> = new Set(['ASL011', 'ASL040']);
/** Of these it names no place: of JSON that cannot be read, its reader's words; of a machine without an end, nothing. */
const NOWHERE: ReadonlySet<string> = new Set(['INVALID_JSON_DESCRIPTION', 'MISSING_END_STATE']);

/**
 * A finding as ValidateStateMachineDefinition has it.
 *
 * @param text the definition: a blank one is no broken JSON to AWS, but no object
 * @example
 * awsDiagnostic(finding, text) // { code: 'MISSING_TRANSITION_TARGET', location: '/States/A/Choices[0]/Next' }
 */
export function awsDiagnostic({ code, path }: Pick<Finding, 'code' | 'path'>, text: string): AwsDiagnostic {
  const aws = code === 'ASL001' && text.trim() === '' ? undefined : CODES[code];
  const location = NOWHERE.has(aws ?? '') ? undefined : locationOf(code, path);
  return { code: aws ?? 'SCHEMA_VALIDATION_FAILED', ...(location !== undefined && { location }) };
}

function locationOf(code: string, pointer: string): string {
  const names = pointer.split('/');
  const isPath = (code === 'ASL048' || code === 'ASL049') && names.at(-1)!.endsWith('.$');
  if (names.length > 1 && (isPath || OF_THE_OBJECT.has(code))) names.pop();
  return awsLocation(names.join('/'));
}

/** A JSON pointer as AWS writes it: the whole is `/`, and items of lists stand in brackets. */
export function awsLocation(pointer: string): string {
  const names = pointer.split('/').slice(1);
  const steps = names.map((name, i) => (/^\d+$/.test(name) && names[i - 1] !== 'States' ? `[${name}]` : `/${name}`));
  return unescaped(steps.join('')) || '/';
}
