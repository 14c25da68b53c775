import type { Check } from './check.ts';
import { definitions } from './checks/01-definitions.ts';
import { firstDeploys } from './checks/02-first-deploys.ts';
import { schedule } from './checks/03-schedule.ts';
import { changedLines } from './checks/04-changed-lines.ts';
import { tables } from './checks/05-tables.ts';
import { datalake } from './checks/06-datalake.ts';
import { stops } from './checks/07-stops.ts';
import { policies } from './checks/08-policies.ts';
import { backAndForth } from './checks/09-back-and-forth.ts';
import { destroyed } from './checks/10-destroyed.ts';
import { testState } from './checks/11-test-state.ts';

/** All checks, in the order in which they run. */
export const CHECKS: readonly Check[] = [
  definitions,
  firstDeploys,
  schedule,
  changedLines,
  tables,
  datalake,
  stops,
  policies,
  backAndForth,
  destroyed,
  testState,
];
