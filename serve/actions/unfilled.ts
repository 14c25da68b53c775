import { token } from '../../asl/json/pointer.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import { hasPlaceholder, placeholderNames } from '../../asl/placeholders/index.ts';
import { diagnose } from '../../diagnostics/index.ts';
import type { World } from '../world.ts';

/** Fields of a Task that the service takes an ARN in, and looks at when a machine is made. */
const ARNS = [
  ['Resource'],
  ['Credentials', 'RoleArn'],
  ['Arguments', 'Authentication', 'ConnectionArn'],
  ['Parameters', 'Authentication', 'ConnectionArn'],
  ['Arguments', 'InvocationConfig', 'ConnectionArn'],
  ['Parameters', 'InvocationConfig', 'ConnectionArn'],
];

/**
 * The ARNs of a definition's tasks in which a placeholder is left: CloudFormation, SAM, Terraform and `dagwright deploy` fill it in, and the
 * service refuses what they did not.
 * @see https://github.com/aws/aws-cli/issues/10060
 */
export function unfilledArns(definition: string): { readonly location: string; readonly text: string }[] {
  return taskStates(parsed(definition), '').flatMap(({ state, path }) =>
    ARNS.flatMap((fields) => {
      const value = fields.reduce<Json | undefined>((at, field) => (isObject(at) ? at[field] : undefined), state);
      return typeof value === 'string' && !value.startsWith('{%') && hasPlaceholder(value)
        ? [{ location: `${path}/${fields.join('/')}`, text: value }]
        : [];
    }),
  );
}

/** Says of a machine that was made which placeholders stand in its other texts: the service takes them for texts like any other. */
export function warnUnfilled(machine: string, definition: string, { onStatus }: Pick<World, 'onStatus'>): void {
  const names = placeholderNames(definition);
  if (names.length === 0) return;
  const { code, message, remedy } = diagnose('SIM026', { machine, names });
  onStatus(`warning ${code}  ${message} ${remedy}`);
}

function parsed(definition: string): Json {
  try {
    return JSON.parse(definition) as Json;
  } catch {
    return null;
  }
}

interface Found {
  readonly state: Json;
  /** As AWS names the place. */
  readonly path: string;
}

/** The Task states, those of branches and of Maps included. */
function taskStates(machine: Json | undefined, at: string): Found[] {
  if (!isObject(machine) || !isObject(machine.States)) return [];
  return Object.entries(machine.States).flatMap(([name, state]) => {
    const path = `${at}/States/${token(name)}`;
    if (!isObject(state)) return [];
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      ...(state.Type === 'Task' ? [{ state, path }] : []),
      ...branches.flatMap((branch: Json, i) => taskStates(branch, `${path}/Branches[${i}]`)),
      ...['ItemProcessor', 'Iterator'].flatMap((field) => taskStates(state[field], `${path}/${field}`)),
    ];
  });
}
