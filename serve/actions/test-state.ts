import type { TestStateInput, TestStateOutput } from '@aws-sdk/client-sfn';
import { TestStateRefusal, type TestStateRequest, testState as test } from '../../asl/interpret/test-state.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

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
