import type { Handler, Kind } from '../resource.ts';
import { alarm, logGroup } from './monitoring.ts';
import { instanceProfile, role } from './role.ts';
import { alias, machine } from './state-machine.ts';
import { rule, schedule } from './triggers.ts';

export const HANDLERS = {
  role,
  'instance-profile': instanceProfile,
  'log-group': logGroup,
  machine,
  alias,
  rule,
  schedule,
  alarm,
} satisfies Record<Kind, Handler>;
