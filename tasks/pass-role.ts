import { builtIn, type Permission } from '../authoring/internal.ts';

/** Leave to hand a role, given by name or ARN, to one service and no other. */
export function passRole(role: string, service: string): Permission {
  const arn = `${role}`.startsWith('arn:')
    ? role
    : `arn:${builtIn('partition')}:iam::${builtIn('account')}:role/${role}`;
  return {
    actions: ['iam:PassRole'],
    resources: [arn],
    condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}
