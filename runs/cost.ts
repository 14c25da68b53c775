import type { Visit } from '../asl/history/visit.ts';
import type { Manifest, ManifestCharge, ManifestTask } from '../manifest/manifest.ts';

/** What one run took, or takes, by the prices in its manifest. */
export interface RunCost {
  readonly transitions: number;
  readonly seconds?: number;
  readonly items: readonly CostItem[];
  /** Of what is known, in US dollars. */
  readonly dollars: number;
}

export interface CostItem extends Pick<ManifestCharge, 'tasks' | 'what' | 'source'> {
  /** How long its tasks were up or at work, all together. */
  readonly hours?: number;
  /** Undefined if the price stands on AWS's page alone. */
  readonly dollars?: number;
}

const HOUR = 3_600_000;

/** What a run takes in which nothing fails, as the compiler knows it. */
export function costByPlan({ cost }: Manifest): RunCost | undefined {
  if (cost === undefined) return undefined;
  const items = cost.charges.map(({ tasks, what, source, known }) => ({
    tasks,
    what,
    source,
    ...(known !== undefined && { dollars: known }),
  }));
  return { transitions: cost.transitions, items, dollars: total(cost.transitions * cost.perTransition, items) };
}

/** What a run took, by its history: every state that was entered and every attempt beyond the first is a transition. */
export function costByHistory(
  manifest: Manifest,
  visits: readonly Visit[],
  { started, stopped }: { readonly started: number; readonly stopped: number },
): RunCost | undefined {
  const { cost, tasks } = manifest;
  if (cost === undefined) return undefined;
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const transitions = visits.reduce((sum, { attempts }) => sum + Math.max(1, attempts.length), 0);
  const items = cost.charges.map(({ tasks: ids, what, source, perHour, least }): CostItem => {
    const times = ids.flatMap((id) => {
      const task = byId.get(id);
      return task === undefined ? [] : timesOf(task, manifest, visits, stopped);
    });
    const hours = times.reduce((sum, ms) => sum + ms, 0) / HOUR;
    const dollars =
      perHour === undefined
        ? least === undefined
          ? undefined
          : times.length * least
        : times.reduce((sum, ms) => sum + Math.max(least ?? 0, (perHour * ms) / HOUR), 0);
    return { tasks: ids, what, source, hours, ...(dollars !== undefined && { dollars }) };
  });
  return {
    transitions,
    seconds: (stopped - started) / 1000,
    items,
    dollars: total(transitions * cost.perTransition, items),
  };
}

/** How long each stay of a task took; what a setup made is up until its teardown is done. */
function timesOf(
  { id, kind, states }: ManifestTask,
  manifest: Manifest,
  visits: readonly Visit[],
  stopped: number,
): number[] {
  const own = visits.filter(({ state }) => state === states[0]);
  if (kind !== 'setup') return own.map(({ entered, exited = stopped }) => exited - entered);
  const teardown = manifest.tasks.find((task) => task.setups?.includes(id));
  const torn = visits.findLast(({ state }) => teardown?.states.includes(state))?.exited ?? stopped;
  return own.map(({ entered }) => Math.max(0, torn - entered));
}

/** The middle of several runs, item by item. */
export function medianCost(costs: readonly RunCost[]): RunCost {
  const [first] = costs;
  const items = first!.items.map((item, i) => {
    const hours = costs.flatMap(({ items: all }) => all[i]?.hours ?? []);
    const dollars = costs.flatMap(({ items: all }) => all[i]?.dollars ?? []);
    return {
      ...item,
      ...(hours.length > 0 && { hours: median(hours) }),
      ...(dollars.length > 0 && { dollars: median(dollars) }),
    };
  });
  return {
    transitions: median(costs.map(({ transitions }) => transitions)),
    seconds: median(costs.map(({ seconds }) => seconds ?? 0)),
    items,
    dollars: median(costs.map(({ dollars }) => dollars)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function total(transitions: number, items: readonly CostItem[]): number {
  return items.reduce((sum, { dollars }) => sum + (dollars ?? 0), transitions);
}
