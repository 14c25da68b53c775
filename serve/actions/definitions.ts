import type {
  StateMachineType,
  TestStateInput,
  TestStateOutput,
  ValidateStateMachineDefinitionDiagnostic,
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput,
} from '@aws-sdk/client-sfn';
import { TestStateRefusal, type TestStateRequest, testState as test } from '../../asl/interpret/test-state.ts';
import { isObject } from '../../asl/json/value.ts';
import { awsDiagnostic } from '../../asl/validate/aws-diagnostic.ts';
import { indexMachine } from '../../asl/validate/machine.ts';
import { validate } from '../../asl/validate/validate.ts';
import { findVariables } from '../../asl/validate/variables.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';
import { unfilledArns } from './unfilled.ts';

const DEFAULT_RESULTS = 100;

/** Checks a definition without making a machine. Warnings are told where the severity that is asked for is WARNING. */
export const validateStateMachineDefinition: Action<
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput
> = (input) => {
  const all = diagnosticsOf(input.definition as string, input.type ?? 'STANDARD');
  const wanted = input.severity === 'WARNING' ? all : all.filter(({ severity }) => severity === 'ERROR');
  const most = input.maxResults || DEFAULT_RESULTS;
  return {
    result: all.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK',
    diagnostics: wanted.slice(0, most),
    truncated: wanted.length > most,
  };
};

/** Runs one state, its task mocked or on this machine's engines. */
export const testState: Action<TestStateInput, TestStateOutput> = async (input, world) => {
  try {
    const { clock, random } = world;
    const answer = await test({ ...(input as TestStateRequest), tasks: world.testTasks(), clock, random });
    return answer as TestStateOutput;
  } catch (error) {
    if (error instanceof TestStateRefusal) throw new ApiError(error.name, error.message);
    throw error;
  }
};

/** What the validator finds in a definition, in the service's form, and placeholders where an ARN must stand. */
function diagnosticsOf(definition: string, type: StateMachineType): ValidateStateMachineDefinitionDiagnostic[] {
  const found = validate(definition, { express: type === 'EXPRESS', filledIn: true }).map((finding) => ({
    severity: finding.severity === 'error' ? ('ERROR' as const) : ('WARNING' as const),
    message: `${finding.message} ${finding.remedy} (${finding.code})`,
    ...awsDiagnostic(finding, definition),
  }));
  const known = new Set(found.flatMap(({ severity, location }) => (severity === 'ERROR' ? [location] : [])));
  return [
    ...found,
    ...unfilledArns(definition)
      .filter(({ location }) => !known.has(location))
      .map(({ location, text }) => ({
        severity: 'ERROR' as const,
        code: 'SCHEMA_VALIDATION_FAILED',
        message: `Value is not a valid resource ARN: ${text} has a placeholder that is not filled in`,
        location,
      })),
  ];
}

/** @throws ApiError InvalidDefinition, with every error that the validator finds */
export function checkDefinition(definition: string, type: StateMachineType): void {
  const errors = diagnosticsOf(definition, type).filter(({ severity }) => severity === 'ERROR');
  if (errors.length === 0) return;
  const texts = errors.map(({ code, message, location }) => `${code}: ${message} at ${location ?? '/'}`);
  throw new ApiError('InvalidDefinition', `Invalid State Machine Definition: '${texts.join(', ')}'`);
}

/** The variables that each state reads; undefined where none does. */
export function variableReferences(definition: string): Record<string, string[]> | undefined {
  const value: unknown = JSON.parse(definition);
  if (!isObject(value)) return undefined;
  const names: Record<string, string[]> = {};
  for (const { name, state, assigned } of findVariables(indexMachine(value)).reads) {
    if (assigned === 'no') continue;
    names[state.name] ??= [];
    const list = names[state.name] as string[];
    if (!list.includes(name)) list.push(name);
  }
  return Object.keys(names).length === 0 ? undefined : names;
}
