import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { walk } from '../../json/pointer.ts';
import { unknownMember } from '../../language/context-object.ts';
import { placeholdersOf } from '../../placeholders/index.ts';
import { evaluated, expressions } from '../expressions.ts';
import type { StatesUse } from '../jsonata.ts';
import type { StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html: JSONata 2.0.6 without $eval. */
export const jsonata: Rule = {
  purpose: 'Every expression is JSONata as AWS has it, and stands where it is evaluated.',
  check(machine, report) {
    for (const { state, path, halfOpen, parsed } of expressions(machine)) {
      for (const use of parsed.states) checkStates(use, state, path, report);
      if (halfOpen) report('ASL042', {}, path);
      else if (parsed.fault?.kind === 'operator')
        report('ASL043', { operator: parsed.fault.detail }, path, { within: 2 + parsed.fault.position });
      else if (parsed.fault !== undefined)
        report('ASL041', { detail: parsed.fault.detail }, path, { within: 2 + parsed.fault.position });
      for (const { name, position } of parsed.top)
        report(name === '$' ? 'ASL096' : 'ASL059', { name }, path, { within: Math.max(2, 2 + position - name.length) });
      if (parsed.root !== undefined) report('ASL095', {}, path, { within: parsed.root.position });
      for (const use of parsed.uses)
        if (use.called && use.name === 'eval')
          report('ASL044', {}, path, { within: 2 + use.position - 'eval'.length - 1 });
    }
    for (const state of machine.states) textThatLooksEvaluated(state, report);
  },
};

const PARTS = ['input', 'result', 'errorOutput', 'context'];

function checkStates({ fields, positions }: StatesUse, state: StateNode, path: string, report: Report): void {
  const [field, ...inner] = fields;
  const within = (i: number) => ({ within: 2 + positions[i]! - fields[i]!.length });
  if (field === 'result' || field === 'errorOutput') {
    if (!canRead(field, state, path)) report('ASL055', { field }, path, within(0));
  } else if (field === 'context') {
    const wrong = unknownMember(inner);
    if (wrong !== undefined)
      report(
        'ASL097',
        { member: `$states.context.${wrong.path}`, suggestion: wrong.suggestion },
        path,
        within(wrong.at + 1),
      );
  } else if (field !== 'input') report('ASL058', () => ({ field, suggestion: nearest(field, PARTS) }), path, within(0));
}

/** `result` is there when a state has worked, `errorOutput` when a catcher has caught. */
function canRead(field: 'result' | 'errorOutput', { path: statePath, type }: StateNode, path: string): boolean {
  const within = path.slice(statePath.length);
  if (field === 'errorOutput') return /^\/Catch\/\d+\/(Assign|Output)(\/|$)/.test(within);
  const works = type === 'Task' || type === 'Parallel' || type === 'Map';
  return works && /^\/(Assign|Output)(\/|$)/.test(within);
}

function textThatLooksEvaluated(state: StateNode, report: Report): void {
  const jsonata = state.language === 'JSONata';
  for (const holder of evaluated(state))
    walk(holder.value, holder.path, (value, path, key) => {
      if (jsonata && key?.endsWith('.$')) report('ASL047', { key }, path, { onKey: true });
      if (typeof value !== 'string' || !value.endsWith('%}')) return;
      if (jsonata && !value.startsWith('{%') && placeholdersOf(value)[0]?.start !== 0) report('ASL046', {}, path);
      if (!jsonata && value.startsWith('{%')) report('ASL045', {}, path);
    });
}
