import { BAD, FAILED, SKIPPED, type States, SUCCESS, UPSTREAM_FAILED } from '../4-outcomes/end-state.ts';
import { basisOf, knows } from '../4-outcomes/knowledge.ts';
import type { Question } from '../4-outcomes/outcomes.ts';
import { type Emission, recordedEnds, within } from './emission.ts';
import { literal, literals } from './jsonata-text.ts';

/** Which records a question asks for: for each task the ends that count. */
type Asked = Map<string, Set<string>>;

/** A question as JSONata over the lists of records that can be seen from a scope. */
export function questionText(e: Emission, { when, known, decided }: Question, scope: readonly number[]): string {
  const { quantifier, tasks, in: wanted } = when;
  const terms = tasks.filter((task) => quantifier === 'all' || knows(known, task) & wanted).map((task) => termOf(task));
  const positive = terms.filter(({ negated }) => !negated).map(({ asked }) => asked);
  const negative = terms.filter(({ negated }) => negated).map(({ asked }) => asked);
  // One look for several: that any is there, or that none is.
  const texts =
    quantifier === 'any'
      ? [...(positive.length ? [exists(union(positive))] : []), ...negative.map((asked) => none(exists(asked)))]
      : [...positive.map(exists), ...(negative.length ? [none(exists(union(negative)))] : [])];
  return texts.join(quantifier === 'any' ? ' or ' : ' and ');

  /** That a task ended in one of the wanted states, by its records; or that it did not, where success is among them. */
  function termOf(task: string): { asked: Asked; negated: boolean } {
    const possible = knows(known, task);
    const negated = (wanted & SUCCESS) !== 0;
    return { asked: recordsOf(task, negated ? possible & ~wanted & ~SUCCESS : possible & wanted), negated };
  }

  function recordsOf(task: string, states: States): Asked {
    const asked: Asked = new Map();
    const ask = (of: string, end: string) => void asked.set(of, (asked.get(of) ?? new Set()).add(end));
    if (states & SKIPPED) ask(task, 'skipped');
    if (!(states & BAD)) return asked;
    const derived = e.outcomes.semantics.derivedFrom(task) !== undefined;
    for (const source of basisOf(task, known, e.outcomes.semantics)) {
      const own = source === task;
      if (own && states & FAILED) ask(source, 'failed');
      if (own && !derived && states & UPSTREAM_FAILED) ask(source, 'upstream_failed');
      if (!own && states & UPSTREAM_FAILED) for (const end of ['failed', 'upstream_failed']) ask(source, end);
    }
    return asked;
  }

  /** Whether a record that was asked for is there. Ask first whether anything is recorded at all. */
  function exists(asked: Asked): string {
    const visible = [...known.keys()].filter((task) => recordedEnds(e, task, known).length > 0);
    const wantedOf = (task: string) => recordedEnds(e, task, known).filter((end) => asked.get(task)?.has(end));
    const sources = visible.filter((task) => wantedOf(task).length > 0).sort();
    const depths = new Set(sources.flatMap(commonScopes));
    const lists = [...depths].sort((a, b) => a - b).map((depth) => `$${e.names.listOf(scope.slice(0, depth))}`);
    const inLists = visible.filter((task) => commonScopes(task).some((depth) => depths.has(depth)));
    const list = lists.length === 1 ? (lists[0] as string) : `([${lists.join(', ')}])`;
    const whole = (task: string) => recordedEnds(e, task, known).length === wantedOf(task).length;
    if (inLists.every(whole)) return lists.length === 1 ? `$count(${list}) > 0` : `$count([${lists.join(', ')}]) > 0`;
    const groups = new Map<string, string[]>();
    for (const task of sources) {
      const states = whole(task) ? '' : literals(wantedOf(task));
      groups.set(states, [...(groups.get(states) ?? []), task]);
    }
    const tests = [...groups].sort().map(([states, of]) => {
      const one = of.length === 1 ? `task = ${literal(of[0] as string)}` : `task in ${literals(of)}`;
      return states === '' ? one : `${one} and state in ${states}`;
    });
    return `$exists(${list}[${tests.length === 1 ? tests[0] : tests.map((test) => `(${test})`).join(' or ')}])`;
  }

  /** The scopes whose lists a task's records stand in, seen from here: for each that writes, the innermost that holds both. */
  function commonScopes(task: string): number[] {
    const { decidedIn, scopeOf } = e.outcomes;
    const own = decided && when.tasks.includes(task) ? [] : [scopeOf(task)];
    return [...own, ...decidedIn(task)].map((path) => {
      let common = scope;
      while (!within(path, common)) common = common.slice(0, -2);
      return common.length;
    });
  }
}

function union(all: readonly Asked[]): Asked {
  const joined: Asked = new Map();
  for (const asked of all)
    for (const [task, ends] of asked) joined.set(task, new Set([...(joined.get(task) ?? []), ...ends]));
  return joined;
}

function none(text: string): string {
  return text.endsWith(' > 0') ? text.replace(/ > 0$/, ' = 0') : `$not(${text})`;
}
