import { Stop } from '../../diagnostics/index.ts';
import { keepFaults } from '../fault.ts';
import { captureArrow } from './capture.ts';
import { translate } from './translate.ts';
import { expressionReference } from './value.ts';

/**
 * A value that is computed when the DAG runs: `expr(() => summary.output.total > limit)`. The arrow is never run; it is translated to
 * JSONata, and what it captures is resolved: plain values become literals, references become variables. What it answers goes wherever a
 * reference does: into a template's parameters, a text, another expression.
 * @throws Stop with everything in it that cannot be translated, at its place, with what to write instead
 */
export function expr<T>(value: () => T): T {
  try {
    return expressionReference(translate(captureArrow(value))) as T;
  } catch (error) {
    if (!(error instanceof Stop && keepFaults(error.diagnostics))) throw error;
    return expressionReference({ pieces: ['null'], kind: 'any', canFail: false }) as T;
  }
}
