import { type ChecksOf, oneOf, type Template, text } from '../../authoring/internal.ts';
import { checkedTemplate, jsonObject } from '../checked.ts';
import {
  type AnswerOf,
  type Callable,
  type Exported,
  type InputOf,
  typescriptTemplate,
} from '../typescript-function.ts';
import { FUNCTION, FUNCTION_NAMES, type FunctionOptions, functionTemplate } from './function.ts';

/** Of the runtimes of Node.js those that Lambda still makes functions on. */
const RUNTIMES = ['nodejs22.x', 'nodejs24.x'] as const;

export interface TypescriptOptions extends FunctionOptions {
  /** Default `nodejs22.x`. */
  readonly runtime?: (typeof RUNTIMES)[number];
}

/**
 * Runs a function in TypeScript on AWS Lambda. It is bundled with what it imports when the DAG is compiled, and published with the machine:
 * a run, a rollback and a resume use the code that was deployed with theirs. What it returns is the task's output. What it throws fails
 * the task under the error's name, for `retries` and `skipOn`.
 *
 * @param module an arrow that imports the module of the function, `() => import('../functions/score.ts')`; it is never run when the DAG is
 * compiled. `handler` is the name of the export.
 * @throws Stop where the options are at fault
 * @example
 * ```ts
 * const scored = dag.task(
 *   'score',
 *   lambda.typescript(() => import('../functions/score.ts'), { handler: 'score', input: { rows: 3 }, memory: 512, timeout: '5m' }),
 * );
 * ```
 */
export function typescript<M, const H extends Exported<M>>(
  module: () => Promise<M>,
  spec: TypescriptOptions & { readonly handler: H } & InputOf<Extract<M[H], Callable>>,
): Template<AnswerOf<M[H]>>;
/**
 * The same of a function that is written in place. It is cut out of the DAG file with the imports and the functions of the file that it
 * uses; plain values that it takes from around it go with it. What a run decides it gets as its input.
 * @example
 * ```ts
 * lambda.typescript(async ({ day }: { day: string }) => ({ year: day.slice(0, 4) }), { input: { day: dag.logicalDate } });
 * ```
 */
export function typescript<F extends Callable>(
  code: F,
  ...spec: Parameters<F> extends [] ? [spec?: TypescriptOptions] : [spec: TypescriptOptions & InputOf<F>]
): Template<AnswerOf<F>>;
export function typescript(code: unknown, spec: Asked = {}): Template {
  return checkedTemplate('lambda.typescript', spec, TYPESCRIPT, (checked) => made(code, checked), FUNCTION_NAMES);
}

interface Asked extends TypescriptOptions {
  readonly handler?: string;
  readonly input?: unknown;
}

const TYPESCRIPT: ChecksOf<Asked> = { ...FUNCTION, handler: text, input: jsonObject, runtime: oneOf(RUNTIMES) };

function made(code: unknown, { handler, input: given, runtime = 'nodejs22.x', ...options }: Asked): Template {
  return typescriptTemplate('lambda.typescript', code, handler, (source) =>
    functionTemplate('lambda.typescript', source, runtime, given, options, {
      answers: ({ answerOf }) => answerOf?.(source),
    }),
  );
}
