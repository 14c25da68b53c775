import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, JsonObject } from '../asl/json/value.ts';
import { FACTS, VARIABLES } from '../test/asl/facts/jsonata-facts.ts';
import { agrees } from '../test/conformance/agrees.ts';

/** What TestState answers, as far as it is compared. */
export interface Tested {
  readonly status?: string | undefined;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** A recorded case as a request to TestState, and what of the answer is otherwise, if anything. */
export interface RecordedCase {
  readonly id: string;
  readonly request: {
    readonly definition: string;
    readonly input: string;
    readonly variables?: string;
    readonly mock?: {
      readonly result?: string;
      readonly errorOutput?: { readonly error?: string; readonly cause?: string };
      readonly fieldValidationMode: 'NONE';
    };
  };
  /** Whether it ends in a failure, so that a definition that is refused is no other answer. */
  readonly mustFail: boolean;
  readonly otherwise: (answer: Tested) => string | undefined;
}

/** A time that the interpreter's tests fix, and AWS does not. */
const VIRTUAL = '1970-01-01T00:00:00.000Z';

/** Each sentence of the interpreter's tests on JSONata: an expression as the Output of a Pass state. */
export function jsonataCases(): RecordedCase[] {
  return FACTS.flatMap(([sentence, cases]) =>
    cases
      .filter(([, wanted]) => !('is' in wanted && wanted.is === VIRTUAL))
      .map(
        ([expression, wanted]): RecordedCase => ({
          id: `${sentence}: ${expression.slice(0, 120)}`,
          request: {
            definition: JSON.stringify({
              Type: 'Pass',
              QueryLanguage: 'JSONata',
              Output: `{% ${expression} %}`,
              End: true,
            }),
            input: '{}',
            variables: JSON.stringify(VARIABLES),
          },
          mustFail: !('is' in wanted),
          otherwise: ({ status, output = '', error, cause = '' }) => {
            const got = `${status} ${error ?? ''} ${cause || output}`.slice(0, 300);
            if ('is' in wanted)
              return status === 'SUCCEEDED' && agrees(wanted.is, JSON.parse(output), []) ? undefined : got;
            if (status !== 'FAILED' || error !== 'States.QueryEvaluationError') return got;
            if ('nothing' in wanted) return /undefined/.test(cause) ? undefined : got;
            return wanted.fails.test(cause) ? undefined : got;
          },
        }),
      ),
  );
}

interface Execution {
  readonly id: string;
  readonly definition: { readonly States: { readonly [name: string]: JsonObject }; readonly QueryLanguage?: string };
  readonly input: Json;
  readonly mocks: {
    readonly [state: string]: {
      readonly [call: string]: {
        readonly Return?: Json;
        readonly Throw?: { readonly Error?: string; readonly Cause?: string };
      };
    };
  };
  readonly expected: { readonly status: string; readonly output?: Json; readonly error?: Json };
  readonly placeholders: readonly string[];
}

/** Recorded executions of a machine of one state, which TestState can run as it is, its task mocked as it was. */
export async function stateCases(repository: string): Promise<RecordedCase[]> {
  const text = await readFile(join(repository, 'test/conformance/recorded/executions.jsonl'), 'utf8');
  const executions = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Execution);
  return executions.flatMap((execution) => caseOf(execution) ?? []);
}

const TESTABLE = ['Pass', 'Choice', 'Succeed', 'Fail', 'Task'];

function caseOf({ id, definition, input, mocks, expected, placeholders }: Execution): RecordedCase | undefined {
  const states = Object.entries(definition.States);
  const [name, state] = states[0]!;
  const calls = Object.values(mocks[name] ?? {});
  const isAlone =
    states.length === 1 && TESTABLE.includes(String(state.Type)) && !('Retry' in state) && !('Catch' in state);
  // What an execution is given of itself is another thing in a test of one state.
  const readsContext = /\$\$|\$states\.context/.test(JSON.stringify(state));
  if (!isAlone || readsContext || (state.Type === 'Task' && calls.length !== 1)) return undefined;
  const [call] = calls;
  const mock = {
    fieldValidationMode: 'NONE' as const,
    ...(call?.Throw !== undefined
      ? { errorOutput: { error: call.Throw.Error ?? '', cause: call.Throw.Cause ?? '' } }
      : { result: JSON.stringify(call?.Return ?? null) }),
  };
  return {
    id,
    request: {
      definition: JSON.stringify({
        ...(definition.QueryLanguage !== undefined && { QueryLanguage: definition.QueryLanguage }),
        ...state,
      }),
      input: JSON.stringify(input),
      ...(state.Type === 'Task' && { mock }),
    },
    mustFail: expected.status !== 'SUCCEEDED',
    otherwise: ({ status, output, error, cause }) => {
      const got = `${status} ${error ?? ''} ${cause ?? output ?? ''}`.slice(0, 300);
      if (status !== expected.status) return got;
      if (expected.error !== undefined && !agrees(expected.error, error, placeholders)) return got;
      if (expected.output === undefined) return undefined;
      return output !== undefined && agrees(expected.output, JSON.parse(output) as Json, placeholders)
        ? undefined
        : got;
    },
  };
}
