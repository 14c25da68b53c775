import type { Charge } from '../../authoring/internal.ts';
import type { Graph } from '../2-graph/graph.ts';
import { names, table } from './markdown.ts';

/** Of a Standard workflow in us-east-1, on 2026-11-24: "$0.025 per 1,000 state transitions". */
const PER_TRANSITION = 0.025 / 1000;
const TRANSITIONS_SOURCE = 'https://aws.amazon.com/step-functions/pricing/';

interface Item {
  readonly tasks: string[];
  readonly charge: Charge;
  /** What is known of it, in US dollars. */
  known: number | undefined;
}

/** What a run takes in which nothing fails, as far as anybody can know it from the DAG. */
export function costOf({ tasks }: Graph, transitions: number): string[] {
  const items = new Map<string, Item>();
  for (const [id, { model }] of tasks) {
    const { charge } = model.template;
    if (charge === undefined) continue;
    const item: Item = items.get(charge.what) ?? { tasks: [], charge, known: 0 };
    item.tasks.push(id);
    const own = leastOf(charge, model.estimateMs);
    item.known = item.known === undefined || own === undefined ? undefined : item.known + own;
    items.set(charge.what, item);
  }
  const sum = [...items.values()].reduce((total, { known }) => total + (known ?? 0), transitions * PER_TRANSITION);
  const open = [...items.values()].filter(({ known }) => known === undefined).flatMap((item) => item.tasks);
  return [
    table(
      ['', 'price', 'a run'],
      [
        [
          'Step Functions',
          `[$0.025 per 1,000 transitions](${TRANSITIONS_SOURCE})`,
          dollars(transitions * PER_TRANSITION),
        ],
        ...[...items.values()].map(({ tasks: ids, charge, known }) => [
          names(ids, 4),
          `[${charge.what}](${charge.source})`,
          known === undefined ? 'by its time' : dollars(known),
        ]),
        ['**at least**', '', `**${dollars(sum)}**${open.length === 0 ? '' : `, and ${names(open, 4)}`}`],
      ],
    ),
    'In US dollars, prices of us-east-1 as they were published in November 2026, without free tiers, retries, storage, requests and transfer; services that are not listed come on top.',
  ];
}

function leastOf({ perHour, least }: Charge, estimate: readonly [number, number] | undefined): number | undefined {
  if (perHour === undefined) return least;
  if (estimate === undefined) return undefined;
  return Math.max(least ?? 0, (perHour * (estimate[0] + estimate[1])) / 2 / 3_600_000);
}

function dollars(amount: number): string {
  return `$${amount >= 0.1 ? amount.toFixed(2) : amount.toPrecision(2)}`;
}
