import { BIT } from '../../airflow/end-state.ts';
import { around, type GuardTest, within } from '../5-outcomes/outcomes.ts';
import { type Records, termsOf, union } from '../5-outcomes/record-tests.ts';
import { FIRST_FAILURE } from '../5-outcomes/semantics.ts';
import { type Emission, recordedEnds } from './emission.ts';
import { literal, literals } from './jsonata-text.ts';

/** A guard's test as JSONata over the lists of records that can be seen from a scope. */
export function conditionText(e: Emission, { when, known, decided }: GuardTest, scope: readonly number[]): string {
  const { semantics, scopeOf, decidedIn } = e.outcomes;
  const terms = termsOf(when, known, semantics);
  const positive = terms.filter(({ negated }) => !negated).map(({ asked }) => asked);
  const negative = terms.filter(({ negated }) => negated).map(({ asked }) => asked);
  const recorded = new Map([...known.keys()].map((task) => [task, recordedEnds(e, task, known)]));
  const visible = [...recorded.keys()].filter((task) => recorded.get(task)!.length > 0);
  // One look for several: that any is there, or that none is.
  const texts =
    when.quantifier === 'any'
      ? [...(positive.length ? [exists(union(positive))] : []), ...negative.map((asked) => none(exists(asked)))]
      : [...positive.map(exists), ...(negative.length ? [none(exists(union(negative)))] : [])];
  return texts.join(when.quantifier === 'any' ? ' or ' : ' and ');

  /** Whether the record that was looked for is there. Check first whether anything is recorded at all. */
  function exists(asked: Records): string {
    const wantedOf = (task: string) => {
      const ends = asked.get(task) ?? 0;
      return ends === 0 ? [] : recorded.get(task)!.filter((end) => ends & BIT[end]);
    };
    const sources = visible.filter((task) => wantedOf(task).length > 0).sort();
    const depths = new Set(sources.flatMap(commonScopes));
    const lists = [...depths].sort((a, b) => a - b).map((depth) => `$${e.names.listOf(scope.slice(0, depth))}`);
    const inLists = visible.filter((task) => commonScopes(task).some((depth) => depths.has(depth)));
    const list = lists.length === 1 ? (lists[0] as string) : `([${lists.join(', ')}])`;
    const whole = (task: string) => recorded.get(task)!.length === wantedOf(task).length;
    if (inLists.every(whole)) return lists.length === 1 ? `$count(${list}) > 0` : `$count([${lists.join(', ')}]) > 0`;
    const tests: string[] = [];
    const stopped = asked.has(FIRST_FAILURE);
    if (stopped) tests.push(failure(inLists.filter((task) => !asked.has(task))));
    const groups = new Map<string, string[]>();
    for (const task of sources) {
      const ends = stopped ? wantedOf(task).filter((end) => end !== 'failed') : wantedOf(task);
      if (ends.length === 0) continue;
      const states = whole(task) && !stopped ? '' : among('state', ends);
      groups.set(states, [...(groups.get(states) ?? []), task]);
    }
    for (const [states, of] of [...groups].sort()) tests.push(`${among('task', of)}${states && ` and ${states}`}`);
    return `$exists(${list}[${tests.length === 1 ? tests[0] : tests.map((test) => `(${test})`).join(' or ')}])`;
  }

  /** That a task failed, whichever: a Parallel that was stopped does not say which it was. Teardowns that nothing asks for do not count. */
  function failure(others: readonly string[]): string {
    const teardowns = others.filter((task) => semantics.isTeardown(task)).sort();
    return `state = 'failed'${teardowns.length > 0 ? ` and $not(${among('task', teardowns)})` : ''}`;
  }

  /** The scopes whose lists a task's records stand in, seen from here: for each that writes, the innermost that holds both. */
  function commonScopes(task: string): number[] {
    const isElsewhere = task === FIRST_FAILURE || (decided && when.tasks.includes(task));
    const own = isElsewhere ? [] : [scopeOf(task)];
    return [...own, ...decidedIn(task)].map((path) => {
      let common: readonly number[] = scope;
      while (!within(path, common)) common = around(common);
      return common.length;
    });
  }
}

function among(field: string, values: readonly string[]): string {
  return values.length === 1 ? `${field} = ${literal(values[0] as string)}` : `${field} in ${literals(values)}`;
}

function none(text: string): string {
  return text.endsWith(' > 0') ? text.replace(/ > 0$/, ' = 0') : `$not(${text})`;
}
