import { describe, expect, test } from '@jest/globals';
import { NoHistory, NotJson, readHistory } from '../../../asl/history/read-history.ts';
import { trace } from '../../../asl/history/trace.ts';
import type { StateMachine } from '../../../asl/language/types.ts';
import { simulate } from '../../../simulate/simulate.ts';

const MACHINE: StateMachine = {
  StartAt: 'each',
  States: {
    each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: { StartAt: 'one', States: { one: { Type: 'Pass', End: true } } },
      End: true,
    },
  },
};
const run = async () => (await simulate(MACHINE, { input: { items: [1, 2] } })).events;
const text = (value: unknown) => JSON.stringify(value);
/** Without what only this project's own events have. */
const plain = async () => (JSON.parse(text(await run())) as { name?: string }[]).map(({ name, ...event }) => event);

const SHAPES: readonly (readonly [string, (events: Record<string, unknown>[]) => string])[] = [
  ['a list of events', (events) => text(events)],
  [
    'what the AWS CLI prints',
    (events) =>
      JSON.stringify(
        {
          events: events.map((event) => ({
            ...event,
            timestamp: new Date(event.timestamp as number).toISOString().replace('Z', '000+00:00'),
          })),
        },
        null,
        4,
      ),
  ],
  [
    'timestamps in seconds',
    (events) => text({ events: events.map((event) => ({ ...event, timestamp: (event.timestamp as number) / 1000 })) }),
  ],
  ['the newest first', (events) => text({ events: [...events].reverse() })],
  [
    'pages one after the other',
    (events) => `${text({ events: events.slice(0, 4), nextToken: 't}' })}\n${text({ events: events.slice(4) })}\n`,
  ],
  ['a list of pages', (events) => text([{ events: events.slice(0, 4) }, { events: events.slice(4) }])],
  ['a line an event', (events) => events.map(text).join('\n')],
  ['events that overlap', (events) => `${text(events)}${text(events.slice(3))}`],
  ['with a byte order mark', (events) => `\uFEFF${text(events)}`],
];

describe('reads the same events from', () => {
  test.each(SHAPES)('%s', async (_, shape) => {
    const expected = JSON.parse(text(await run())) as unknown;
    expect(readHistory(shape((await plain()) as Record<string, unknown>[]))).toEqual(expected);
  });

  test('the log of an Express workflow', async () => {
    const events = JSON.parse(text(await run())) as Record<string, unknown>[];
    const records = events.map(({ id, previousEventId, timestamp, type, name, ...details }) => ({
      id: String(id),
      type,
      details: Object.values(details)[0] ?? {},
      previous_event_id: String(previousEventId),
      event_timestamp: String(timestamp),
      execution_arn: 'arn:aws:states:us-east-1:123456789012:express:m:e:1',
      redrive_count: '0',
    }));
    const asRead = readHistory(
      text({ events: records.map((record) => ({ logStreamName: 's', timestamp: 1, message: text(record) })) }),
    );
    expect(trace(MACHINE, asRead)).toMatchObject({
      status: 'SUCCEEDED',
      visits: [
        { state: 'each' },
        { state: 'one', within: { iteration: 0 } },
        { state: 'one', within: { iteration: 1 } },
      ],
    });
    expect(asRead.map(({ id, name }) => [id, name])).toEqual(events.map(({ id, name }) => [id, name]));
    const other = { ...records[0], id: '99', execution_arn: 'arn:aws:states:us-east-1:123456789012:express:m:f:2' };
    expect(() => readHistory([...records, other].map(text).join('\n'))).toThrow('events of two executions');
  });
});

describe('says what is wrong with', () => {
  const BAD: readonly (readonly [string, string, string])[] = [
    ['no events', '{"events": []}', 'it has no events'],
    ['another document', '{"StartAt": "a"}', 'which has no id and type'],
    ['a list of texts', '["{}"]', 'which has no id and type'],
    ['a number', '7', 'it holds 7, which is no event'],
    [
      'a timestamp that is none',
      '[{"id": 1, "type": "ExecutionStarted", "timestamp": "soon"}]',
      'the timestamp of event 1',
    ],
    [
      'two executions',
      '[{"id":1,"type":"ExecutionStarted","timestamp":1},{"id":1,"type":"ExecutionStarted","timestamp":2}]',
      'two executions',
    ],
    ['events that stand too deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'too deep'],
  ];
  test.each(BAD)('%s', (_, document, message) => {
    expect(() => readHistory(document)).toThrow(NoHistory);
    expect(() => readHistory(document)).toThrow(message);
  });

  test.each(['', '{', '{"events": [}', '{} x', '{}{"a"'])('what is not JSON: %j', (document) => {
    expect(() => readHistory(document)).toThrow(NotJson);
  });
});
