import { type ChecksOf, oneOf, type Template } from '../../authoring/internal.ts';
import { checkedTemplate } from '../checked.ts';
import {
  type InFile,
  inFile,
  PYTHON_FUNCTION,
  type PythonFunction,
  shapeOfAnswer,
  sourceOf,
} from '../python-function.ts';
import { FUNCTION, FUNCTION_NAMES, type FunctionOptions, functionTemplate } from './function.ts';

/** Of the runtimes of Python those that Lambda still makes functions on. */
const RUNTIMES = ['python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14'] as const;

export interface PythonOptions extends FunctionOptions, PythonFunction {
  /** Default `python3.13`. */
  readonly runtime?: (typeof RUNTIMES)[number];
}

/**
 * Runs a function in Python on AWS Lambda. The file goes there with the modules beside it that it imports and the packages of
 * `requirements`, and is published with the machine: a run, a rollback and a resume use the code that was deployed with theirs. What it
 * returns is the task's output. What it raises fails the task under the exception's name, for `retries` and `skipOn`.
 *
 * @param file from the project's root: `functions/clean.py`
 * @typeParam Output what the function returns
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const cleaned = dag.task(
 *   'clean',
 *   lambda.python<{ kept: number }>('functions/clean.py', { handler: 'clean', input: { day: dag.logicalDate }, requirements: ['pyarrow==22.0.0'] }),
 * );
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: what a function returns is JSON of any make, unless its caller says more
export function python<Output = any>(file: string, spec: PythonOptions): Template<Output> {
  return checkedTemplate<Asked, Output>('lambda.python', inFile(file, spec), PYTHON, made, FUNCTION_NAMES);
}

type Asked = InFile<PythonOptions>;

const PYTHON: ChecksOf<Asked> = { ...FUNCTION, ...PYTHON_FUNCTION, runtime: oneOf(RUNTIMES) };

function made<Output>(asked: Asked): Template<Output> {
  const { input: given, runtime = 'python3.13' } = asked;
  return functionTemplate<Output>('lambda.python', sourceOf(asked), runtime, given, asked, {
    ...shapeOfAnswer(asked),
    answers: () => asked.output,
  });
}
