import type { Json } from '../asl/json/value.ts';
import {
  builtIn,
  type ChecksOf,
  type Fragment,
  type LoweringContext,
  oneOf,
  splitTokens,
} from '../authoring/internal.ts';
import type { Conflict, OtherNames } from './checked.ts';
import { CODE_JOB, type CodeJob, codeArguments, codeFragment, NAMES_OF_CODE } from './code-job.ts';
import { MOST_OVERRIDES } from './containers.ts';
import { type InFile, sourceOf } from './python-function.ts';

/** The versions of Python that an image may have. */
const RUNTIMES = [...Array(6)].map((_, i) => `python3.${9 + i}` as const);

/** A function in Python that a container runs, whose image has Python and boto3. */
export interface ContainerFunction extends CodeJob {
  /** The Python of the image, for which packages are installed: `python3.9` to `python3.14`. Default `python3.13`. */
  readonly runtime?: `python3.${number}`;
  /** What the container runs on. Default `x86_64`. */
  readonly architecture?: 'x86_64' | 'arm64';
}

export const CONTAINER_FUNCTION: ChecksOf<InFile<ContainerFunction>> = {
  ...CODE_JOB,
  runtime: oneOf(RUNTIMES),
  architecture: oneOf(['x86_64', 'arm64']),
};

export const NAMES_OF_CONTAINER_CODE: OtherNames = {
  ...NAMES_OF_CODE,
  image: 'The image is that of the definition, which is there already: it has Python and boto3.',
  pythonversion: 'runtime',
};

/** The code of a container's job, for the compiler. */
export function codeInContainer(spec: InFile<ContainerFunction>) {
  const { runtime = 'python3.13', architecture = 'x86_64' } = spec;
  return { source: sourceOf(spec), runtime, architecture };
}

/** Fetches the archive and starts it: as much as fits into a container's command. */
const START = `import boto3, runpy, sys
bucket, key = sys.argv[2][5:].split('/', 1)
boto3.client('s3').download_file(bucket, key, '/tmp/code.zip')
runpy.run_path('/tmp/code.zip', run_name='__main__')`;

/** What a container is given to run the function of a task. Not every container is told its region. */
export function codeOverride(task: string, { environment }: CodeJob) {
  const { code, call } = codeArguments(task);
  return {
    command: ['python3', '-c', START, '--code', code, '--call', call],
    environment: { AWS_DEFAULT_REGION: builtIn('region'), ...environment },
  };
}

/** A call that runs a container, and what it answers in a simulation. */
interface ContainerCall {
  readonly resource: string;
  readonly args: object;
  readonly sample: Json;
}

/** The states of a task whose container runs a function. */
export function containerFragment(
  // The container is given it.
  { environment: _, ...code }: ContainerFunction,
  { resource, args, sample }: ContainerCall,
  context: LoweringContext,
): Fragment {
  const { timeoutSeconds } = context;
  const limit = timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds };
  return codeFragment(code, context, {
    start: 'run',
    states: { run: { Type: 'Task', Resource: resource, Arguments: args, ...limit, End: true } },
    samples: { run: sample },
  });
}

/** An input that is too large to stand in a container's command, as far as it is known now. */
export function tooLarge({ input: given = {}, environment = {} }: CodeJob): Conflict[] {
  const length = [given, environment].reduce((sum: number, one) => sum + knownLength(one), START.length);
  if (length <= MOST_OVERRIDES) return [];
  return [
    {
      detail: `input and environment have ${length - START.length} characters and more, and a container is handed ${MOST_OVERRIDES} at most, with its command`,
      instead: 'Write what is large to S3, and give its address as the input.',
    },
  ];
}

/** Without what only a deploy or a run knows. */
function knownLength(value: unknown): number {
  try {
    return splitTokens(JSON.stringify(value)).reduce(
      (sum, piece) => sum + ('text' in piece ? piece.text.length : 0),
      0,
    );
  } catch {
    // What is no JSON is told where the states are made.
    return 0;
  }
}
