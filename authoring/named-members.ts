import { insteadOfMember } from './elsewhere.ts';
import { env } from './env.ts';
import { diagnosticHere, report } from './fault.ts';
import { STRUCTURAL } from './handed-out.ts';
import { param } from './param.ts';
import { standIn } from './stand-in.ts';

/** What a call of a member that is not there answers, so that the rest of the file is read: of `dagwright/tasks` a template. */
const STAND_INS: { readonly [owner: string]: () => unknown } = { param: () => param.json(), env: () => env.string() };

/**
 * Something that users import and call members of, `glue`, `param`, as a DAG file has it: reading a member that is not there is told at
 * its place. The loader wraps it; outside of it, the import is what it is.
 */
export function named<T extends object>(owner: string, object: T): T {
  return new Proxy(object, {
    get(target, key) {
      if (typeof key !== 'string' || key in target || STRUCTURAL.has(key)) return Reflect.get(target, key) as unknown;
      const known = Object.keys(target);
      report([diagnosticHere('DAG073', { what: owner, field: key, known, instead: insteadOfMember(owner, key) })]);
      return callable(STAND_INS[owner] ?? (() => standIn(`${owner}.${key}`)));
    },
  });
}

/** It answers the same whatever is called of it: `aws.lambda.invoke(…)` is one mistake. */
function callable(answer: () => unknown): unknown {
  return new Proxy(answer, {
    get: (target, key) =>
      typeof key === 'string' && !(key in target) && !STRUCTURAL.has(key) ? callable(answer) : Reflect.get(target, key),
  });
}
