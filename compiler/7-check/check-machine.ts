import { unescaped } from '../../asl/json/pointer.ts';
import { type Finding, validate } from '../../asl/validate/validate.ts';
import { type Diagnostic, diagnose, isError, type Place, Stop } from '../../diagnostics/index.ts';
import { isService } from '../../tasks/services.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Machine } from '../6-emit/emit-machine.ts';
import { shorthands } from './shorthands.ts';

/**
 * What the validator finds in a machine, brought back to the tasks: of a call's parameters, which are the user's, at the task's place. Any
 * other error is a defect of dagwright.
 * @param text the definition as it is written
 * @returns the warnings
 * @throws Stop with everything that AWS would refuse
 */
export function checkMachine(
  { model, tasks }: Graph,
  { definition, owners }: Pick<Machine, 'definition' | 'owners'>,
  text: string,
): Diagnostic[] {
  const { ofCalls, others } = sorted(
    [...validate(text), ...shorthands(definition)],
    (state) => owners.get(state),
    (task) => tasks.get(task)!.model.place,
  );
  const told = [...ofCalls, ...atFault(others.filter(isError), owners, tasks, model.id)];
  if (told.some(isError)) throw new Stop(told);
  return told;
}

/** Errors in the states of templates that are not dagwright's own are told at their tasks; any other is our defect. */
function atFault(
  errors: readonly Finding[],
  owners: Machine['owners'],
  tasks: Graph['tasks'],
  dag: string,
): Diagnostic[] {
  const foreign: Diagnostic[] = [];
  const own: Finding[] = [];
  for (const error of errors) {
    const { state } = placeIn(error.path);
    const model = tasks.get(owners.get(state) ?? '')?.model;
    if (model === undefined || model.decision || isService(model.template.service)) own.push(error);
    else {
      const detail = `makes a state that AWS would refuse: ${error.message.replace(/\.$/, '')}`;
      foreign.push(diagnose('DAG108', { task: model.id, kind: model.template.kind, part: 'lower', detail }, model));
    }
  }
  return own.length > 0 ? [...foreign, defect(dag, own)] : foreign;
}

/**
 * What the validator finds, brought to the tasks where it is of a call's arguments. Other warnings are of how the machine is laid out, which
 * is not the user's doing.
 */
export function sorted(
  findings: readonly Finding[],
  taskOf: (state: string) => string | undefined,
  placeOf: (task: string) => Place | undefined,
): { readonly ofCalls: Diagnostic[]; readonly others: Finding[] } {
  const ofCalls: Diagnostic[] = [];
  const others: Finding[] = [];
  for (const finding of findings) {
    const { state, field, path } = placeIn(finding.path);
    const task = taskOf(state);
    if (task !== undefined && USERS.has(finding.code)) {
      const args = {
        task,
        finding: finding.message,
        where: whereIn(field, finding.code === 'ASL112' ? ofList(path) : path),
        instead: finding.remedy,
      };
      const at = { task, place: placeOf(task) };
      ofCalls.push(finding.severity === 'error' ? diagnose('DAG123', args, at) : diagnose('DAG124', args, at));
    } else others.push(finding);
  }
  return { ofCalls, others };
}

/** The same of a machine that no task of the user's is in. */
export function mustBeValid(dag: string, text: string): void {
  const errors = validate(text).filter(isError);
  if (errors.length > 0) throw new Stop(defect(dag, errors));
}

function defect(dag: string, errors: readonly Finding[]): Diagnostic {
  const findings = errors
    .map(({ code, path, message }) => `${code} at ${path}: ${message.replace(/\.$/, '')}`)
    .join('; ');
  return diagnose('DAG030', { task: dag, findings });
}

/** Findings about the arguments of a call: their names, types and values, what is missing, idempotency tokens, a service that has ended. */
const USERS: ReadonlySet<string> = new Set([
  'ASL076',
  'ASL077',
  'ASL078',
  'ASL079',
  'ASL084',
  'ASL085',
  'ASL092',
  'ASL093',
  'ASL112',
]);
/** The innermost state of a JSON pointer, the field of it, and the path within the field. */
function placeIn(pointer: string): {
  readonly state: string;
  readonly field: string;
  readonly path: readonly string[];
} {
  const parts = pointer.split('/').map(unescaped);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    // `Arguments` may have a member of the name.
    if (parts.slice(at + 2, i).includes('Arguments')) break;
    if (part === 'States' && i + 1 < parts.length) at = i;
  }
  const [state = '', field = '', ...path] = parts.slice(at + 1);
  return { state, field, path };
}

/** An item of a list is reported with the list's name. */
function ofList(path: readonly string[]): readonly string[] {
  return path.slice(0, path.findLastIndex((part) => !/^\d+$/.test(part)) + 1);
}

function whereIn(field: string, path: readonly string[]): string {
  const outer = path.slice(0, -1);
  return field === 'Arguments' && outer.length > 0 ? ` It stands in ${outer.join('.')}.` : '';
}
