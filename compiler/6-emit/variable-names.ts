import { BUILT_IN_FUNCTIONS } from '../../asl/jsonata/built-in.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import { byId } from '../2-lower/lower.ts';

/** Names that mean something else where an expression is evaluated, or that an evaluator may keep for itself. */
const RESERVED: readonly string[] = [
  ...BUILT_IN_FUNCTIONS,
  'states',
  'params',
  'logicalDate',
  // What a branch computed, within one expression.
  'chosen',
  ...Object.getOwnPropertyNames(Object.prototype),
];

/** Lists of records: names.ts. */
const RECORDS = /^ended\d*$/;

/**
 * The variables of tasks' outputs: as many names for a task as scopes assign it, its own scope's first. That one is named after the task,
 * `$extract`; what leaves the branch is `$extract_output` behind it, then `$extract_output_2`. The names of a task do not depend on which
 * others are read, so that a further reader renames nothing of theirs.
 *
 * @param tasks every task of the DAG
 * @param taken names that templates assign for themselves
 */
export function variableNames(
  tasks: Iterable<string>,
  taken: readonly string[],
  scopesOf: (task: string) => number,
): ReadonlyMap<string, readonly string[]> {
  const used = new Set([...RESERVED, ...taken]);
  const free = (wanted: string): string => {
    let name = shortened(wanted, '');
    for (let i = 2; used.has(name) || RECORDS.test(name); i++) name = shortened(wanted, `_${i}`);
    used.add(name);
    return name;
  };
  const ids = [...tasks].sort(byId);
  const names = new Map(ids.map((id) => [id, [free(identifier(id))]]));
  for (const id of ids) {
    const own = names.get(id)!;
    while (own.length < scopesOf(id)) own.push(free(shortened(own[0]!, '_output')));
  }
  return names;
}

function identifier(id: string): string {
  return id.replace(/[^\p{ID_Continue}]/gu, '_').replace(/^(?=[^\p{ID_Start}_])/u, '_');
}

/** Within what a variable's name may have, counted in whole characters. */
function shortened(name: string, suffix: string): string {
  const most = LIMITS.variableName - suffix.length;
  const characters = [...name];
  return `${characters.length <= most ? name : characters.slice(0, most).join('')}${suffix}`;
}
