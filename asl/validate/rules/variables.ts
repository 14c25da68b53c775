import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { BUILT_IN_FUNCTIONS } from '../../jsonata/built-in.ts';
import { LIMITS } from '../../language/limits.ts';
import { isKeyLater } from '../draft.ts';
import type { Report, Rule } from '../rule.ts';
import { type Assignment, assignedBefore, findVariables, type Read } from '../variables.ts';

/** What an expression can call. `eval`, which Step Functions does not have, is reported by rules/jsonata.ts. */
const FUNCTIONS: ReadonlySet<string> = new Set([...BUILT_IN_FUNCTIONS].filter((name) => name !== 'eval'));

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
export const variables: Rule = {
  purpose: 'Variables have names of their own, are assigned before they are read, and hide nothing.',
  check(machine, report) {
    const { assignments, hiding, reads } = findVariables(machine);
    for (const assignment of assignments) checkName(assignment, report);
    for (const { inner, outer, onlyCaught } of hiding)
      report(onlyCaught ? 'ASL065' : 'ASL060', { name: inner.name, outer: outer.state.name }, inner.path, {
        onKey: true,
      });
    const suspects = reads.filter(({ name, called, assigned }) =>
      assigned === 'yes' ? !called : !FUNCTIONS.has(name) && !(called && name === 'eval'),
    );
    // What is filled in later may assign it.
    if (suspects.length === 0 || machine.partial) return;
    const before = assignedBefore(machine, new Set(suspects.map(({ name }) => name)));
    // A machine that looks whether a variable is there knows that it may be missing.
    const tested = new Set(reads.filter(({ guarded }) => guarded).map(({ name }) => name));
    const names = new Set(assignments.map(({ name }) => name));
    const told = new Set<string>();
    for (const read of suspects) {
      const { assigned, name, state, path, within } = read;
      // Once a state: the same variable stands in many of its fields.
      const id = `${name} ${state.name}`;
      if (told.has(id)) continue;
      if (assigned === 'yes') {
        if (tested.has(name) || before(state, name)) continue;
        report('ASL063', { name }, path, { within });
      } else {
        const distributed = assigned === 'outside';
        report('ASL062', () => ({ name, distributed, suggestion: suggestion(read, names) }), path, { within });
      }
      told.add(id);
    }
  },
};

function suggestion({ name, called }: Read, names: ReadonlySet<string>): string | undefined {
  return nearest(name, called ? [...names, ...FUNCTIONS] : names);
}

function checkName({ name, path }: Assignment, report: Report): void {
  if (isKeyLater(name)) return;
  const at = { onKey: true };
  if (name === 'states') report('ASL064', { name, detail: 'the name is reserved' }, path, at);
  else if ([...name].length > LIMITS.variableName)
    report('ASL064', { name, detail: `it has more than ${LIMITS.variableName} characters` }, path, at);
  else if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name))
    report('ASL064', { name, detail: 'it is not an identifier' }, path, at);
  else if (FUNCTIONS.has(name)) report('ASL061', { name }, path, at);
}
