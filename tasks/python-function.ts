import type { Json } from '../asl/json/value.ts';
import type { ResultMember, ResultShape } from '../asl/services/sdk-results.ts';
import { type ChecksOf, listOf, mayHoldToken, required, type Shape, that } from '../authoring/internal.ts';
import { formed, jsonObject, type OtherNames } from './checked.ts';

/** A JSON schema, as far as it says which fields a value has. */
export interface OutputSchema {
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: OutputSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | OutputSchema;
  readonly items?: OutputSchema;
  readonly [keyword: string]: unknown;
}

/** A function in Python, whichever service runs it. */
export interface PythonFunction {
  /** The function in the file: it is given the input, and the context of the call where it takes a second argument. */
  readonly handler: string;
  readonly input?: unknown;
  /** Packages, as in a requirements.txt: `['pyarrow==22.0.0']`. They are installed as wheels for what it runs on. */
  readonly requirements?: readonly string[];
  /**
   * Files of the project, and folders with all that is in them, that the code reads: `['functions/schema.json']`. Where it runs they lie beside
   * it as they do in the project. Modules that it imports go with it without being named.
   */
  readonly include?: readonly string[];
  /** The JSON schema of what the function returns: a misspelt field of the output is refused. */
  readonly output?: OutputSchema;
}

/** The same with its file, as the checks have it. */
export type InFile<F extends PythonFunction> = F & { readonly file: string };

/** What is checked of a function: its file among the rest. Fields that cannot be read are told by the check. */
export function inFile(file: unknown, spec: unknown): unknown {
  try {
    return { ...(spec as object), file };
  } catch {
    return spec;
  }
}

/** A name, extras, versions or an address, a marker, hashes; no option and no comment. */
const REQUIREMENT = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?\s*(?:\[[^\]\n]*\])?\s*(?:[=<>!~(;@][^#\n]*)?$/;

export const PYTHON_FUNCTION: ChecksOf<InFile<PythonFunction>> = {
  file: required(
    that(
      'a Python file of the project, `functions/clean.py`',
      (path) => typeof path === 'string' && !mayHoldToken(path) && /^(?!s3:|\/).*\.py$/.test(path),
    ),
  ),
  handler: required(formed('the name of the function in the file, `clean`', (name) => /^[A-Za-z_]\w*$/.test(name))),
  input: jsonObject,
  requirements: listOf(
    formed('a package as a line of requirements.txt names it, `pyarrow==22.0.0`', (line) => REQUIREMENT.test(line)),
    "a list of packages, `['pyarrow==22.0.0']`",
  ),
  include: listOf(
    formed('a file or a folder of the project, `functions/schema.json`', (path) =>
      /^(?!\/|[\w+-]+:)(?!(?:.*\/)?\.\.(?:\/|$))[^*?\\]+$/.test(path),
    ),
    "a list of files and folders of the project, `['functions/schema.json']`",
  ),
  output: that(
    "a JSON schema, `{ type: 'object', properties: { … } }`",
    (given) => typeof given === 'object' && given !== null,
  ),
};

export const NAMES_OF_FUNCTIONS: OtherNames = {
  env: 'environment',
  environmentvariables: 'environment',
  payload: 'input',
  event: 'input',
  opkwargs: 'input',
  opargs: 'input',
  functionhandler: 'handler',
  pythoncallable: 'handler',
  iampolicies: 'permissions',
  policies: 'permissions',
  initialpolicy: 'permissions',
};

/** Where the code of a function is, for the compiler. */
export function sourceOf({ file, handler, requirements = [], include = [] }: InFile<PythonFunction>) {
  const included = include.length === 0 ? {} : { include: [...include].sort() };
  return { kind: 'python', file, handler, requirements: [...requirements].sort(), ...included } as const;
}

/** What is known of what a function answers. */
export function shapeOfAnswer({ output }: PythonFunction): { readonly outputShape?: Shape } {
  if (output === undefined) return {};
  const shape = shapeOf(output);
  return { outputShape: () => shape };
}

/** An answer of the function's schema, for simulations without mocks; without a schema an empty object. */
export function sampleOutput(output: OutputSchema | undefined): Json {
  return output === undefined ? {} : sampleOf(output);
}

function sampleOf({ type, properties = {}, items, const: only, enum: values }: OutputSchema): Json {
  if (only !== undefined) return only as Json;
  if (Array.isArray(values) && values.length > 0) return values[0] as Json;
  const [kind] = [type].flat();
  if (kind === 'string') return 'text';
  if (kind === 'integer' || kind === 'number') return 1;
  if (kind === 'boolean') return true;
  if (kind === 'null') return null;
  if (kind === 'array') return items === undefined ? [] : [sampleOf(items)];
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, sampleOf(inner)]));
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
