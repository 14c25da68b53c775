import type { Diagnostic } from '../../diagnostics/index.ts';
import { isError } from './check-graph.ts';
import type { Draft, Graph } from './graph.ts';

/** Faults in values, calls and expressions: whoever mends them changes neither a rule nor what waits for what, except for what is read. */
const OF_VALUES = codes('DAG011 DAG013 DAG014 DAG015 DAG020 DAG071 DAG072 DAG074 DAG102 DAG103 DAG105 DAG155');
const OF_CALLS = codes('DAG108 DAG115 DAG116 DAG117 DAG118 DAG119 DAG120 DAG122');
const OF_EXPRESSIONS = codes(
  'DAG040 DAG041 DAG042 DAG043 DAG044 DAG045 DAG046 DAG047 DAG048 DAG049 DAG050 DAG051 DAG052 DAG053 DAG054 DAG055 DAG056 DAG057 DAG070',
);
const OF_DECLARATIONS = codes('DAG089 DAG090 DAG091 DAG092 DAG093 DAG094 DAG095 DAG096 DAG097 DAG098');
/** Faults in an object's fields: one of them may be the rule, or the errors that a task is skipped on. */
const OF_FIELDS = codes('DAG006 DAG085 DAG086 DAG087 DAG088 DAG099 DAG100 DAG101');

function codes(list: string): readonly string[] {
  return list.split(' ');
}

const HARMLESS: ReadonlySet<string> = new Set([...OF_VALUES, ...OF_CALLS, ...OF_EXPRESSIONS, ...OF_DECLARATIONS]);
const FIELDS: ReadonlySet<string> = new Set(OF_FIELDS);

/** Whether dependencies and rules are known in spite of what was found, so that how the run goes can be decided. */
export function isStructured({ model, tasks }: Draft, found: readonly Diagnostic[]): boolean {
  const isOfDag = ({ task, place }: Diagnostic) =>
    task === undefined && JSON.stringify(place) === JSON.stringify(model.place);
  const errors = found.filter(isError);
  return (
    errors.every((one) => HARMLESS.has(one.code) || (FIELDS.has(one.code) && !isOfDag(one))) &&
    [...tasks.values()].every(
      ({ model: { kind, decision }, fragment }) =>
        fragment !== undefined && (decision !== undefined || (kind !== 'branch' && kind !== 'short_circuit')),
    )
  );
}

/** The tasks whose own rule may be another one when the faults are mended, and every task behind them. */
export function inDoubt({ tasks }: Graph, found: readonly Diagnostic[]): ReadonlySet<string> {
  const doubtful = new Set(
    found.flatMap((one) => (isError(one) && FIELDS.has(one.code) && one.task !== undefined ? [one.task] : [])),
  );
  for (const id of doubtful) for (const behind of tasks.get(id)?.downstreams ?? []) doubtful.add(behind);
  return doubtful;
}
