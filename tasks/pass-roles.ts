import { check, filled, listOf, mayHoldToken, misfit, type Permission } from '../authoring/internal.ts';
import { roleArnOf } from './own-names.ts';

const ROLE = 'a role of `dag.env`, or the ARN of one, `arn:aws:iam::111122223333:role/task`';

/** A role that a policy names: where its name alone is known, its account and its path are not. */
export const roleToPass = check(ROLE, (given, where) =>
  typeof given === 'string' && !mayHoldToken(given) && !given.startsWith('arn:')
    ? [misfit(given, where, ROLE)]
    : filled(given, where),
);

/** The check of `passRoles`: the roles that a call hands on without naming them. */
export const rolesToPass = listOf(roleToPass, 'a list of roles');

/**
 * Leave to hand roles on to who assumes them.
 * @param to `ecs-tasks.amazonaws.com`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passesRoles(
  roles: readonly string[],
  to: string,
  isRole: ((name: string) => boolean) | undefined,
): Permission[] {
  return roles.map((one) => ({
    actions: ['iam:PassRole'],
    resources: [roleArnOf(`${one}`, isRole)],
    condition: { StringEquals: { 'iam:PassedToService': to } },
  }));
}
