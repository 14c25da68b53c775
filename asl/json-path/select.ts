import { isObject, type Json } from '../json/value.ts';
import { isDefinite, type Path, type Step } from './path.ts';

/**
 * What a path leads to from a value: undefined where a definite path leads nowhere, a list where it is not definite. What such a path
 * does not find is not in the list; but where its first step that may find several stands at a value to which it does not apply (a slice
 * at an object), it leads nowhere.
 */
export function select(path: Path, from: Json): Json | undefined {
  const { steps } = path;
  if (path.definite) return definite(steps, from);
  const first = steps.findIndex((step) => !isDefinite(step));
  const start = definite(steps.slice(0, first), from);
  if (start === undefined) return [];
  if (!applies(steps[first] as Step, start)) return undefined;
  let found: Json[] = [start];
  for (const step of steps.slice(first)) {
    const next: Json[] = [];
    for (const value of found) {
      const starts = step.deep ? descendants(value) : [value];
      for (const start of starts) take(step, start, from, next);
    }
    found = next;
  }
  return found;
}

function definite(steps: readonly Step[], from: Json): Json | undefined {
  let value: Json | undefined = from;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (step.kind === 'names') value = member(value, step.names[0] as string);
    else if (step.kind === 'indices') value = item(value, step.indices[0] as number);
    if (value === undefined) return undefined;
  }
  return value;
}

/** Whether a step that may find several takes such a value at all. @see https://github.com/json-path/JsonPath */
function applies(step: Step, value: Json): boolean {
  if (step.deep || step.kind === 'all') return true;
  if (step.kind === 'filter') return typeof value === 'object' && value !== null;
  return step.kind === 'names' ? isObject(value) : Array.isArray(value);
}

function take(step: Step, from: Json, root: Json, into: Json[]): void {
  if (typeof from !== 'object' || from === null) return;
  const push = (value: Json | undefined) => {
    if (value !== undefined) into.push(value);
  };
  switch (step.kind) {
    case 'names':
      for (const name of step.names) push(member(from, name));
      return;
    case 'indices':
      for (const index of step.indices) push(item(from, index));
      return;
    case 'slice':
      if (Array.isArray(from)) slice(from, step, push);
      return;
    case 'all':
      for (const value of Object.values(from)) push(value as Json);
      return;
    case 'filter':
      for (const value of Array.isArray(from) ? from : [from]) if (step.filter(value, root)) push(value);
  }
}

function member(value: object, name: string): Json | undefined {
  return !Array.isArray(value) && Object.hasOwn(value, name) ? (value as { [name: string]: Json })[name] : undefined;
}

function item(value: object, index: number): Json | undefined {
  return Array.isArray(value) ? value.at(index) : undefined;
}

function slice(items: readonly Json[], step: Extract<Step, { kind: 'slice' }>, push: (value: Json) => void): void {
  if (step.by <= 0) return;
  const place = (index: number) => (index < 0 ? Math.max(0, items.length + index) : Math.min(index, items.length));
  const end = place(step.to ?? items.length);
  for (let at = place(step.from ?? 0); at < end; at += step.by) push(items[at] as Json);
}

/** The value itself and everything within it. */
function descendants(value: Json): Json[] {
  const all: Json[] = [value];
  if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) all.push(...descendants(child as Json));
  }
  return all;
}

/** The path as Jayway's library prints it in its messages: `$['a'][0]`. */
function canonical(path: Path): string {
  return `$${path.steps
    .map((step) => {
      const text =
        step.kind === 'names'
          ? step.names.map((name) => `'${name}'`).join(',')
          : step.kind === 'indices'
            ? step.indices.join(',')
            : step.kind === 'all'
              ? '*'
              : step.kind === 'filter'
                ? '?'
                : step.kind === 'unknown'
                  ? '()'
                  : `${step.from ?? ''}:${step.to ?? ''}`;
      return `${step.deep ? '..' : ''}[${text}]`;
    })
    .join('')}`;
}

/**
 * The value with another one put in at the place of a reference path; objects on the way are made where they are missing.
 * Undefined where something that is no object, or no item, stands in the way. Nothing is changed in place.
 */
export function setAt(path: Path, into: Json, value: Json): Json | undefined {
  return put(into, 0);

  function put(target: Json | undefined, depth: number): Json | undefined {
    const step = path.steps[depth];
    if (step === undefined) return value;
    if (step.kind === 'names') {
      const name = step.names[0] as string;
      const object = target === undefined || target === null ? {} : target;
      if (typeof object !== 'object' || Array.isArray(object)) return undefined;
      const inner = put(
        Object.hasOwn(object, name) ? (object as { [name: string]: Json })[name] : undefined,
        depth + 1,
      );
      return inner === undefined ? undefined : { ...object, [name]: inner };
    }
    if (step.kind === 'indices' && Array.isArray(target)) {
      const index = step.indices[0] as number;
      if (index < 0 || index >= target.length) return undefined;
      const inner = put(target[index] as Json, depth + 1);
      return inner === undefined ? undefined : target.with(index, inner);
    }
    return undefined;
  }
}

/** Why a path leads nowhere, in the words of Jayway's library: what is missing on the way, or only at its end. */
export function whyNothing(path: Path, from: Json): string {
  for (let length = 1; length < path.steps.length; length++) {
    const part: Path = { ...path, steps: path.steps.slice(0, length) };
    const last = part.steps[length - 1];
    if (last?.kind === 'names' && select(part, from) === undefined)
      return `Missing property in path ${canonical(part)}`;
  }
  return `No results for path: ${canonical(path)}`;
}
