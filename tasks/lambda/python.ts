import type { ResultMember, ResultShape } from '../../asl/services/sdk-results.ts';
import { type ChecksOf, listOf, oneOf, required, type Template, that } from '../../authoring/internal.ts';
import { checkedTemplate, formed, jsonObject } from '../checked.ts';
import { FUNCTION, FUNCTION_NAMES, type FunctionOptions, functionTemplate } from './function.ts';

/** Of the runtimes of Python those that Lambda still makes functions on. */
const RUNTIMES = ['python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14'] as const;

/** A JSON schema, as far as it says which fields a value has. */
export interface OutputSchema {
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: OutputSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | OutputSchema;
  readonly items?: OutputSchema;
  readonly [keyword: string]: unknown;
}

export interface PythonOptions extends FunctionOptions {
  /** The function in the file: it is given the input, and the context of the call where it takes a second argument. */
  readonly handler: string;
  readonly input?: unknown;
  /** Packages, as in a requirements.txt: `['pyarrow==22.0.0']`. They are installed as wheels for Lambda's platform. */
  readonly requirements?: readonly string[];
  /** Default `python3.13`. */
  readonly runtime?: (typeof RUNTIMES)[number];
  /** The JSON schema of what the function returns: a misspelt field of the output is refused. */
  readonly output?: OutputSchema;
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
  return checkedTemplate<Asked, Output>('lambda.python', { ...spec, file }, PYTHON, made, FUNCTION_NAMES);
}

interface Asked extends PythonOptions {
  readonly file: string;
}

/** A name, extras, versions or an address, a marker, hashes; no option and no comment. */
const REQUIREMENT = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?\s*(?:\[[^\]\n]*\])?\s*(?:[=<>!~(;@][^#\n]*)?$/;

const PYTHON: ChecksOf<Asked> = {
  ...FUNCTION,
  file: required(
    formed('a Python file of the project, `functions/clean.py`', (path) => /^(?!s3:|\/).*\.py$/.test(path)),
  ),
  handler: required(formed('the name of the function in the file, `clean`', (name) => /^[A-Za-z_]\w*$/.test(name))),
  input: jsonObject,
  requirements: listOf(
    formed('a package as a line of requirements.txt names it, `pyarrow==22.0.0`', (line) => REQUIREMENT.test(line)),
    "a list of packages, `['pyarrow==22.0.0']`",
  ),
  runtime: oneOf(RUNTIMES),
  output: that(
    "a JSON schema, `{ type: 'object', properties: { … } }`",
    (given) => typeof given === 'object' && given !== null,
  ),
};

function made<Output>({
  file,
  handler,
  input: given,
  requirements = [],
  runtime = 'python3.13',
  output,
  ...options
}: Asked): Template<Output> {
  const source = { kind: 'python', file, handler, requirements: [...requirements].sort() } as const;
  const shape = output && shapeOf(output);
  return functionTemplate<Output>(
    'lambda.python',
    source,
    runtime,
    given,
    options,
    shape && { outputShape: () => shape },
  );
}

/** What a schema says of a value's fields. Fields that it does not declare are refused, unless it says that there may be others. */
function shapeOf(schema: OutputSchema): ResultShape {
  const { type, properties, required: needed = [], additionalProperties: others = false, items } = schema;
  if (type === 'object' && properties !== undefined && others === false) {
    const members = Object.entries(properties).map(([name, inner]): [string, ResultMember] => [
      name,
      { required: needed.includes(name), shape: () => shapeOf(inner) },
    ]);
    return { kind: 'structure', members: new Map(members) };
  }
  if (type === 'array' && items !== undefined) return { kind: 'list', of: () => shapeOf(items) };
  if (type === 'string' || type === 'integer' || type === 'number' || type === 'boolean') return { kind: type };
  return { kind: 'any' };
}
