import { errorName, statusOf } from '../aws/errors.ts';
import { Stop } from '../diagnostics/index.ts';

/** How a check or a part of one went. What was not run is never counted as passed. */
export type Verdict = 'passed' | 'failed' | 'not run';

/** A part of a check, with what it measured. */
export interface Part {
  readonly name: string;
  readonly verdict: Verdict;
  /** Why it failed or was not run. */
  readonly reason?: string;
  readonly seconds: number;
}

/** What was expected of AWS or of dagwright did not hold. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** The part cannot be tried here. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}

/** @throws Failed unless it holds */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Failed(otherwise);
}

/**
 * A check's verdict: failed if a part failed; passed only if each of its parts passed, and there is one.
 * @example
 * verdictOf([{ name: 'a', verdict: 'passed', seconds: 1 }, { name: 'b', verdict: 'not run', seconds: 0 }]) // 'not run'
 */
export function verdictOf(parts: readonly Part[]): Verdict {
  if (parts.some(({ verdict }) => verdict === 'failed')) return 'failed';
  return parts.length > 0 && parts.every(({ verdict }) => verdict === 'passed') ? 'passed' : 'not run';
}

/** The verdict on a part that ended with an error, and the words for it. */
export function verdictOn(error: unknown): { readonly verdict: Verdict; readonly reason: string } {
  if (error instanceof NotRun) return { verdict: 'not run', reason: error.message };
  const missing = missingOperation(error);
  if (missing !== undefined) return { verdict: 'not run', reason: missing };
  if (error instanceof Failed) return { verdict: 'failed', reason: error.message };
  if (error instanceof Stop) {
    const lacking = error.diagnostics.find(({ code }) => code === 'CLI006');
    if (lacking !== undefined) return { verdict: 'not run', reason: `${lacking.message} ${lacking.remedy}` };
    return { verdict: 'failed', reason: error.diagnostics.map(({ code, message }) => `${code} ${message}`).join(' ') };
  }
  const text = error instanceof Error ? `${errorName(error)}: ${error.message}` : String(error);
  return { verdict: 'failed', reason: text.split('\n')[0]! };
}

/**
 * What an endpoint that does not have an operation says of it: emulators leave out whole services. AWS itself answers so in a region
 * that does not have the service.
 */
export function missingOperation(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const name = errorName(error);
  const body = bodyOf(error);
  const said = `${error.message} ${body}`.trim();
  const missing =
    statusOf(error) === 501 ||
    UNKNOWN.test(name) ||
    (NAMELESS.test(name) && /^(Unsupported service|Unknown (operation|action|service)\b)/i.test(body || error.message));
  if (missing) return `The endpoint does not have the call: ${[name, said.split('\n')[0]].filter(Boolean).join(': ')}`;
  const inner = error.cause;
  return inner === undefined || inner === error ? undefined : missingOperation(inner);
}

/** What the SDK calls an error in whose answer it found no name. */
const NAMELESS = /^(Unknown|UnknownError|Error|)$/;

const UNKNOWN =
  /^(UnknownOperation(Exception)?|UnknownAction|InvalidAction|NotImplemented(Exception)?|UnrecognizedOperation)$/;

/** The answer's own text, where the SDK could not read an error in it. */
function bodyOf(error: Error): string {
  const { $response, error: text } = error as { $response?: { body?: unknown }; error?: unknown };
  if (typeof text === 'string') return text;
  return typeof $response?.body === 'string' ? $response.body : '';
}
