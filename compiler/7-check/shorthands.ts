import { token } from '../../asl/json/pointer.ts';
import type { Json } from '../../asl/json/value.ts';
import { optimizedArguments, readResource, type SdkType } from '../../asl/services/index.ts';
import type { Finding } from '../../asl/validate/validate.ts';
import { diagnose } from '../../diagnostics/index.ts';

type Machine = { readonly [field: string]: Json };

/**
 * Texts where an optimized call takes an object: `Key: { id: '1' }` of dynamodb:getItem. Whoever writes such a machine by hand may mean
 * what some integrations make of it; in a DAG it is a slip.
 */
export function shorthands(machine: Machine): Finding[] {
  return statesIn(machine, '').flatMap(({ state, path }) => {
    const read = typeof state.Resource === 'string' ? readResource(state.Resource) : undefined;
    if (read?.kind !== 'integration' || read.sdk || state.Arguments === undefined) return [];
    const { service, action } = read;
    const members = optimizedArguments(service, action);
    if (members === undefined) return [];
    return textsIn(state.Arguments, { kind: 'structure', members }, `${path}/Arguments`).map((at) => {
      const name = at.slice(at.lastIndexOf('/') + 1);
      const diagnostic = diagnose('ASL092', { service, action, name, must: 'an object' }, { path: at });
      return { ...diagnostic, path: at, line: 1, column: 1 };
    });
  });
}

function statesIn(machine: Machine, path: string): { readonly state: Machine; readonly path: string }[] {
  return Object.entries((machine.States ?? {}) as Machine).flatMap(([name, json]) => {
    const state = json as Machine;
    const at = `${path}/States/${token(name)}`;
    const branches = (state.Branches ?? []) as readonly Machine[];
    return [
      { state, path: at },
      ...branches.flatMap((branch, i) => statesIn(branch, `${at}/Branches/${i}`)),
      ...(state.ItemProcessor === undefined ? [] : statesIn(state.ItemProcessor as Machine, `${at}/ItemProcessor`)),
    ];
  });
}

/** The places of literal texts that should be objects. */
function textsIn(value: Json, type: SdkType, path: string): string[] {
  if (typeof value === 'string')
    return type.kind === 'structure' && !value.startsWith('{%') && !value.includes('${') ? [path] : [];
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
