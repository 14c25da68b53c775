import { isObject } from '../../asl/json/value.ts';
import { indexMachine } from '../../asl/validate/machine.ts';
import { findVariables } from '../../asl/validate/variables.ts';

/** The variables that each state reads; undefined where none does. */
export function variableReferences(definition: string): Record<string, string[]> | undefined {
  const value: unknown = JSON.parse(definition);
  if (!isObject(value)) return undefined;
  const names: Record<string, string[]> = {};
  for (const { name, state, assigned } of findVariables(indexMachine(value)).reads) {
    if (assigned === 'no') continue;
    names[state.name] ??= [];
    const list = names[state.name] as string[];
    if (!list.includes(name)) list.push(name);
  }
  return Object.keys(names).length === 0 ? undefined : names;
}
