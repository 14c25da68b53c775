import type { Diagnostic } from '../diagnostics/index.ts';
import { markUsed } from './creations.ts';
import { insteadOfMember } from './elsewhere.ts';
import { diagnosticHere, refuse, report } from './faults.ts';
import { currentLoading, type Evaluation, isEvaluating } from './loading.ts';

/** An object of the authoring API that has no value at run time (a handle, a DAG, a template), described for messages. */
export interface OpaqueObject {
  /** As a message names it: `The task "a"`. */
  readonly what: string;
  /** What to write where it was put into a text or given to an operator. */
  readonly instead: string;
  /** Whether it is an object of values, which may be given on whole. */
  readonly isWhole?: true;
}

const HANDED: unique symbol = Symbol.for('dagwright.handed') as never;

const USES: { readonly [hint: string]: string } = {
  string: 'put into a text',
  default: 'an operand of + or ==',
  number: 'an operand of >>, <<, < or another operator',
};

function reportMisuse({ what, instead }: OpaqueObject, use: string): void {
  const fault: Diagnostic = diagnosticHere('DAG072', { what, use, instead });
  const misuse: Misuse | undefined = fault.place && { place: fault.place, use };
  const { evaluation } = currentLoading();
  if (evaluation) {
    const { lastMisuse } = evaluation;
    if (misuse && lastMisuse && isSameMistake(lastMisuse, misuse)) return;
    evaluation.lastMisuse = misuse;
  }
  report([fault]);
}

type Misuse = NonNullable<Evaluation['lastMisuse']>;

/** One place, or one line with a chain of operators: `a >> b >> c`. */
function isSameMistake(one: Misuse, other: Misuse): boolean {
  if (one.place.file !== other.place.file || one.place.line !== other.place.line) return false;
  return one.place.column === other.place.column || [one, other].every(({ use }) => use === USES.number);
}

/**
 * Refuses, at the user's place, to let an object become a text or a number: `${task}`, `task >> other`, `JSON.stringify(task)`. What looks
 * at it as an object (`util.inspect`, a test runner's diff) is not disturbed.
 */
export function opaque<T extends object>(object: T, describe: () => OpaqueObject): T {
  const hidden = (value: unknown) => ({ value, enumerable: false });
  Object.defineProperties(object, {
    [HANDED]: hidden(describe),
    [Symbol.toPrimitive]: hidden((hint: string) => {
      markUsed(object);
      reportMisuse(describe(), USES[hint] as string);
      return hint === 'string' ? '' : 0;
    }),
    ...(isEvaluating() && {
      toJSON: hidden(function (this: object) {
        if (!isEvaluating()) return { ...this };
        markUsed(object);
        reportMisuse(describe(), USES.string as string);
        return null;
      }),
    }),
  });
  return object;
}

/** The description of an opaque object; undefined for anything else. */
export function opaqueOf(value: unknown): OpaqueObject | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { readonly [HANDED]?: () => OpaqueObject })[HANDED]?.();
}

/** Members that `await`, JSON.stringify, inspection and test runners read from any object. */
export const STRUCTURAL: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  '$$typeof',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  '__esModule',
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/**
 * A prototype for objects whose members are all known: while a DAG file is loaded, reading any other member is an error.
 * @param owner the key under which elsewhere.ts lists the names that other tools use for its members
 * @param instead the value to return for an unknown member, so that the rest of the file runs; where it is undefined, the file ends there
 */
export function knownMembers(
  owner: 'dag' | 'task',
  what: (object: object) => string,
  known: (object: object) => readonly string[],
  instead: (object: object, key: string) => unknown = () => undefined,
): object {
  return new Proxy(Object.prototype, {
    get(target, key, receiver: object) {
      if (typeof key === 'string' && isEvaluating() && !STRUCTURAL.has(key)) {
        const args = { what: what(receiver), field: key, known: known(receiver), instead: insteadOfMember(owner, key) };
        const other = instead(receiver, key);
        if (other === undefined) refuse('DAG073', args);
        report([diagnosticHere('DAG073', args)]);
        return other;
      }
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}

const operators = 'Write `a.before(b)` for `a >> b` and `a.after(b)` for `a << b`';

export function describeTask(id: string): OpaqueObject {
  return {
    what: `The task "${id}"`,
    instead: `${operators}; in a text what the task answers, \`\${task.output.X}\`, or its id, \`\${task.id}\`.`,
  };
}

export function describeGroup(id: string): OpaqueObject {
  return { what: `The group "${id}"`, instead: `${operators}; in a text its id, \`\${group.id}\`.` };
}

export function describeDag(id: string): OpaqueObject {
  return { what: `The DAG "${id}"`, instead: 'In a text write its id, `${dag.id}`.' };
}

export function describeTemplate(kind: string): OpaqueObject {
  return {
    what: `The template ${kind}(…)`,
    instead:
      'Place it, `const task = dag.task(id, template)`; in a text write what the task answers, `${task.output.X}`.',
  };
}
