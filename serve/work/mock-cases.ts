import { readFile } from 'node:fs/promises';
import type { TaskHandler } from '../../asl/interpret/options.ts';
import { parseJson } from '../../asl/json/parse.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { type MockConfig, readMockConfig } from '../../simulate/mocks/mock-config.ts';
import { mockTasks } from '../../simulate/mocks/mocks.ts';
import { ApiError } from '../protocol/api-error.ts';

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
