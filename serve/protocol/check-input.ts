import { INPUTS, SHAPES } from '../model.generated.ts';
import { ApiError } from './api-error.ts';

export type ActionName = keyof typeof INPUTS;

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: { readonly [name: string]: string };
  readonly member?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
}
const shapes: { readonly [name: string]: Shape } = SHAPES;

/** Data whose length the service counts in bytes of UTF-8, not in characters. */
const IN_BYTES = /^SensitiveData|^Definition$/;

/**
 * Checks a request against the service's own model. A value of another type than the model's ends it at once; everything else that is
 * wrong is said together, in the words that the service's front end has for it. Answers the input as the model has it: members that are
 * null were not given, members that the model does not have are passed over.
 */
export function checkInput(action: ActionName, input: unknown): object {
  const faults: string[] = [];
  check(INPUTS[action], input, '', faults);
  if (faults.length === 0) return known(INPUTS[action], input) as object;
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  throw new ApiError('ValidationException', `${count}: ${faults.join('; ')}`);
}

function known(name: string, value: unknown): unknown {
  const { type, members = {}, member } = shapes[name] as Shape;
  if (type === 'list')
    return (value as unknown[]).flatMap((item) => (item === null ? [] : [known(member as string, item)]));
  if (type !== 'structure') return value;
  const given = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, shape]) => (given[key] == null ? [] : [[key, known(shape, given[key])]])),
  );
}

function check(name: string, value: unknown, path: string, faults: string[]): void {
  const shape = shapes[name] as Shape;
  switch (shape.type) {
    case 'structure':
      return checkStructure(shape, record(value), path, faults);
    case 'list':
      return checkList(shape, value, path, faults);
    case 'string':
      return checkString(name, shape, text(value), path, faults);
    case 'boolean':
      if (typeof value !== 'boolean') throw unreadable(value, 'Boolean');
      return;
    default:
      return checkNumber(shape, number(value, shape.type), path, faults);
  }
}

function checkStructure(shape: Shape, value: Record<string, unknown>, path: string, faults: string[]): void {
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const inner = path === '' ? name : `${path}.${name}`;
    const given = value[name];
    if (given !== undefined && given !== null) check(member, given, inner, faults);
    else if (shape.required?.includes(name)) faults.push(fault('null', inner, 'Member must not be null'));
  }
}

function checkList(shape: Shape, value: unknown, path: string, faults: string[]): void {
  if (!Array.isArray(value)) throw unreadable(value, 'List');
  checkLength(shape, value.length, `'${listText(value)}'`, path, faults);
  value.forEach((item, at) => {
    if (item !== null) check(shape.member as string, item, `${path}.${at + 1}.member`, faults);
  });
}

function checkString(name: string, shape: Shape, value: string, path: string, faults: string[]): void {
  const shown = shape.sensitive ? undefined : `'${value}'`;
  checkLength(shape, IN_BYTES.test(name) ? Buffer.byteLength(value) : [...value].length, shown, path, faults);
  if (shape.pattern !== undefined && !pattern(shape.pattern).test(value))
    faults.push(fault(shown, path, `Member must satisfy regular expression pattern: ${shape.pattern}`));
  if (shape.enum !== undefined && !shape.enum.includes(value))
    faults.push(fault(shown, path, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`));
}

function checkLength(shape: Shape, length: number, shown: string | undefined, path: string, faults: string[]): void {
  if (shape.min !== undefined && length < shape.min)
    faults.push(fault(shown, path, `Member must have length greater than or equal to ${shape.min}`));
  if (shape.max !== undefined && length > shape.max)
    faults.push(fault(shown, path, `Member must have length less than or equal to ${shape.max}`));
}

function checkNumber(shape: Shape, value: number, path: string, faults: string[]): void {
  if (shape.min !== undefined && value < shape.min)
    faults.push(fault(`'${value}'`, path, `Member must have value greater than or equal to ${shape.min}`));
  if (shape.max !== undefined && value > shape.max)
    faults.push(fault(`'${value}'`, path, `Member must have value less than or equal to ${shape.max}`));
}

/** A sensitive value is not shown. */
function fault(shown: string | undefined, path: string, constraint: string): string {
  return `Value ${shown === undefined ? '' : `${shown} `}at '${path}' failed to satisfy constraint: ${constraint}`;
}

const patterns = new Map<string, RegExp>();

function pattern(source: string): RegExp {
  const made = patterns.get(source) ?? new RegExp(`^(?:${source})$`, 'u');
  patterns.set(source, made);
  return made;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(value, 'Structure');
  return value as Record<string, unknown>;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw unreadable(value, 'String');
  return value;
}

function number(value: unknown, type: string): number {
  if (typeof value !== 'number') throw unreadable(value, type === 'float' ? 'Float' : 'Integer');
  return value;
}

/** A list as it is shown in what is wrong with it. */
function listText(items: readonly unknown[]): string {
  const texts = items.map((item) =>
    typeof item !== 'object' || item === null
      ? plainText(item)
      : `{${Object.entries(item)
          .map(([key, value]) => `${key}=${plainText(value)}`)
          .join(', ')}}`,
  );
  return `[${texts.join(', ')}]`;
}

/** Of any JSON: what is in a list has not been looked at yet. */
function plainText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value whose type is not the model's. */
function unreadable(value: unknown, wanted: string): ApiError {
  const kinds = { string: 'STRING_VALUE', number: 'NUMBER_VALUE', boolean: value ? 'TRUE_VALUE' : 'FALSE_VALUE' };
  const kind = Array.isArray(value) ? 'START_ARRAY' : (kinds[typeof value as keyof typeof kinds] ?? 'START_OBJECT');
  return new ApiError(
    'SerializationException',
    `${kind} can not be converted to ${/^[AEIOU]/.test(wanted) ? 'an' : 'a'} ${wanted}`,
  );
}
