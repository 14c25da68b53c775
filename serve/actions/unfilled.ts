import { isObject, type Json } from '../../asl/json/value.ts';
import { hasPlaceholder, placeholderNames } from '../../asl/placeholders/index.ts';
import { awsLocation } from '../../asl/validate/aws-diagnostic.ts';
import { indexMachine } from '../../asl/validate/machine.ts';
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
  const value = parsed(definition);
  const states = isObject(value) ? indexMachine(value).states : [];
  return states
    .filter(({ type }) => type === 'Task')
    .flatMap(({ json, path }) =>
      ARNS.flatMap((fields) => {
        const text = fields.reduce<Json | undefined>((at, field) => (isObject(at) ? at[field] : undefined), json);
        return typeof text === 'string' && !text.startsWith('{%') && hasPlaceholder(text)
          ? [{ location: awsLocation(`${path}/${fields.join('/')}`), text }]
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
