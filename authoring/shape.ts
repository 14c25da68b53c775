import type { ResultMember, ResultShape } from '../asl/services/sdk-results.ts';
import { isPosition } from './token.ts';

/** What is known about a value's structure before the run. Computed only when a field is read, because AWS's models are large. */
export type Shape = () => ResultShape | undefined;

/** The fields that a value has, by name; `true` for a value of which no more is known. */
export type Fields = { readonly [name: string]: Fields | true };

/** What a value is that a field is read of, as messages name it. */
export type Owner = 'an object' | 'a list' | 'a text' | 'a number' | 'true or false' | 'a plain value';

/** What comes of a read: what is known of the field's value, or that there is no such field. */
export type FieldRead =
  | { readonly there: true; readonly shape: Shape | undefined }
  | { readonly there: false; readonly owner: Owner; readonly known: readonly string[] };

const UNKNOWN: FieldRead = { there: true, shape: undefined };

/** A field of a value of this shape; a position in a list is a field named after it. */
export function readField(shape: Shape | undefined, field: string): FieldRead {
  const of = shape?.();
  switch (of?.kind) {
    case undefined:
    case 'any':
      return UNKNOWN;
    case 'map':
      return { there: true, shape: of.of };
    case 'list':
      return isPosition(field) ? { there: true, shape: of.of } : { there: false, owner: 'a list', known: [] };
    case 'structure': {
      const member = of.members.get(field);
      if (member !== undefined) return { there: true, shape: member.shape };
      return { there: false, owner: 'an object', known: [...of.members.keys()] };
    }
    case 'integer':
    case 'number':
      return { there: false, owner: 'a number', known: [] };
    case 'boolean':
      return { there: false, owner: 'true or false', known: [] };
    default:
      return { there: false, owner: 'a text', known: [] };
  }
}

/** Whether a value of this shape is known to have a field of the name. */
export function hasField(shape: Shape | undefined, field: string): boolean {
  const of = shape?.();
  return of?.kind === 'structure' && of.members.has(field);
}

/** Whether a value of this shape may have a field of any name: an object whose keys are somebody's own, and what is not known. */
export function mayHaveAnyField(shape: Shape | undefined): boolean {
  const of = shape?.();
  return of === undefined || of.kind === 'any' || of.kind === 'map';
}

/** Whether a value of this shape may have a length: a text, a list, and what is not known. */
export function mayHaveLength(shape: Shape | undefined): boolean {
  const of = shape?.();
  return of === undefined || !['structure', 'integer', 'number', 'boolean'].includes(of.kind);
}

/** Of fields as a template names them. */
export function shapeOfFields(fields: Fields): Shape {
  return () => ({
    kind: 'structure',
    members: new Map(
      Object.entries(fields).map(([name, inner]): [string, ResultMember] => [
        name,
        {
          required: false,
          shape: inner === true ? () => ({ kind: 'any' }) : (shapeOfFields(inner) as () => ResultShape),
        },
      ]),
    ),
  });
}
