import type { TaskRef } from '../authoring/index.ts';
import {
  type Check,
  check,
  handleInfo,
  isReference,
  isWholeOutput,
  shown,
  splitTokens,
} from '../authoring/internal.ts';
import { diagnose } from '../diagnostics/index.ts';

/**
 * The check of a parameter that takes the handle of a setup, or the id of what is there already, as a text or a reference.
 * @param kind the template of the setup
 * @param id the form of an id that is known now
 */
export function handleOrId(wanted: string, kind: string, id: RegExp): Check {
  const isId = (text: string) => id.test(text) || splitTokens(text).some((piece) => 'target' in piece);
  return check(wanted, (given, { owner, field, at }) => {
    if (isReference(given) && !isWholeOutput(given)) return [];
    const own = handleInfo(given)?.template?.kind;
    if (typeof given === 'string' ? isId(given) : own === kind) return [];
    const named = own === undefined ? shown(given) : `${shown(given)}, whose template is ${own}`;
    return [diagnose('DAG104', { owner, field, given: named, wanted }, at)];
  });
}

/** The handle of what the DAG makes; undefined for what is there already. */
export function madeHere<Output>(given: TaskRef<Output> | string): TaskRef<Output> | undefined {
  return handleInfo(given) === undefined ? undefined : (given as TaskRef<Output>);
}
