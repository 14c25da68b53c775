import type { Json } from '../../json/value.ts';
import type { State } from '../../language/types.ts';
import type { AnswerFault } from '../../services/answer-faults.ts';
import { readResource } from '../../services/index.ts';
import { invalid, type TestStateRequest } from './request.ts';

/** Refuses a mocked result that the state could never have. */
export async function checkMockedResult(
  mock: TestStateRequest['mock'],
  result: Json | undefined,
  state: State,
): Promise<void> {
  if (mock?.result === undefined) return;
  const isArray = Array.isArray(result);
  if (state.Type === 'Parallel') {
    if (!isArray) throw invalid('Mocked result must be an array.');
    if (result.length !== state.Branches.length)
      throw invalid(
        `Mocked result must have one element for each branch: the state has ${state.Branches.length}, the result ${result.length}.`,
      );
  } else if (state.Type === 'Map') {
    if (state.ResultWriter === undefined && !isArray) throw invalid('Mocked result must be an array.');
    if (state.ResultWriter !== undefined && (isArray || typeof result !== 'object' || result === null))
      throw invalid('Mocked result must be a JSON object.');
  } else if (state.Type === 'Task' && mock.fieldValidationMode !== 'NONE') {
    await checkFields(state.Resource, result as Json, mock.fieldValidationMode ?? 'STRICT');
  }
}

/** Integrations whose mocks the API does not check. Same page as below. */
const UNCHECKED: ReadonlySet<string> = new Set(['http', 'apigateway', 'eks']);

/**
 * Refuses a mocked result that is not what the service's API answers: fields of a wrong type and, in STRICT, missing ones. Fields that
 * the API does not have are let through. Of a job that is waited for, the answer is the job's description.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
 */
async function checkFields(resource: string, result: Json, mode: 'STRICT' | 'PRESENT'): Promise<void> {
  const read = readResource(resource);
  if (read.kind !== 'integration' || UNCHECKED.has(read.service)) return;
  const { answerOf } = await import('../../services/answers.ts');
  const shape = answerOf(resource);
  if (shape === undefined) return;
  const { answerFaults } = await import('../../services/answer-faults.ts');
  for (const fault of answerFaults(result, shape, { numbersForTimes: read.pattern !== 'request' })) {
    const detail = detailOf(fault, mode);
    if (detail !== undefined) throw invalid(`Mock result schema validation error: ${detail}`);
  }
}

/** What the API says of a fault; undefined where it lets it through. */
function detailOf(fault: AnswerFault, mode: 'STRICT' | 'PRESENT'): string | undefined {
  const field = fault.path.findLast((step) => typeof step === 'string');
  switch (fault.kind) {
    case 'unknown':
      return undefined;
    case 'missing':
      return mode === 'STRICT' ? `Required field '${fault.name}' is missing` : undefined;
    case 'enum':
      return `Field '${field}' is not an expected value`;
    case 'type': {
      const type = fault.expected === 'a whole number' ? 'a number' : fault.expected;
      return field === undefined ? `The result must be ${type}` : `Field '${field}' must be ${type}`;
    }
  }
}
