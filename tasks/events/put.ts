import {
  type Charge,
  type ChecksOf,
  check,
  filled,
  listOf,
  misfit,
  object,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import {
  type Conflict,
  checkedTemplate,
  filledValues,
  formed,
  jsonObject,
  type OtherNames,
  shortText,
} from '../checked.ts';
import { events, PER_EVENT } from './service.ts';

/** An event. */
export interface EventEntry {
  /** Who tells it, as rules match it: `data.sales`. Names that begin with `aws.` are AWS's own. */
  readonly source: string;
  /** What happened, as rules match it: `Ratings are there`. At most 128 characters. */
  readonly detailType: string;
  /** More of it, as JSON: an object. Default `{}`. */
  readonly detail?: unknown;
  /** ARNs of what it is about. */
  readonly resources?: readonly string[];
}

/** Events onto a bus: one, by its fields, or `entries`. */
export interface PutParameters extends Partial<EventEntry> {
  /** Up to ten events, in place of the fields of one. */
  readonly entries?: readonly EventEntry[];
  /** The bus, by its name, or by its ARN where it is another account's. Default: the account's default bus. */
  readonly bus?: string;
}

export interface PutOutput {
  readonly Entries: readonly { readonly EventId: string }[];
  readonly FailedEntryCount: number;
}

/**
 * Puts events onto a bus of EventBridge. Where one of them fails, the task fails with `EventBridge.FailedEntry`; those that did not are on the
 * bus, and a retry puts them there again.
 *
 * @example
 * ```ts
 * dag.task('tell', events.put({ bus: 'data', source: 'data.sales', detailType: 'Day is there', detail: { day: dag.logicalDate } }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function put(parameters: PutParameters): Template<PutOutput> {
  return checkedTemplate('events.put', parameters, PUT, made, OTHER_NAMES, together);
}

const source = formed('a name that does not begin with `aws.`, `data.sales`', (text) => !text.startsWith('aws.'));
const ENTRY: ChecksOf<EventEntry> = {
  source: required(source),
  detailType: required(shortText(128)),
  detail: jsonObject,
  resources: filledValues,
};
const entry = object<EventEntry>(ENTRY, "{ source: 'data.sales', detailType: '…', detail: { … } }");

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST = 10;
const ENTRIES = `a list of 1 to ${MOST} events`;
const PUT: ChecksOf<PutParameters> = {
  source,
  detailType: shortText(128),
  detail: jsonObject,
  resources: filledValues,
  entries: check(ENTRIES, (given, where) =>
    Array.isArray(given) && given.length >= 1 && given.length <= MOST
      ? listOf(entry, ENTRIES)(given, where)
      : [misfit(given, where, ENTRIES)],
  ),
  bus: filled,
};

const OTHER_NAMES: OtherNames = {
  eventbusname: 'bus',
  eventbus: 'bus',
  busname: 'bus',
  type: 'detailType',
  data: 'detail',
  payload: 'detail',
  message: 'detail',
  events: 'entries',
  endpointid: "`aws({ service: 'eventbridge', action: 'putEvents' })` takes it.",
  time: "`aws({ service: 'eventbridge', action: 'putEvents' })` takes it.",
  awsconnid: 'The machine’s role calls EventBridge: leave it out.',
};

function together({ entries, bus: _, ...one }: PutParameters): Conflict[] {
  const given = Object.keys(one);
  if (entries === undefined)
    return (['source', 'detailType'] as const)
      .filter((field) => one[field] === undefined)
      .map((field) => ({ detail: `there is no ${field}`, instead: `Give ${field}, or entries, each with its own.` }));
  return given.length === 0
    ? []
    : [
        {
          detail: `entries are whole events, and there is ${given.join(' and ')} beside them`,
          instead: `Put ${given.join(' and ')} into each of the entries.`,
        },
      ];
}

const RESOURCE = 'arn:aws:states:::events:putEvents';

function made({ entries, bus, ...one }: PutParameters): Template<PutOutput> {
  const all = entries ?? [one as EventEntry];
  return template({
    service: 'events',
    kind: 'events.put',
    outputShape: answerShape(RESOURCE, ['Entries', 'FailedEntryCount']),
    sample: { ...events.samples.put, Entries: all.map(() => events.samples.put.Entries[0]) },
    charge: charge(all.length),
    lower: (limits) => callFragment(RESOURCE, { Entries: all.map((event) => entryOf(event, bus)) }, limits),
    permissions: () => [],
  });
}

function entryOf({ source: from, detailType, detail: more = {}, resources }: EventEntry, bus: string | undefined) {
  return {
    ...(bus !== undefined && { EventBusName: bus }),
    Source: from,
    DetailType: detailType,
    Detail: more,
    ...(resources && { Resources: resources }),
  };
}

function charge(count: number): Charge {
  return {
    what: '$1.00 per million events of 64 KB',
    least: count * PER_EVENT,
    source: 'https://aws.amazon.com/eventbridge/pricing/',
    asOf: 'March 2026',
  };
}
