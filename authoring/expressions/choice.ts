import { Stop } from '../../diagnostics/index.ts';
import { shown } from '../checks/check.ts';
import { isReference } from '../reference.ts';
import { handleInfo } from '../task.ts';
import type { Arrow } from './arrow.ts';
import { Context } from './context.ts';
import { evaluate } from './evaluate.ts';
import { both, condition, needed, presentWhere } from './logic.ts';
import { isConstant, termOf } from './operand.ts';
import { bare, type SyntaxNode } from './syntax.ts';
import type { Term } from './term.ts';
import { bodyOf, finished } from './translate.ts';
import type { Translated } from './translated.ts';

/** Whom a branch follows. */
export type Choice =
  /** The first case whose condition holds; else `otherwise`. */
  | { readonly cases: readonly Case[]; readonly otherwise: readonly string[] }
  /** An id or a list of ids that is known when it runs. */
  | { readonly computed: Translated };

interface Case {
  readonly when: Translated;
  readonly chosen: readonly string[];
}

/** More ways than somebody would read; what has more is computed. */
const MOST_WAYS = 64;

/** Ids, or one of two of them by a condition. */
type Way = readonly string[] | { readonly test: Term; readonly then: Way; readonly otherwise: Way };

/**
 * What a branch's arrow chooses. Conditionals over tasks, ids and lists of them become cases; everything else an expression.
 * @param taskIdOf the id of a task's handle; undefined for what is not one
 * @throws Stop with everything in it that cannot be translated
 */
export function translateChoice(arrow: Arrow, taskIdOf: (value: unknown) => string | undefined): Choice {
  const c = new Context(arrow, taskIdOf);
  const body = bodyOf(c);
  if (!body) throw new Stop(c.faults);
  const way = wayOf(c, body);
  if (!way) {
    // What was refused on the way is refused again.
    c.faults.length = 0;
    if (refuseOthers(c, body)) throw new Stop(c.faults);
    c.faults.length = 0;
    return { computed: finished(c, needed(c, termOf(c, evaluate(c, body), body), body)) };
  }
  const cases: Case[] = [];
  const otherwise = gather(c, way, undefined, cases);
  return { cases, otherwise };
}

/** Undefined if it is not built of conditionals over tasks and ids. */
function wayOf(c: Context, around: SyntaxNode): Way | undefined {
  const node = bare(around);
  if (node.type === 'ConditionalExpression') {
    const side = (holds: boolean, branch: unknown) =>
      c.assuming(presentWhere(c, node.test as SyntaxNode, holds), () => wayOf(c, branch as SyntaxNode));
    const [then, otherwise] = [side(true, node.consequent), side(false, node.alternate)];
    if (!then || !otherwise) return undefined;
    const test = condition(c, node.test as SyntaxNode);
    if (isConstant(test)) return test.constant ? then : otherwise;
    return { test, then, otherwise };
  }
  if (node.type === 'ArrayExpression') {
    let all: Way = [];
    for (const element of node.elements as (SyntaxNode | null)[]) {
      const way = element && wayOf(c, (element.type === 'SpreadElement' ? element.argument : element) as SyntaxNode);
      if (!way || waysOf(all) * waysOf(way) > MOST_WAYS) return undefined;
      all = joinedWays(all, way);
    }
    return all;
  }
  const known = evaluate(c, node);
  return isConstant(known) ? idsIn(c, known.constant) : undefined;
}

/** Refuses what is neither a task nor an id, whatever it is when it runs; returns whether there is such. */
function refuseOthers(c: Context, around: SyntaxNode): boolean {
  const node = bare(around);
  if (node.type === 'ConditionalExpression')
    return [node.consequent, node.alternate].map((way) => refuseOthers(c, way as SyntaxNode)).some(Boolean);
  if (node.type === 'ArrayExpression')
    return (node.elements as (SyntaxNode | null)[])
      .filter((element) => element !== null && element.type !== 'SpreadElement')
      .map((element) => refuseOthers(c, element as SyntaxNode))
      .some(Boolean);
  const value = evaluate(c, node);
  const wrong = isConstant(value) ? otherIn(c, value.constant) : NO_ID[value.refused ? 'any' : value.kind];
  if (wrong !== undefined) c.refuse('DAG138', { value: wrong }, node);
  return wrong !== undefined;
}

/** What the kinds of value are that no id is of. */
const NO_ID: { readonly [kind: string]: string | undefined } = {
  boolean: 'a boolean',
  number: 'a number',
  null: 'null',
  object: 'an object',
};

/** The first thing in a value that is known now which is neither a task of the DAG, nor an id, nor known only later. */
function otherIn(c: Context, value: unknown): string | undefined {
  if (typeof value === 'string' || isReference(value) || c.taskIdOf(value) !== undefined) return undefined;
  if (Array.isArray(value)) return value.map((item) => otherIn(c, item)).find((other) => other !== undefined);
  return handleInfo(value) ? `${shown(value)} of another DAG` : shown(value);
}

function idsIn(c: Context, value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  const id = c.taskIdOf(value);
  if (id !== undefined) return [id];
  if (!Array.isArray(value)) return undefined;
  const all = value.map((item) => idsIn(c, item));
  return all.every((ids) => ids !== undefined) ? all.flat() : undefined;
}

/** Both, whichever way each of them goes. */
function joinedWays(a: Way, b: Way): Way {
  if ('test' in a) return { ...a, then: joinedWays(a.then, b), otherwise: joinedWays(a.otherwise, b) };
  if ('test' in b) return { ...b, then: joinedWays(a, b.then), otherwise: joinedWays(a, b.otherwise) };
  return [...a, ...b];
}

function waysOf(way: Way): number {
  return 'test' in way ? waysOf(way.then) + waysOf(way.otherwise) : 1;
}

/** Cases from the first condition on; returns what is left when none holds. */
function gather(c: Context, way: Way, given: Term | undefined, cases: Case[]): readonly string[] {
  if (!('test' in way)) return way;
  const { test, then, otherwise } = way;
  const when = given ? both(given, test) : test;
  const chosen = gather(c, then, when, cases);
  cases.push({ when: finished(c, when), chosen });
  return gather(c, otherwise, given, cases);
}
