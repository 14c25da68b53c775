import type { Json } from '../../asl/json.ts';
import type { Graph } from '../2-graph/graph.ts';
import { computed, literal, literals } from './jsonata-text.ts';
import { inOrder } from './order-fields.ts';
import { fieldText } from './resolve.ts';
import type { StatesJson } from './task-states.ts';

/** Names of states; no task's id has a blank or a question mark. */
const READ = 'read input';
const CHECK = 'params?';
const REFUSE = 'params refused';

/**
 * The states that take params and the logical date from the execution's input, where a task reads one of them. Params are checked before
 * anything runs.
 */
export function inputStates(graph: Graph, next: string): { start: string; states: StatesJson } {
  const reads = [...graph.tasks.values()].flatMap((task) => task.reads);
  const readsParams = reads.some(({ kind }) => kind === 'param');
  const checks = readsParams ? checksOf(graph) : [];
  const Assign: { [name: string]: Json } = {};
  if (readsParams) Assign.params = paramsText(graph);
  if (reads.some(({ kind }) => kind === 'logicalDate')) {
    Assign.logicalDate = computed(
      '$exists($states.input.logical_date) ? $states.input.logical_date : $states.context.Execution.StartTime',
    );
  }
  if (Object.keys(Assign).length === 0) return { start: next, states: {} };
  const read = { [READ]: inOrder({ Type: 'Pass', Assign, Next: checks.length > 0 ? CHECK : next }) };
  if (checks.length === 0) return { start: READ, states: read };
  const fit = [unknownText(graph), ...checks.map(({ test }) => test)].join(' and ');
  return {
    start: READ,
    states: {
      ...read,
      [CHECK]: inOrder({ Type: 'Choice', Choices: [{ Condition: computed(fit), Next: next }], Default: REFUSE }),
      [REFUSE]: inOrder({
        Type: 'Fail',
        Error: 'Params.Invalid',
        Cause: `The execution's params must fit: ${checks.map(({ name, wanted }) => `${name}: ${wanted}`).join('; ')}.`,
      }),
    },
  };
}

interface Check {
  readonly name: string;
  /** That it fits, as JSONata. `and` evaluates both sides, so that no test of a value may fail on a value of another type. */
  readonly test: string;
  readonly wanted: string;
}

function checksOf({ model }: Graph): Check[] {
  return Object.entries(model.params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { schema }]) => {
      const value = `$params${fieldText(name)}`;
      if (Array.isArray(schema.enum))
        return [
          { name, test: `${value} in ${jsonataOf(schema.enum as Json)}`, wanted: `one of ${schema.enum.join(', ')}` },
        ];
      if (schema.type === 'integer') {
        return [
          {
            name,
            test: `($type(${value}) = 'number' ? $floor(${value}) = ${value} : false)`,
            wanted: 'a whole number',
          },
        ];
      }
      if (typeof schema.type === 'string')
        return [{ name, test: `$type(${value}) = ${literal(schema.type)}`, wanted: `a ${schema.type}` }];
      return 'default' in schema ? [] : [{ name, test: `$exists(${value})`, wanted: 'any value' }];
    });
}

/** That no param was given which the DAG does not declare. */
function unknownText({ model }: Graph): string {
  return `$count($keys($params)[$not($ in ${literals(Object.keys(model.params).sort())})]) = 0`;
}

/** The params given over the defaults. */
function paramsText({ model }: Graph): Json {
  const defaults = Object.entries(model.params)
    .filter(([, { schema }]) => 'default' in schema)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { schema }]) => `${literal(name)}: ${jsonataOf(schema.default as Json)}`);
  if (defaults.length === 0) return computed('$states.input.params');
  return computed(`$merge([{${defaults.join(', ')}}, $states.input.params])`);
}

/** A JSON value as JSONata. */
function jsonataOf(value: Json): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(jsonataOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${literal(key)}: ${jsonataOf(item)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}
