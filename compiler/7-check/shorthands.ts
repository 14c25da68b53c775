import { token } from '../../asl/json/pointer.ts';
import type { Json } from '../../asl/json/value.ts';
import { walkStates } from '../../asl/language/states.ts';
import type { States } from '../../asl/language/types.ts';
import { placeholdersOf } from '../../asl/placeholders/index.ts';
import { optimizedArguments, readResource, type SdkType } from '../../asl/services/index.ts';
import type { Finding } from '../../asl/validate/validate.ts';
import { diagnose } from '../../diagnostics/index.ts';

/**
 * Texts where an optimized call takes an object: `Key: { id: '1' }` of dynamodb:getItem. Whoever writes such a machine by hand may mean
 * what some integrations make of it; in a DAG it is a slip.
 */
export function shorthands(machine: States): Finding[] {
  return [...walkStates(machine)].flatMap(({ state, path }) => {
    if (state.Type !== 'Task' || state.Arguments === undefined) return [];
    const read = readResource(state.Resource);
    if (read.kind !== 'integration' || read.sdk) return [];
    const { service, action } = read;
    const members = optimizedArguments(service, action);
    if (members === undefined) return [];
    return textsIn(state.Arguments, { kind: 'structure', members }, `${path}/Arguments`).map((at) => {
      const field = at.slice(at.lastIndexOf('/') + 1);
      const diagnostic = diagnose('ASL092', { service, action, name: field, must: 'an object' }, { path: at });
      return { ...diagnostic, path: at, line: 1, column: 1 };
    });
  });
}

/** The places of literal texts that should be objects. */
function textsIn(value: Json, type: SdkType, path: string): string[] {
  if (typeof value === 'string')
    return type.kind === 'structure' &&
      !value.startsWith('{%') &&
      !placeholdersOf(value).some(({ start }) => value.startsWith('${', start))
      ? [path]
      : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = innerOf(type, key);
    return inner === undefined ? [] : textsIn(item, inner, `${path}/${token(key)}`);
  });
}

function innerOf(type: SdkType, key: string): SdkType | undefined {
  if (type.kind === 'list' || type.kind === 'map') return type.of;
  return type.kind === 'structure' ? type.members.get(key)?.type : undefined;
}
