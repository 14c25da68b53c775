import { readFile } from 'node:fs/promises';
import type { TaskCall, TaskHandler, TaskReply } from '../../asl/interpret/options.ts';
import { parseJson } from '../../asl/json/parse.ts';
import { readResource } from '../../asl/services/index.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { mockTasks } from '../../simulate/mocks/mocks.ts';
import { type MockConfig, readMockConfig } from '../../simulate/mocks/read-mocks.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { World } from '../world.ts';
import { callsLambda } from './lambda.ts';
import { callStepFunctions } from './step-functions.ts';

type Handler = (call: TaskCall) => Promise<TaskReply>;

export interface Services {
  readonly engines: Handler;
  /** Whether a call names a function that the project brings along, which the engines run. */
  readonly hasFunction: (call: TaskCall) => Promise<boolean>;
  /** Where there is an endpoint of Lambda. */
  readonly lambda?: Handler;
}

const CALLBACK = /\.waitForTaskToken$/;
const JOB = /\.sync(:\d+)?$/;

/**
 * What stands for the services in an execution:
 *
 *     activity            ─▶ the workers that poll
 *     states, aws-sdk:sfn ─▶ this endpoint itself
 *     lambda              ─▶ its endpoint, if one is set, for functions that the project does not bring along
 *     anything else       ─▶ this machine's engines
 *
 * and whoever has the token of a `.waitForTaskToken` or `.sync` may answer in their place.
 */
export function createTasks(world: World, { engines, hasFunction, lambda }: Services): TaskHandler {
  return (call) => {
    if (readResource(call.resource).kind === 'activity') return world.activities.schedule(call);
    const { token } = call;
    if (token === undefined || !(CALLBACK.test(call.resource) || JOB.test(call.resource))) return perform(call);
    const answered = world.tokens.wait({ call, token });
    return CALLBACK.test(call.resource) ? callBack(call, answered) : Promise.race([answered, perform(call)]);
  };

  /** The call itself; where it succeeds, the token is waited for. A service that is not here is not called: its message reaches nobody. */
  async function callBack(call: TaskCall, answered: Promise<TaskReply>): Promise<TaskReply> {
    const reachable = isOurs(call.resource) || (lambda !== undefined && callsLambda(call.resource));
    const reply: TaskReply = reachable ? await perform(call) : { result: null };
    return 'error' in reply ? reply : answered;
  }

  async function perform(call: TaskCall): Promise<TaskReply> {
    if (isOurs(call.resource)) return callStepFunctions(call, world);
    if (lambda === undefined || !callsLambda(call.resource) || (await hasFunction(call))) return engines(call);
    return lambda(call);
  }
}

const OURS = /^arn:[^:]+:states:[^:]*:[^:]*:(states|aws-sdk:sfn):/;

function isOurs(resource: string): boolean {
  return OURS.test(resource);
}

/** Puts a test case's mocks before what else would do a task. */
export type Mocked = (otherwise: TaskHandler) => TaskHandler;

/**
 * The test cases of Step Functions Local's `MockConfigFile.json`. The file is read anew for each execution that names a case, so that it
 * can be worked on while the server runs.
 */
export class MockCases {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws Stop where the file cannot be read or is no mock configuration */
  static async open(file: string): Promise<MockCases> {
    const cases = new MockCases(file);
    await cases.#read();
    return cases;
  }

  /** @throws ApiError where the file has no such case of the machine */
  async find(machine: string, testCase: string): Promise<Mocked> {
    try {
      const mocks = (await this.#read()).mocks(machine, testCase);
      return (otherwise) => mockTasks(mocks, otherwise);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      throw noCase(machine, testCase, error.diagnostics.map(({ message }) => message).join(' '));
    }
  }

  async #read(): Promise<MockConfig> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      throw new Stop(diagnose('CLI001', { file: this.#file, detail: (error as Error).message }));
    }
    try {
      return readMockConfig(parseJson(text));
    } catch (error) {
      if (error instanceof Stop) throw error;
      throw new Stop(diagnose('SIM001', { file: this.#file, detail: (error as Error).message }));
    }
  }
}

export function noCase(machine: string, testCase: string, detail: string): ApiError {
  return new ApiError(
    'InvalidName',
    `Invalid mock test case '${testCase}' of the state machine '${machine}': ${detail}`,
  );
}
