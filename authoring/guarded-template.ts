import { type Diagnostic, diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { messageOf } from './checks/fields.ts';
import { json } from './checks/json.ts';
import { shown } from './checks/shown.ts';
import type { Fragment, Template } from './template.ts';

/** The parts of a template that the compiler asks when the DAG file has long been read. */
const PARTS = ['lower', 'permissions', 'roles', 'conditions'] as const;

const isList = (value: unknown) =>
  Array.isArray(value) && Array.from(value as unknown[]).every((one) => typeof one === 'string');

/** What a template says of itself without being asked, and how it must be. */
const FIELDS: { readonly [K in keyof Template]?: (value: unknown) => boolean } = {
  service: (value) => typeof value === 'string',
  kind: (value) => typeof value === 'string',
  assets: isList,
  notRetriedOn: (value) => isList(value) && (value as string[]).every((name) => name !== '' && name !== 'States.ALL'),
  outputFields: isObject,
  charge: isObject,
  teardown: (value) =>
    isObject(value) &&
    typeof (value as { template?: unknown }).template === 'function' &&
    typeof (value as { prefix?: unknown }).prefix === 'string',
};

/** What is wrong with a template's own fields, before it is asked anything. */
export function wrongFields(
  template: Template,
  at: { readonly task: string; readonly place: Place | undefined },
): Diagnostic[] {
  const fault = (part: string, detail: string) =>
    diagnose('DAG108', { task: at.task, kind: shown(read('kind')), part, detail }, at);
  const wrong = Object.entries(FIELDS).flatMap(([field, fits]) => {
    const value = read(field as keyof Template);
    return value === undefined && field !== 'kind' && field !== 'service'
      ? []
      : fits(value)
        ? []
        : [fault(field, `is ${shown(value)}`)];
  });
  const sample = json(read('sample') ?? null, { owner: at.task, field: 'the template’s sample', at });
  return [...wrong, ...sample];

  function read(field: keyof Template): unknown {
    try {
      return template[field];
    } catch {
      return null;
    }
  }
}

/**
 * The template of a placed task. Whatever it says or throws when it is asked is told with the task and the place where the user placed it.
 */
export function guardedTemplate(
  template: Template,
  at: { readonly task: string; readonly place: Place | undefined },
): Template {
  const guarded = Object.fromEntries(
    PARTS.filter((part) => template[part] !== undefined).map((part) => [part, guardedPart(template, part, at)]),
  );
  return Object.freeze({ ...template, ...guarded });
}

type Part = (...args: readonly unknown[]) => unknown;

function guardedPart(
  template: Template,
  part: (typeof PARTS)[number],
  at: Parameters<typeof guardedTemplate>[1],
): Part {
  const fault = (detail: string) =>
    new Stop(diagnose('DAG108', { task: at.task, kind: `${template.kind}`, part, detail }, at));
  return (...args) => {
    if (typeof template[part] !== 'function') throw fault(`is ${shown(template[part])} and no function`);
    let answer: unknown;
    try {
      answer = (template[part] as Part)(...args);
    } catch (error) {
      throw error instanceof Stop
        ? new Stop(error.diagnostics.map((one) => ({ ...at, ...one }) as Diagnostic))
        : fault(`throws: ${messageOf(error)}`);
    }
    const isRight =
      part === 'lower' ? isFragment(answer) : part === 'conditions' ? isObject(answer) : Array.isArray(answer);
    if (!isRight) throw fault(`answers ${shown(answer)}${part === 'lower' ? ' and no states' : ''}`);
    return answer;
  };
}

function isFragment(answer: unknown): answer is Fragment {
  if (!isObject(answer)) return false;
  const { start, states } = answer as Partial<Fragment>;
  return (
    typeof start === 'string' &&
    isObject(states) &&
    Object.hasOwn(states, start) &&
    Object.values(states).every(isObject)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
