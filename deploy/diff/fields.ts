import { isObject, type Json } from '../../asl/json/value.ts';
import { same } from './canonical.ts';

/** A field that would change. Without `from` it is added, without `to` it is removed. */
export interface FieldChange {
  /** `Arguments.Instances.InstanceGroups[1].InstanceCount` */
  readonly field: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** What differs between two values, as deep as both have the same shape. */
export function changedFields(from: Json | undefined, to: Json | undefined, field = ''): FieldChange[] {
  if (same(from, to)) return [];
  if (isObject(from) && isObject(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) => changedFields(from[key], to[key], joined(field, key)));
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const length = Math.max(from.length, to.length);
    return Array.from({ length }, (_, i) => changedFields(from[i], to[i], `${field}[${i}]`)).flat();
  }
  return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function joined(field: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${field}[${JSON.stringify(key)}]`;
  return field === '' ? key : `${field}.${key}`;
}
