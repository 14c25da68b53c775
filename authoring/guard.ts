export { arrow } from './expressions/index.ts';

import { createRequire, isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';
import { diagnose, type Place, Stop } from '../diagnostics/index.ts';
import { env, param } from './declarations.ts';
import { insteadOfMember, type ServiceNames } from './elsewhere.ts';
import { diagnosticHere, report } from './faults.ts';
import { opaqueOf, STRUCTURAL } from './opaque.ts';
import { describeTarget, targetOf } from './reference.ts';
import { fallbackTemplate } from './template.ts';

/**
 * Refuses a task's handle as a condition: `if (task)` is always true and does not depend on how the task ended. The loader wraps only
 * expressions that are always a handle; a test of whether there is one (`if (previous)`) is allowed.
 */
export function guardHandle<T>(value: T, use: string, file: string, line: number, column: number): T {
  const handed = opaqueOf(value);
  if (handed) {
    const instead =
      'Of how a task ended the trigger rule says, `{ triggerRule: … }`; what it answers is asked when it runs, `dag.if(() => task.output.X).then(…)`.';
    report([diagnose('DAG072', { what: handed.what, use, instead }, { place: { file, line, column } })]);
  }
  return value;
}

/**
 * What the loader wraps around tests, `!`, `&&`, `||`, `??`, comparisons, `switch` and computed keys: a reference is an object there, so
 * that `if (ref)` would silently be true.
 */
export function guard<T>(value: T, use: string, file: string, line: number, column: number): T {
  const target = targetOf(value);
  if (!target) return value;
  const place: Place = { file, line, column };
  throw new Stop(diagnose('DAG010', { reference: describeTarget(target), use }, { place }));
}

/** What a call of an unknown member returns, so that the rest of the file runs; for `dagwright/tasks` it is a template. */
const STAND_INS: { readonly [owner: string]: (...given: readonly unknown[]) => unknown } = {
  param: () => param.json(),
  env: () => env.string(),
  // A check that finds nothing, or what makes one.
  checks: noCheck,
};

function noCheck(...[, where]: readonly unknown[]): unknown {
  return typeof where === 'object' && where !== null && 'owner' in where ? [] : noCheck;
}

/**
 * Wraps an import that users call members of (`glue`, `param`), so that reading an unknown member is reported at its place. Only the loader
 * applies it; elsewhere the import is unchanged.
 */
export function named<T extends object>(owner: string, object: T, service: ServiceNames = {}): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key !== 'string' || key in target || STRUCTURAL.has(key)) return Reflect.get(target, key) as unknown;
      const known = Object.keys(target);
      const instead = insteadOfMember(owner, key, service);
      report([diagnosticHere('DAG073', { what: owner, field: key, known, instead })]);
      return callable(STAND_INS[owner] ?? (() => fallbackTemplate(`${owner}.${key}`)));
    },
  });
}

/** A function whose unknown members are the same function: `aws.lambda.invoke(…)` is one mistake. */
function callable(answer: (...given: readonly unknown[]) => unknown): unknown {
  return new Proxy(answer, {
    get: (target, key) =>
      typeof key === 'string' && !(key in target) && !STRUCTURAL.has(key) ? callable(answer) : Reflect.get(target, key),
  });
}

/**
 * `import.meta.resolve` of a module: the bundle has one place, and the modules in it have others.
 * @param from the URL of the module
 * @throws Error of Node's, MODULE_NOT_FOUND, where a package is not installed
 */
export function resolveFrom(specifier: string, from: string): string {
  if (/^(?:\.{0,2}\/|\w[\w+.-]*:)/.test(specifier)) return new URL(specifier, from).href;
  if (isBuiltin(specifier)) return `node:${specifier}`;
  return pathToFileURL(createRequire(from).resolve(specifier)).href;
}
