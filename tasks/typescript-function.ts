import {
  fallbackTemplate,
  functionSource,
  report,
  type Template,
  type TypescriptSource,
} from '../authoring/internal.ts';
import { Stop } from '../diagnostics/index.ts';

/** Anything that can be called. */
// biome-ignore lint/suspicious/noExplicitAny: the types of any function fit
export type Callable = (...given: any) => unknown;

/** The names of a module's functions. */
export type Exported<M> = { readonly [K in keyof M]: M[K] extends Callable ? K : never }[keyof M] & string;

/** What a function is given: nothing, where it takes nothing. */
export type InputOf<F extends Callable> =
  Parameters<F> extends []
    ? { readonly input?: undefined }
    : undefined extends Parameters<F>[0]
      ? { readonly input?: Parameters<F>[0] }
      : { readonly input: Parameters<F>[0] };

/** What a function answers, once it has. */
export type AnswerOf<F> = F extends Callable ? Awaited<ReturnType<F>> : never;

/** The template of a function in TypeScript; where its code cannot be taken, that is reported, and what reads its output goes on. */
export function typescriptTemplate(
  kind: string,
  code: unknown,
  handler: string | undefined,
  make: (source: TypescriptSource) => Template,
): Template {
  try {
    return make(functionSource(code, handler, kind));
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    report(error.diagnostics);
    return fallbackTemplate(kind);
  }
}
