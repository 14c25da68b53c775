import { isPromise } from 'node:util/types';
import { CATALOGUE, Stop } from '../../diagnostics/index.ts';

/** How a function tells a mistake besides diagnostics of the catalogue. */
export interface Told {
  /** How a message begins where it is an error's own. */
  readonly told?: RegExp;
  /** Errors of its own that it is documented to throw. */
  readonly own?: readonly (new (
    ...args: never[]
  ) => Error)[];
}

/** What is wrong with how a mistake is told; undefined where nothing is. */
export async function verdict(run: () => unknown, { own = [], told }: Told): Promise<string | undefined> {
  try {
    const answer = run();
    // Others are not asked whether they have a `then`.
    if (isPromise(answer)) await answer;
    return undefined;
  } catch (error) {
    if (own.some((one) => error instanceof one)) return undefined;
    if (error instanceof Error && told?.test(error.message)) return undefined;
    if (error instanceof Error && error.name === 'DagwrightError')
      return /^(\w{3}\d{3}) {2}/.test(error.message) && !error.message.startsWith('DAG030') ? undefined : error.message;
    if (!(error instanceof Stop))
      return error instanceof Error
        ? `${error.name}: ${error.message}\n${error.stack?.split('\n').slice(1, 4).join('\n')}`
        : `threw ${typeof error}`;
    const bad = error.diagnostics.find(
      ({ code, message, remedy, place }) =>
        code === 'DAG030' ||
        !Object.hasOwn(CATALOGUE, code) ||
        /\[object |\bNaN or|function \(/.test(`${message}${remedy}`) ||
        (code.startsWith('DAG') && place === undefined),
    );
    return bad && `${bad.code} ${bad.message} (${bad.place?.file ?? 'no place'})`;
  }
}
