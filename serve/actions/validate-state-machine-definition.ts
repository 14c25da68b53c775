import type { ValidateStateMachineDefinitionInput, ValidateStateMachineDefinitionOutput } from '@aws-sdk/client-sfn';
import { diagnosticsOf } from '../machines/definition.ts';
import type { Action } from '../world.ts';

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
