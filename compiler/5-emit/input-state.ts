import type { Json } from '../../asl/json.ts';
import type { Graph } from '../2-graph/graph.ts';
import { computed, literal } from './jsonata-text.ts';
import { inOrder } from './order-fields.ts';
import type { StatesJson } from './task-states.ts';

/** No task's id has a blank. */
const NAME = 'read input';

/** The state that takes params and the logical date from the execution's input, where a task reads one of them. */
export function inputState(graph: Graph, next: string): { start: string; states: StatesJson } {
  const reads = [...graph.tasks.values()].flatMap((task) => task.reads);
  const Assign: { [name: string]: Json } = {};
  if (reads.some(({ kind }) => kind === 'param')) Assign.params = paramsText(graph);
  if (reads.some(({ kind }) => kind === 'logicalDate')) {
    Assign.logicalDate = computed(
      '$exists($states.input.logical_date) ? $states.input.logical_date : $states.context.Execution.StartTime',
    );
  }
  if (Object.keys(Assign).length === 0) return { start: next, states: {} };
  return { start: NAME, states: { [NAME]: inOrder({ Type: 'Pass', Assign, Next: next }) } };
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
