import { jsonFault } from '../../asl/json/fault.ts';
import { caughtStates, nextStates } from '../../asl/language/states.ts';
import type { State } from '../../asl/language/types.ts';
import { type Diagnostic, diagnose, type Place, Stop } from '../../diagnostics/index.ts';
import type { FunctionCode, JobCode } from '../function-code.ts';
import { isReference } from '../reference.ts';
import type { Fragment, Leftover, Template } from '../template.ts';
import { shown } from './check.ts';
import { json, messageOf } from './fields.ts';

/** The functions of a template that the compiler calls after the task was added, most of them long after the DAG file was read. */
const PARTS = ['lower', 'permissions', 'roles', 'conditions', 'outputShape'] as const;

const isList = (value: unknown) => isListOf(value, (one) => typeof one === 'string');

const isFunction = (value: unknown) => typeof value === 'function';
const isRecord = (value: unknown, fits: (one: unknown) => boolean = () => true) =>
  isObject(value) && Object.values(value).every(fits);

/** The fields that a template must have. */
const NEEDED: ReadonlySet<string> = new Set(['service', 'kind', 'permissions']);

/** What a function is made of, as far as the compiler reads it before it builds it. */
function isFunctionCode(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { source, runtime, architecture, permissions } = value as Partial<Record<keyof FunctionCode, unknown>>;
  const { kind, file } = (isObject(source) ? source : {}) as { readonly kind?: unknown; readonly file?: unknown };
  return (
    (kind === 'typescript' || kind === 'python') &&
    [file, runtime, architecture].every((one) => typeof one === 'string') &&
    Array.isArray(permissions)
  );
}

function isJobCode(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { source, runtime, architecture } = value as Partial<Record<keyof JobCode, unknown>>;
  const one = (isObject(source) ? source : {}) as Partial<Record<string, unknown>>;
  const areTexts = (...texts: readonly unknown[]) => texts.every((text) => typeof text === 'string');
  if (!areTexts(one.file, runtime)) return false;
  return one.kind === 'typescript'
    ? areTexts(one.entry, one.folder)
    : one.kind === 'python' && areTexts(one.handler, architecture) && isList(one.requirements);
}

/** The plain fields of a template and the check of each. */
const FIELDS: { readonly [K in keyof Template]?: (value: unknown) => boolean } = {
  service: (value) => typeof value === 'string',
  kind: (value) => typeof value === 'string',
  permissions: isFunction,
  roles: isFunction,
  conditions: isFunction,
  leavesBehind: isLeftover,
  goesOn: (value) => typeof value === 'string',
  assets: isList,
  notRetriedOn: (value) => isList(value) && (value as string[]).every((name) => name !== '' && name !== 'States.ALL'),
  outputFields: (value) => isObject(value) && jsonFault(value) === undefined,
  outputShape: isFunction,
  charge: (value) => {
    const { what, source, perHour, least = 0, open = '', asOf = '' } = value as { readonly [field: string]: unknown };
    return (
      [what, source, open, asOf].every((one) => typeof one === 'string') &&
      isPrice(least) &&
      (perHour === undefined || isAmount(perHour))
    );
  },
  code: isFunctionCode,
  jobCode: isJobCode,
  teardown: (value) =>
    isObject(value) &&
    typeof (value as { template?: unknown }).template === 'function' &&
    typeof (value as { prefix?: unknown }).prefix === 'string',
};

/** Faults in a template's own fields, found before any of its functions is called. */
export function wrongFields(
  template: Template,
  at: { readonly task: string; readonly place: Place | undefined },
): Diagnostic[] {
  const fault = (part: string, detail: string) =>
    diagnose('DAG108', { task: at.task, kind: shown(read('kind')), part, detail }, at);
  const wrong = Object.entries(FIELDS).flatMap(([field, fits]) => {
    const value = read(field as keyof Template);
    return (value === undefined && !NEEDED.has(field)) || asked(() => fits(value))
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
 * The template of a task, wrapped so that errors and invalid results of its functions are reported with the task's id and place.
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
    if (!asked(() => ANSWERS[part](answer)))
      throw fault(`answers ${shown(answer)}${part === 'lower' ? ' and no states' : ''}`);
    const astray = part === 'lower' ? stepAstray(answer as Fragment) : undefined;
    if (astray !== undefined) throw fault(astray);
    return answer;
  };
}

/** The check of each function's result; the validator checks the states themselves. */
const ANSWERS: { readonly [part in (typeof PARTS)[number]]: (answer: unknown) => boolean } = {
  lower: isFragment,
  permissions: (answer) => isListOf(answer, isPermission),
  roles: (answer) => isListOf(answer, isRoleNeeds),
  conditions: (answer) => isRecord(answer, isCondition),
  outputShape: (answer) => answer === undefined || (isObject(answer) && 'kind' in answer),
};

function isListOf(value: unknown, fits: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && Array.from(value as unknown[]).every(fits);
}

/** A text or a reference, or a list of them. */
function isTexts(value: unknown): boolean {
  return isListOf(Array.isArray(value) ? value : [value], (one) => typeof one === 'string' || isReference(one));
}

function isPermission(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { actions, resources, condition } = value as { readonly [field: string]: unknown };
  return (
    isList(actions) &&
    Array.isArray(resources) &&
    isTexts(resources) &&
    (condition === undefined || isCondition(condition))
  );
}

function isCondition(value: unknown): boolean {
  return isRecord(value, (keys) => isRecord(keys, isTexts));
}

function isRoleNeeds(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { permissions, managedPolicies = [], assumedBy = '' } = value as { readonly [field: string]: unknown };
  return isListOf(permissions, isPermission) && isList(managedPolicies) && typeof assumedBy === 'string';
}

function isLeftover(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { ends, conditions = {} } = value as Partial<Leftover>;
  return typeof ends === 'string' && isFragment(value) && isRecord(conditions, isCondition);
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** Two bounds, or the lower one. */
function isAmount(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { least, most = least } = value as { readonly [field: string]: unknown };
  return isPrice(least) && isPrice(most) && least <= most;
}

/** An answer that throws when it is read does not fit. */
function asked(fits: () => boolean): boolean {
  try {
    return fits();
  } catch {
    return false;
  }
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

/** How a fragment's steps do not follow on one another, which must be known before a graph is made of them. */
function stepAstray({ states }: Fragment): string | undefined {
  for (const [step, state] of Object.entries(states)) {
    const known = state as unknown as State;
    if (known.Type === 'Choice' && !(Array.isArray(known.Choices) && known.Choices.every(isObject)))
      return `has the step "${step}", a Choice, without its list \`Choices\``;
    const next = [...nextStates(known), ...caughtStates(known)];
    const missing = next.find((name) => !Object.hasOwn(states, name));
    if (missing !== undefined) return `has the step "${step}" go on to "${missing}", which is none of its steps`;
    if (next.length === 0 && state.End !== true && !['Succeed', 'Fail', 'Choice'].includes(state.Type))
      return `has the step "${step}" neither go on, \`Next\`, nor end, \`End: true\``;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
