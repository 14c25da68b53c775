import { builtIn, splitTokens, type Target, targetOf } from '../authoring/internal.ts';

/** The name of the env value that a value is as a whole: a reference, or a text that is nothing else. */
export function envName(value: unknown): string | undefined {
  const target = targetOf(value) ?? (typeof value === 'string' ? onlyTarget(value) : undefined);
  return target?.kind === 'env' ? target.path[0] : undefined;
}

function onlyTarget(text: string): Target | undefined {
  const [only, ...others] = splitTokens(text);
  return others.length === 0 && only !== undefined && 'target' in only ? only.target : undefined;
}

/**
 * A role for a field that takes its ARN: one of `dag.env`, which is known by its name, as the ARN of that name; any other value as it is.
 * @param isRole whether a name of the DAG's env is declared as a role's
 */
export function roleArnOf(role: string, isRole: (name: string) => boolean = () => false): string {
  const name = envName(role);
  return name !== undefined && isRole(name) ? roleArn(role) : role;
}

/** The ARN of a role of the machine's own account. */
export function roleArn(role: string): string {
  return `arn:${builtIn('partition')}:iam::${builtIn('account')}:role/${role}`;
}
