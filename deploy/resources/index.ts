import type { Handler, Kind } from '../resource.ts';
import { alarm } from './alarm.ts';
import { alias } from './alias.ts';
import { instanceProfile } from './instance-profile.ts';
import { logGroup } from './log-group.ts';
import { machine } from './machine.ts';
import { role } from './role.ts';
import { rule } from './rule.ts';
import { schedule } from './schedule.ts';

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
