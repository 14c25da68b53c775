import type { ManifestCost } from '../../manifest/manifest.ts';
import { names, table } from './markdown.ts';

const TRANSITIONS_SOURCE = 'https://aws.amazon.com/step-functions/pricing/';

/** What a run takes in which nothing fails, as far as anybody can know it from the DAG. */
export function costOf({ transitions, perTransition, charges }: ManifestCost): string[] {
  const sum = charges.reduce((total, { known }) => total + (known ?? 0), transitions * perTransition);
  const open = charges.filter(({ known }) => known === undefined).flatMap(({ tasks }) => tasks);
  return [
    table(
      ['', 'price', 'a run'],
      [
        [
          'Step Functions',
          `[$0.025 per 1,000 transitions](${TRANSITIONS_SOURCE})`,
          dollars(transitions * perTransition),
        ],
        ...charges.map(({ tasks, what, source, known }) => [
          names(tasks, 4),
          `[${what}](${source})`,
          known === undefined ? 'by its time' : dollars(known),
        ]),
        ['**at least**', '', `**${dollars(sum)}**${open.length === 0 ? '' : `, and ${names(open, 4)}`}`],
      ],
    ),
    'In US dollars, prices of us-east-1 as they were published in November 2026, without free tiers, retries, storage, requests and transfer; services that are not listed come on top.',
  ];
}

function dollars(amount: number): string {
  return `$${amount >= 0.1 ? amount.toFixed(2) : amount.toPrecision(2)}`;
}
