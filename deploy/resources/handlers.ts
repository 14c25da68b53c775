import type { Handler, Kind } from '../resource.ts';
import { functionAlias, lambdaFunction } from './function.ts';
import { alarm, logGroup } from './monitoring.ts';
import { instanceProfile, role } from './role.ts';
import { machine } from './state-machine.ts';
import { rule, schedule, scheduleGroup } from './triggers.ts';
import { alias } from './versions.ts';

export const HANDLERS = {
  role,
  'instance-profile': instanceProfile,
  'log-group': logGroup,
  function: lambdaFunction,
  'function-alias': functionAlias,
  machine,
  alias,
  rule,
  'schedule-group': scheduleGroup,
  schedule,
  alarm,
} satisfies Record<Kind, Handler>;
