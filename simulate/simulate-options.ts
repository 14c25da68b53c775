import { jsonFault } from '../asl/json/fault.ts';
import { isObject } from '../asl/json/value.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { CheckedOptions } from './checked-simulate.ts';

/** What is wrong with a value; undefined where it fits. */
type Check = (value: unknown) => string | undefined;

const of =
  (fits: (value: unknown) => boolean, detail: string): Check =>
  (value) =>
    fits(value) ? undefined : detail;
const isTexts = (value: unknown) =>
  Array.isArray(value) && Array.from(value as unknown[]).every((one) => typeof one === 'string');
const text = of((value) => typeof value === 'string', 'is not a text');
const fn = of((value) => typeof value === 'function', 'is not a function');

/** A check of each option: one that is added and has none is a type error. */
export const SIMULATE_OPTIONS: { readonly [K in keyof Required<CheckedOptions>]: Check } = {
  input: (value) => json(value),
  // SIM003 says more of them.
  mocks: (value) => json(value, true),
  testCase: text,
  machine: text,
  samples: (value) => (isObject(value) ? json(value, true) : 'is no object of samples by the name of a state'),
  now: of((value) => typeof value === 'string' || typeof value === 'number', 'is neither a text nor a number'),
  type: of((value) => value === 'STANDARD' || value === 'EXPRESS', 'is neither "STANDARD" nor "EXPRESS"'),
  seed: of((value) => typeof value === 'number' && Number.isFinite(value), 'is not a number'),
  signal: of((value) => value instanceof AbortSignal, 'is no AbortSignal'),
  onCall: fn,
  checkMocks: of((value) => typeof value === 'boolean', 'is neither true nor false'),
  onWarning: fn,
  params: of(isTexts, 'is no list of texts'),
  names: of(isTexts, 'is no list of texts'),
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
    const detail = value === undefined ? undefined : read(() => checks[name]!(value));
    return detail === undefined ? [] : [wrong(name, detail)];
  });
  if (faults.length > 0) throw new Stop(faults);

  function read<T>(entries: () => T): T {
    try {
      return entries();
    } catch (error) {
      throw new Stop(wrong('options', `cannot be read${error instanceof Error ? `: ${error.message}` : ''}`));
    }
  }
}

/** What is sent through an execution is JSON, and nothing that turns into something else on the way. */
function json(value: unknown, absent = false): string | undefined {
  const fault = jsonFault(value, { absent });
  return fault && `is no JSON: ${fault.path.length === 0 ? 'it' : fault.path.join('.')} ${fault.detail}`;
}
