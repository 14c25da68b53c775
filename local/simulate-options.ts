import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { CheckedOptions } from './checked-simulate.ts';
import { nearest } from './nearest.ts';

/** What is wrong with a value; undefined where it fits. */
type Check = (value: unknown) => string | undefined;

const any: Check = () => undefined;
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const of =
  (fits: (value: unknown) => boolean, detail: string): Check =>
  (value) =>
    fits(value) ? undefined : detail;
const text = of((value) => typeof value === 'string', 'is not a text');
const fn = of((value) => typeof value === 'function', 'is not a function');

/** A check of each option: one that is added and has none is a type error. */
export const SIMULATE_OPTIONS: { readonly [K in keyof Required<CheckedOptions>]: Check } = {
  input: jsonFault,
  // SIM003 says more of them.
  mocks: any,
  testCase: text,
  machine: text,
  samples: of(isObject, 'is no object of samples by the name of a state'),
  now: any,
  type: of((value) => value === 'STANDARD' || value === 'EXPRESS', 'is neither "STANDARD" nor "EXPRESS"'),
  seed: of((value) => typeof value === 'number' && Number.isFinite(value), 'is not a number'),
  signal: of((value) => value instanceof AbortSignal, 'is no AbortSignal'),
  onCall: fn,
  checkMocks: of((value) => typeof value === 'boolean', 'is neither true nor false'),
  onWarning: fn,
  names: of(Array.isArray, 'is no list of texts'),
};

/** @throws Stop with everything that is wrong with the options, unknown ones among it */
export function checkOptions(options: unknown, checks: { readonly [name: string]: Check } = SIMULATE_OPTIONS): void {
  const wrong = (name: string, detail: string): Diagnostic => diagnose('SIM005', { name, detail });
  if (!isObject(options)) throw new Stop(wrong('options', 'is no object'));
  const known = Object.keys(checks);
  const faults = read(() => Object.entries(options as object)).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name)) {
      const near = nearest(name, known);
      return [
        wrong(
          name,
          `is no option${near === undefined ? `: there are ${known.join(', ')}` : `; did you mean "${near}"?`}`.replace(
            /\?$/,
            '',
          ),
        ),
      ];
    }
    const detail = value === undefined ? undefined : checks[name]!(value);
    return detail === undefined ? [] : [wrong(name, detail)];
  });
  if (faults.length > 0) throw new Stop(faults);

  function read<T>(entries: () => T): T {
    try {
      return entries();
    } catch (error) {
      throw new Stop(wrong('options', `cannot be read: ${(error as Error).message}`));
    }
  }
}

/** What is sent through an execution is JSON, and nothing that turns into something else on the way. */
function jsonFault(value: unknown): string | undefined {
  try {
    const seen: unknown[] = [];
    const odd = (one: unknown): boolean => {
      if (one === null || ['string', 'boolean'].includes(typeof one)) return false;
      if (typeof one === 'number') return !Number.isFinite(one);
      if (typeof one !== 'object' || seen.includes(one) || seen.length > DEEPEST) return true;
      const prototype = Object.getPrototypeOf(one) as object | null;
      if (!Array.isArray(one) && prototype !== null && Object.getPrototypeOf(prototype) !== null) return true;
      seen.push(one);
      const inner = Array.isArray(one) ? Array.from(one as unknown[]) : Object.values(one as object);
      const found = inner.some(odd);
      seen.pop();
      return found;
    };
    return odd(value) ? 'is no JSON' : undefined;
  } catch {
    return 'cannot be read';
  }
}

/** Levels of lists and objects within each other. */
const DEEPEST = 200;
