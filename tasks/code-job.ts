import {
  archiveReference,
  builtIn,
  type ChecksOf,
  contextReference,
  expression,
  type Fragment,
  type FragmentState,
  type LoweringContext,
  type Permission,
} from '../authoring/internal.ts';
import { type OtherNames, permissions, textMap } from './checked.ts';
import {
  type InFile,
  NAMES_OF_FUNCTIONS,
  PYTHON_FUNCTION,
  type PythonFunction,
  sampleOutput,
} from './python-function.ts';
import { readsAssets, usesBuckets } from './s3-access.ts';

/** What is said of a function that a job runs, in whichever language it is. */
export interface JobOptions {
  readonly input?: unknown;
  /** Environment variables. Secrets do not belong here: give the name of one in Secrets Manager. */
  readonly environment?: { readonly [name: string]: string };
  /**
   * What the job's role must be allowed besides its archive, its answer and the buckets of `dag.env` that its input and its environment
   * name, which it may read and write.
   */
  readonly permissions?: readonly Permission[];
}

/** A function in Python that a job runs, where nothing answers what it returns: it writes that to S3, and the machine reads it there. */
export interface CodeJob extends PythonFunction, JobOptions {}

export const JOB_OPTIONS: ChecksOf<Omit<JobOptions, 'input'>> = { environment: textMap, permissions };

export const CODE_JOB: ChecksOf<InFile<CodeJob>> = { ...PYTHON_FUNCTION, ...JOB_OPTIONS };

const FILE_FIRST = "The file is the first argument: `('functions/clean.py', { handler: 'clean' })`.";

export const NAMES_OF_CODE: OtherNames = {
  ...NAMES_OF_FUNCTIONS,
  script: FILE_FIRST,
  scriptlocation: FILE_FIRST,
  entrypoint: FILE_FIRST,
  command: FILE_FIRST,
  args: 'input',
  arguments: 'input',
  scriptargs: 'input',
  defaultarguments: 'input',
  modules: 'requirements',
  additionalpythonmodules: 'requirements',
  pythonmodules: 'requirements',
  storage: 'It is an option of `lambda.python`: leave it out.',
  layers: 'It is an option of `lambda.python`: leave it out.',
};

/** What other tools, and people, call the parameters of a function in the form that has none. */
export function handlerIn(call: string): OtherNames {
  const instead = `Write \`${call}('functions/clean.py', { handler: 'clean', input: { … } })\`, the file first.`;
  return { handler: instead, pythoncallable: instead, input: instead, output: instead };
}

/** Whether a template is called in the form that has a function: its file or itself, and what goes with it. */
export function isCode(first: unknown, spec: unknown): boolean {
  return spec !== undefined || typeof first === 'string' || typeof first === 'function';
}

/** What the job is told: where its code is, and what to call it with. */
export function codeArguments(task: string): { readonly code: string; readonly call: string } {
  return { code: archiveReference(task), call: expression('$string($call)') as never };
}

/**
 * The states around a job that runs a function: each try has a folder of its own in the artifact bucket, in which the function's answer is,
 * or its error. A job that fails without having written one fails with what the service says of it.
 *
 *     call ─▶ … run ─▶ answer
 *               └─▶ error ─▶ failed
 *
 * @param job the states that run the job, the last of which is `run`
 */
export function codeFragment(
  { input: given = {}, environment, output }: JobOptions & Pick<PythonFunction, 'output'>,
  { task, timeoutSeconds }: LoweringContext,
  { start, states, samples }: Fragment,
): Fragment {
  const { End: _, ...run } = states.run!;
  return {
    start: 'call',
    variables: ['call'],
    output: '$parse($states.result.Body)',
    samples: { ...samples, answer: { Body: JSON.stringify(sampleOutput(output)) } },
    states: {
      call: {
        Type: 'Pass',
        Assign: {
          call: {
            input: given,
            bucket: builtIn('assetsBucket'),
            folder: expression(`'${ANSWERS}/\${machine}/${task}/' & $uuid()`),
            ...(environment && { environment }),
            ...(timeoutSeconds !== undefined && { seconds: timeoutSeconds }),
          },
        },
        Next: start,
      },
      ...states,
      run: { ...run, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'error' }], Next: 'answer' } as FragmentState,
      answer: { ...read(task, 'answer.json'), Comment: 'What the function returned.', End: true },
      error: {
        ...read(task, 'error.json'),
        Comment: 'What the function raised; where it is not there, the job’s own error stays.',
        Output: expression('$parse($states.result.Body)'),
        Catch: [{ ErrorEquals: ['States.ALL'], Output: expression('$states.input'), Next: 'failed' }],
        Next: 'failed',
      },
      failed: {
        Type: 'Fail',
        Error: expression('$states.input.Error'),
        Cause: expression("'' & $states.input.Cause"),
      },
    },
  };
}

/** The folder of all answers in the artifact bucket. */
const ANSWERS = 'dagwright-answers';

function read(task: string, name: string): FragmentState {
  const like = `${ANSWERS}/${builtIn('machine')}/${task}/${contextReference('Execution', 'Id')}/${name}`;
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
    Arguments: { Bucket: builtIn('assetsBucket'), Key: expression(`$call.folder & '/${name}'`, like) },
    // The job is done, and is not done again for this.
    Retry: [
      { ErrorEquals: ['S3.NoSuchKeyException'], MaxAttempts: 0 },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2, JitterStrategy: 'FULL' },
    ],
  };
}

/** What the role of a job must be allowed to run a function. */
export function needsOfCode(
  { input: given, environment, permissions: more = [] }: JobOptions,
  { task, isBucket = () => false }: LoweringContext,
): Permission[] {
  const bucket = `arn:${builtIn('partition')}:s3:::${builtIn('assetsBucket')}`;
  return [
    ...readsAssets([task]),
    { actions: ['s3:PutObject'], resources: [`${bucket}/${ANSWERS}/${builtIn('machine')}/${task}/*`] },
    ...usesBuckets({ given, environment }, isBucket),
    ...more,
  ];
}
