import { isFilledLater } from '../filled-later.ts';
import type { StateNode } from '../machine.ts';
import { type PathText, pathTexts } from '../paths.ts';
import { inputShapes, missing, type Shape } from '../shapes.ts';
import type { Rule } from './rule.ts';

/** States.ParameterPathFailure and States.Runtime, before anything runs. */
export const produced: Rule = {
  purpose: 'A path into the input does not lead to a field that no state before gives.',
  check(machine, report) {
    const reads = pathTexts(machine).filter(readsInput);
    if (reads.length === 0) return;
    const shapes = inputShapes(machine);
    for (const { state, path, value } of reads) {
      const text = String(value);
      const input = shapes.get(state) ?? 'any';
      const name = missing(input, text);
      if (name !== undefined) report('ASL052', { path: text, states: describe(state, input) }, path);
    }
  },
};

/** What is evaluated on the raw input: an InputPath, or where there is none, Parameters and the fields that name places. */
function readsInput({ state, path, role, fault, intrinsic }: PathText): boolean {
  if (fault !== undefined || intrinsic !== undefined || isFilledLater(state.json.InputPath)) return false;
  const field = path.slice(state.path.length + 1).split('/', 1)[0]!;
  if (field === 'InputPath') return true;
  if (state.json.InputPath !== undefined && state.json.InputPath !== '$') return false;
  if (field === 'Parameters') return role === 'payload' && (state.type !== 'Map' || state.json.ItemsPath === undefined);
  return role === 'path' && field !== 'OutputPath' && field !== 'Choices' && state.json.Parameters === undefined;
}

function describe({ scope }: StateNode, input: Shape): string {
  const names = input === 'any' ? [] : [...input.fields.keys()];
  const before = scope.owner === undefined ? 'the states before' : `the states before, or from "${scope.owner.name}",`;
  return names.length === 0 ? before : `${before} (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`;
}
