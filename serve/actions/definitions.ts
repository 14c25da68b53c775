import type {
  TestStateInput,
  TestStateOutput,
  ValidateStateMachineDefinitionInput,
  ValidateStateMachineDefinitionOutput,
} from '@aws-sdk/client-sfn';
import { TestStateRefusal, type TestStateRequest, testState as test } from '../../asl/interpret/test-state.ts';
import { diagnosticsOf } from '../machines/definition.ts';
import { ApiError } from '../protocol/api-error.ts';
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
