import type { Amount } from '../../authoring/internal.ts';
import type { ManifestCharge, ManifestCost } from '../../manifest/manifest.ts';
import { dollars, priceText, sumOf } from '../../manifest/price-text.ts';
import { duration, names, table } from './markdown.ts';

const TRANSITIONS_SOURCE = 'https://aws.amazon.com/step-functions/pricing/';

/** When the prices were published that do not say another date. */
const AS_OF = 'November 2026';

/** What a run takes in which nothing fails, as far as anybody can know it from the DAG. */
export function costSection({ transitions, perTransition, charges }: ManifestCost): string[] {
  const steps = { least: transitions * perTransition, most: transitions * perTransition };
  const takes = charges.map((charge) => charge.takes!);
  return [
    table(
      ['', 'price', 'a run'],
      [
        ['Step Functions', `[$0.025 per 1,000 transitions](${TRANSITIONS_SOURCE})`, priceText(steps)],
        ...charges.map(({ tasks, what, source }, i) => [names(tasks, 4), `[${what}](${source})`, priceText(takes[i]!)]),
        ['**in all**', '', total([steps, ...takes])],
      ],
    ),
    ...notes(charges),
    `In US dollars, prices of us-east-1 as published in ${AS_OF}${otherDates(charges)}, without free tiers, retries, storage, requests and transfer; services that are not listed come on top.`,
  ];
}

/** What is known from below alone counts with that, and is said to. */
function total(parts: readonly Amount[]): string {
  const { least, most, isOpen } = sumOf(parts);
  const between = priceText({ least, most });
  if (!isOpen) return `**${between}**`;
  return dollars(least) === dollars(most) ? `**at least ${between}**` : `**${between}**, and what is open above it`;
}

function notes(charges: readonly ManifestCharge[]): string[] {
  const timed = charges.filter(({ hours }) => hours !== undefined);
  const lines = [
    ...charges.flatMap(({ tasks, open }) =>
      open === undefined ? [] : [`- Open above for ${names(tasks, 4)}: ${open}.`],
    ),
    ...(timed.length === 0 ? [] : [`- Times: ${timed.map(timeOf).join(', ')}. ${TIMES}`]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

const TIMES =
  'They come from each task’s `estimate`, and without one go from nothing to its `executionTimeout`; what a setup makes is up until its teardown. Estimates narrow them.';

function timeOf({ tasks, hours }: ManifestCharge): string {
  const { least, most } = hours!;
  const [from, to] = [least, most].map((one) => (one === undefined ? undefined : duration(one * 3_600_000)));
  const text =
    to === undefined
      ? least === 0
        ? 'nobody knows how long'
        : `${from} or longer`
      : from === to
        ? from
        : least === 0
          ? `up to ${to}`
          : `${from} to ${to}`;
  return `${names(tasks, 4)} ${text}`;
}

function otherDates(charges: readonly ManifestCharge[]): string {
  const dates = [...new Set(charges.flatMap(({ asOf }) => asOf ?? []))];
  const parts = dates.map(
    (date) =>
      `those of ${names(
        charges.flatMap(({ asOf, tasks }) => (asOf === date ? tasks : [])),
        4,
      )} in ${date}`,
  );
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
