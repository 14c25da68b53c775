import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NoHistory, NotJson, readHistory } from '../../asl/history/read-history.ts';
import type { HistoryEvent } from '../../asl/interpret/options.ts';
import { pictureOf } from '../../report/picture/picture.ts';
import { simulate } from '../../simulate/simulate.ts';
import { ORDERS, ORDERS_INPUT, ORDERS_MOCKS } from './machines.ts';

test('any text is a history, or is refused with a reason', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.json()).map((all) => all.join('\n')),
      ),
      (text) => {
        try {
          expect(readHistory(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error instanceof NoHistory || error instanceof NotJson).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('a history with holes, or of another interpreter that links its events otherwise, is drawn all the same', async () => {
  const runs = await Promise.all(
    Object.values(ORDERS_MOCKS).map(async (mocks) => (await simulate(ORDERS, { input: ORDERS_INPUT, mocks })).events),
  );
  const broken = fc
    .tuple(fc.constantFrom(...runs), fc.infiniteStream(fc.integer({ min: 0, max: 99 })))
    .map(([events, dice]) =>
      events.flatMap((event): HistoryEvent[] => {
        const [lost, relinked] = [dice.next().value!, dice.next().value!];
        if (lost < 12) return [];
        // Events before it, of no event at all, and even of later ones.
        return [{ ...event, previousEventId: relinked < 12 ? relinked : event.previousEventId }];
      }),
    );
  await fc.assert(
    fc.asyncProperty(broken, async (events) => {
      const html = await pictureOf(ORDERS, events, { title: 'broken' });
      expect(html).toMatch(/^<!doctype html>[\s\S]+<\/html>\n$/);
      expect(html).not.toMatch(/NaN|undefined|Infinity/);
    }),
    { numRuns: 40 },
  );
}, 120_000);
