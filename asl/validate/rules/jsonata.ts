import { closest } from '../closest.ts';
import { evaluated, expressions } from '../expressions.ts';
import type { StateNode } from '../machine.ts';
import type { Report } from '../report.ts';
import { walk } from '../walk.ts';
import type { Rule } from './rule.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html: JSONata 2.0.6 without $eval. */
export const jsonata: Rule = {
  purpose: 'Every expression is JSONata as AWS has it, and stands where it is evaluated.',
  check(machine, report) {
    for (const { state, path, halfOpen, parsed } of expressions(machine)) {
      for (const { field, position } of parsed.states)
        if (field !== 'result' && field !== 'errorOutput')
          report('ASL058', () => ({ field, suggestion: closest(field, PARTS) }), path, {
            within: 2 + position - field.length,
          });
        else if (!canRead(field, state, path))
          report('ASL055', { field }, path, { within: 2 + position - field.length });
      if (halfOpen) report('ASL042', {}, path);
      else if (parsed.fault?.kind === 'operator')
        report('ASL043', { operator: parsed.fault.detail }, path, { within: 2 + parsed.fault.position });
      else if (parsed.fault !== undefined)
        report('ASL041', { detail: parsed.fault.detail }, path, { within: 2 + parsed.fault.position });
      if (parsed.top !== undefined) {
        const { name, position } = parsed.top;
        report('ASL059', { name }, path, { within: Math.max(2, 2 + position - name.length) });
      }
      for (const use of parsed.uses)
        if (use.called && use.name === 'eval')
          report('ASL044', {}, path, { within: 2 + use.position - 'eval'.length - 1 });
    }
    for (const state of machine.states) textThatLooksEvaluated(state, report);
  },
};

const PARTS = ['input', 'result', 'errorOutput', 'context'];

/** `result` is there when a state has worked, `errorOutput` when a catcher has caught. */
function canRead(field: 'result' | 'errorOutput', { path: statePath, type }: StateNode, path: string): boolean {
  const within = path.slice(statePath.length);
  if (field === 'errorOutput') return /^\/Catch\/\d+\/(Assign|Output)(\/|$)/.test(within);
  // Whether AWS refuses it in a Pass is not recorded: it is let through.
  const works = type === 'Task' || type === 'Parallel' || type === 'Map' || type === 'Pass';
  return works && /^\/(Assign|Output)(\/|$)/.test(within);
}

function textThatLooksEvaluated(state: StateNode, report: Report): void {
  const jsonata = state.language === 'JSONata';
  for (const holder of evaluated(state))
    walk(holder.value, holder.path, (value, path, key) => {
      if (jsonata && key?.endsWith('.$')) report('ASL047', { key }, path, { onKey: true });
      if (typeof value !== 'string' || !value.endsWith('%}')) return;
      if (jsonata && !value.startsWith('{%')) report('ASL046', {}, path);
      if (!jsonata && value.startsWith('{%')) report('ASL045', {}, path);
    });
}
