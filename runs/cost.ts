import { detailsOf } from '../asl/history/events.ts';
import type { Visit } from '../asl/history/visit.ts';
import type { Amount, Manifest, ManifestCharge, ManifestTask } from '../manifest/manifest.ts';
import { amountOf, sumOf } from '../manifest/price-text.ts';
import { measuredDollars, measureOf, priceTimes } from '../tasks/services.ts';

/** What one run took, or takes, by the prices in its manifest, in US dollars. */
export interface RunCost {
  readonly transitions: number;
  /** What these take. */
  readonly transitionDollars: number;
  readonly seconds?: number;
  readonly items: readonly CostItem[];
  /** All of it, what is known from below alone with that. */
  readonly dollars: { readonly least: number; readonly most: number; readonly isOpen: boolean };
}

export interface CostItem extends Pick<ManifestCharge, 'tasks' | 'what' | 'open' | 'asOf' | 'source'> {
  /** How long its tasks were up or at work, all together. */
  readonly hours?: Amount;
  /** Without `most` where it may be more than anybody can tell; undefined where no price is known. */
  readonly dollars?: Amount;
}

const HOUR = 3_600_000;

/** What a run takes in which nothing fails, as the compiler knows it. */
export function costByPlan(manifest: Manifest, region: string): RunCost | undefined {
  const { cost } = manifest;
  if (cost === undefined) return undefined;
  const items = cost.charges.map((charge): CostItem => {
    const takes = charge.takes ?? amountOf(charge.known);
    return itemOf(charge, charge.hours, takes && there(takes, charge, manifest, region));
  });
  const transitionDollars = cost.transitions * cost.perTransition;
  return { transitions: cost.transitions, transitionDollars, items, dollars: total(transitionDollars, items) };
}

/** What a run took, by its history: every state that was entered and every attempt beyond the first is a transition. */
export function costByHistory(
  manifest: Manifest,
  visits: readonly Visit[],
  { started, stopped, region }: { readonly started: number; readonly stopped: number; readonly region: string },
): RunCost | undefined {
  const { cost, tasks } = manifest;
  if (cost === undefined) return undefined;
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const transitions = visits.reduce((sum, { attempts }) => sum + Math.max(1, attempts.length), 0);
  const items = cost.charges.map((charge): CostItem => {
    const times = charge.tasks.flatMap((id) => {
      const task = byId.get(id);
      return task === undefined ? [] : timesOf(task, manifest, visits, stopped);
    });
    const hours = times.reduce((sum, ms) => sum + ms, 0) / HOUR;
    const dollars = measuredOf(charge, manifest, visits) ?? dollarsOf(charge, times);
    return itemOf(charge, { least: hours, most: hours }, dollars && there(dollars, charge, manifest, region));
  });
  const transitionDollars = transitions * cost.perTransition;
  return {
    transitions,
    transitionDollars,
    seconds: (stopped - started) / 1000,
    items,
    dollars: total(transitionDollars, items),
  };
}

function itemOf(
  { tasks, what, open, asOf, source }: ManifestCharge,
  hours: Amount | undefined,
  dollars: Amount | undefined,
): CostItem {
  return {
    ...{ tasks, what, source },
    ...(open !== undefined && { open }),
    ...(asOf !== undefined && { asOf }),
    ...(hours !== undefined && { hours }),
    ...(dollars !== undefined && { dollars }),
  };
}

/** What tasks that took so long took in dollars; undefined where the manifest has no price of it. */
function dollarsOf(charge: ManifestCharge, times: readonly number[]): Amount | undefined {
  const { least, open } = charge;
  const perHour = amountOf(charge.perHour);
  if (perHour === undefined && least === undefined) return undefined;
  const all = (hour: number) => times.reduce((sum, ms) => sum + Math.max(least ?? 0, (hour * ms) / HOUR), 0);
  const { least: from, most: to } = perHour ?? { least: 0, most: 0 };
  return { least: all(from), ...(to !== undefined && open === undefined && { most: all(to) }) };
}

/** What the service's answers say that its tasks took; undefined where it has no such answers. */
function measuredOf(charge: ManifestCharge, manifest: Manifest, visits: readonly Visit[]): Amount | undefined {
  const measure = measureOf(serviceOf(charge, manifest));
  if (measure === undefined) return undefined;
  const states = new Set(manifest.tasks.flatMap((task) => (charge.tasks.includes(task.id) ? task.states : [])));
  const amounts = visits
    .filter(({ state }) => states.has(state))
    .flatMap(({ events }) => {
      const isCall = ({ type, resource }: Details) =>
        type === 'TaskScheduled' && String(resource).split('.')[0] === measure.action;
      const details = events.map((event): Details => ({ ...detailsOf(event), type: event.type }));
      const calls = details.filter(isCall).length;
      const answers = calls === 0 ? [] : details.filter(({ type, output }) => type === 'TaskSucceeded' && output);
      // A call that failed may have been billed, and says nothing of it.
      const silent = Array.from({ length: calls - answers.length }, () => undefined);
      return [...answers.map(({ output }) => parsed(String(output))), ...silent].map((one) =>
        measuredDollars(measure, one),
      );
    });
  const { least, most, isOpen } = sumOf(amounts);
  return { least, ...(!isOpen && { most }) };
}

type Details = Readonly<Record<string, unknown>>;

/** An output that is too long for a history is cut. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In another region than us-east-1, where it is known how the service's prices stand to each other. */
function there({ least, most }: Amount, charge: ManifestCharge, manifest: Manifest, region: string): Amount {
  const times = priceTimes(serviceOf(charge, manifest), region);
  return {
    least: least * (times?.least ?? 1),
    ...(most !== undefined && { most: most * (times?.most ?? 1) }),
  };
}

function serviceOf({ tasks: [first] }: ManifestCharge, { tasks }: Manifest): string {
  return tasks.find(({ id }) => id === first)?.service ?? '';
}

/** The services whose prices in a region are not known here, by their names. */
export function pricedElsewhere(manifest: Manifest, region: string): string[] {
  const services = manifest.cost?.charges.map((charge) => serviceOf(charge, manifest)) ?? [];
  return [...new Set(services)].filter((service) => priceTimes(service, region) === undefined);
}

/** How long each stay of a task took; what a setup made is up until the last of its teardowns is done. */
function timesOf(
  { id, kind, states }: ManifestTask,
  manifest: Manifest,
  visits: readonly Visit[],
  stopped: number,
): number[] {
  const own = visits.filter(({ state }) => state === states[0]);
  const teardowns = new Set(manifest.tasks.flatMap((task) => (task.setups?.includes(id) ? task.states : [])));
  const torn = visits.filter(({ state }) => teardowns.has(state)).map(({ exited }) => exited ?? stopped);
  return own.map(({ entered, exited = stopped, failed }) => {
    const isUp = kind === 'setup' && !failed;
    return Math.max(
      0,
      (isUp ? torn.reduce((a, b) => Math.max(a, b), torn.length > 0 ? exited : stopped) : exited) - entered,
    );
  });
}

/** The middle of several runs, item by item. */
export function medianCost(costs: readonly RunCost[]): RunCost {
  const items = costs[0]!.items.map((item, i) => {
    const hours = costs.flatMap(({ items: all }) => all[i]?.hours ?? []);
    const amounts = costs.flatMap(({ items: all }) => all[i]?.dollars ?? []);
    return {
      ...item,
      ...(hours.length > 0 && { hours: medianAmount(hours) }),
      ...(amounts.length > 0 && { dollars: medianAmount(amounts) }),
    };
  });
  return {
    transitions: median(costs.map(({ transitions }) => transitions)),
    transitionDollars: median(costs.map(({ transitionDollars }) => transitionDollars)),
    seconds: median(costs.map(({ seconds }) => seconds ?? 0)),
    items,
    dollars: {
      least: median(costs.map(({ dollars }) => dollars.least)),
      most: median(costs.map(({ dollars }) => dollars.most)),
      isOpen: costs.some(({ dollars }) => dollars.isOpen),
    },
  };
}

function medianAmount(amounts: readonly Amount[]): Amount {
  const bounds = amounts.flatMap(({ most }) => most ?? []);
  return {
    least: median(amounts.map(({ least }) => least)),
    ...(bounds.length === amounts.length && { most: median(bounds) }),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function total(transitions: number, items: readonly CostItem[]): RunCost['dollars'] {
  const { least, most, isOpen } = sumOf([
    { least: transitions, most: transitions },
    ...items.flatMap(({ dollars }) => dollars ?? []),
  ]);
  return { least, most, isOpen: isOpen || items.some(({ dollars }) => dollars === undefined) };
}
