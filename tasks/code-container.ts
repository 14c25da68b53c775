import type { Json } from '../asl/json/value.ts';
import {
  builtIn,
  type ChecksOf,
  type Fragment,
  type JobCode,
  type LoweringContext,
  oneOf,
  type Shape,
  splitTokens,
  type Template,
  text,
} from '../authoring/internal.ts';
import { type Conflict, jsonObject, type OtherNames } from './checked.ts';
import {
  CODE_JOB,
  type CodeJob,
  codeArguments,
  codeFragment,
  JOB_OPTIONS,
  type JobOptions,
  NAMES_OF_CODE,
} from './code-job.ts';
import { MOST_OVERRIDES } from './containers.ts';
import { type InFile, NAMES_OF_FUNCTIONS, type OutputSchema, shapeOfAnswer, sourceOf } from './python-function.ts';
import { typescriptTemplate } from './typescript-function.ts';

/** The versions of Python that an image may have. */
const RUNTIMES = [...Array(6)].map((_, i) => `python3.${9 + i}` as const);
/** The same of Node.js. */
const NODE_RUNTIMES = ['nodejs22.x', 'nodejs24.x'] as const;

/** A function in Python that a container runs, whose image has Python and boto3. */
export interface ContainerFunction extends CodeJob {
  /** The Python of the image, for which packages are installed: `python3.9` to `python3.14`. Default `python3.13`. */
  readonly runtime?: `python3.${number}`;
  /** What the container runs on. Default `x86_64`. */
  readonly architecture?: 'x86_64' | 'arm64';
}

/** A function in TypeScript that a container runs, whose image has Node.js and the AWS SDK's client of S3. */
export interface ContainerTypescript extends Omit<JobOptions, 'input'> {
  /** The Node.js of the image, for which the function is bundled. Default `nodejs22.x`. */
  readonly runtime?: (typeof NODE_RUNTIMES)[number];
}

/** The same as it is asked for: of an imported module with the name of an export. */
export type AskedTypescript<Place> = Place &
  ContainerTypescript & { readonly handler?: string; readonly input?: unknown };

export const CONTAINER_FUNCTION: ChecksOf<InFile<ContainerFunction>> = {
  ...CODE_JOB,
  runtime: oneOf(RUNTIMES),
  architecture: oneOf(['x86_64', 'arm64']),
};

export const CONTAINER_TYPESCRIPT: ChecksOf<AskedTypescript<object>> = {
  ...JOB_OPTIONS,
  handler: text,
  input: jsonObject,
  runtime: oneOf(NODE_RUNTIMES),
};

const IMAGE = 'The image is that of the definition, which is there already: it has';

export const NAMES_OF_CONTAINER_CODE: OtherNames = {
  ...NAMES_OF_CODE,
  image: `${IMAGE} Python and boto3.`,
  pythonversion: 'runtime',
};

const IN_TYPESCRIPT = 'It is an option of a function in Python: leave it out.';

export const NAMES_OF_CONTAINER_TYPESCRIPT: OtherNames = {
  ...NAMES_OF_FUNCTIONS,
  image: `${IMAGE} Node.js and @aws-sdk/client-s3.`,
  nodeversion: 'runtime',
  requirements: 'What the function imports is bundled with it: leave it out.',
  include: 'What the function imports is bundled with it, JSON files too: leave it out.',
  output: 'The types of the function are those of the output: leave it out.',
  architecture: IN_TYPESCRIPT,
};

/** The code of a container's job, in its language. */
export interface ContainerCode {
  readonly language: 'python' | 'typescript';
  readonly jobCode: JobCode;
  /** What a function in Python answers. */
  readonly output?: OutputSchema | undefined;
  readonly outputShape?: Shape;
}

/** How a template whose container runs a function is made of it, by the function's language. */
export function codeTemplates<Place extends object>(
  kind: string,
  made: <Output>(spec: Place & JobOptions, code: ContainerCode) => Template<Output>,
) {
  return {
    python: <Output>(spec: Place & InFile<ContainerFunction>): Template<Output> => {
      const { runtime = 'python3.13', architecture = 'x86_64', output } = spec;
      const jobCode = { source: sourceOf(spec), runtime, architecture };
      return made(spec, { language: 'python', jobCode, output, ...shapeOfAnswer(spec) });
    },
    typescript: (code: unknown) => (spec: AskedTypescript<Place>) =>
      typescriptTemplate(kind, code, spec.handler, (source) => {
        const { runtime = 'nodejs22.x' } = spec;
        return made(spec, { language: 'typescript', jobCode: { source, runtime } });
      }),
  };
}

/** Fetches the code and starts it: as much as fits into a container's command. */
const START = {
  python: `import boto3, runpy, sys
bucket, key = sys.argv[2][5:].split('/', 1)
boto3.client('s3').download_file(bucket, key, '/tmp/code.zip')
runpy.run_path('/tmp/code.zip', run_name='__main__')`,
  typescript: `const { GetObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const [Bucket, ...key] = process.argv[2].slice(5).split('/');
const file = require('node:os').tmpdir() + '/code.mjs';
new S3Client().send(new GetObjectCommand({ Bucket, Key: key.join('/') }))
  .then(({ Body }) => Body.transformToString())
  .then((code) => require('node:fs').writeFileSync(file, code))
  .then(() => import(file))`,
};
const PROGRAM = {
  python: ['python3', '-c', START.python],
  typescript: ['node', '--enable-source-maps', '-e', START.typescript, '--'],
};

/** What a container is given to run the function of a task. Not every container is told its region, which SDKs read in two places. */
export function codeOverride(task: string, { environment }: JobOptions, { language }: ContainerCode) {
  const { code, call } = codeArguments(task);
  const region = language === 'python' ? 'AWS_DEFAULT_REGION' : 'AWS_REGION';
  return {
    command: [...PROGRAM[language], '--code', code, '--call', call],
    environment: { [region]: builtIn('region'), ...environment },
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
  { input }: JobOptions,
  { output: said, jobCode: { source } }: ContainerCode,
  { resource, args, sample }: ContainerCall,
  context: LoweringContext,
): Fragment {
  const output = source.kind === 'typescript' ? context.answerOf?.(source) : said;
  const { timeoutSeconds } = context;
  const limit = timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds };
  // The environment is the container's.
  return codeFragment({ input, ...(output && { output }) }, context, {
    start: 'run',
    states: { run: { Type: 'Task', Resource: resource, Arguments: args, ...limit, End: true } },
    samples: { run: sample },
  });
}

/** An input that is too large to stand in a container's command, as far as it is known now. */
export function tooLarge(language: ContainerCode['language']): (job: JobOptions) => Conflict[] {
  return ({ input: given = {}, environment = {} }) => {
    const length = [given, environment].reduce((sum: number, one) => sum + knownLength(one), 0);
    if (length + START[language].length <= MOST_OVERRIDES) return [];
    return [
      {
        detail: `input and environment have ${length} characters and more, and a container is handed ${MOST_OVERRIDES} at most, with its command`,
        instead: 'Write what is large to S3, and give its address as the input.',
      },
    ];
  };
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
