import { expect, test } from '@jest/globals';
import { HybridClock } from '../../engines/hybrid-clock.ts';

const never = new Promise<never>(() => {});
const HOUR = 3_600_000;

test('jumps where no engine is at work', async () => {
  const clock = new HybridClock();
  const at = clock.now() + HOUR;
  const real = Date.now();
  await clock.sleepUntil(at, never);
  expect(clock.now()).toBeGreaterThanOrEqual(at);
  expect(Date.now() - real).toBeLessThan(HOUR / 2);
});

test('does not jump while an engine is at work, and its reply comes before a later time', async () => {
  const clock = new HybridClock();
  const before = clock.now();
  const reply = clock.during(() => new Promise<string>((done) => setTimeout(done, 30, 'reply')));
  await clock.sleepUntil(before + HOUR, reply);
  expect(clock.now() - before).toBeLessThan(HOUR / 2);
  expect(await reply).toBe('reply');
});

test('jumps once work that nobody waits for has ended', async () => {
  const clock = new HybridClock();
  const at = clock.now() + HOUR;
  let ended = false;
  void clock.during(async () => {
    await new Promise((done) => setTimeout(done, 30));
    ended = true;
  });
  await clock.sleepUntil(at, never);
  expect(ended).toBe(true);
  expect(clock.now()).toBeGreaterThanOrEqual(at);
});

test('a time that has come while an engine works ends the sleep', async () => {
  const clock = new HybridClock();
  void clock.during(() => new Promise((done) => setTimeout(done, 400)));
  const at = clock.now() + 20;
  await clock.sleepUntil(at, never);
  expect(clock.now()).toBeGreaterThanOrEqual(at);
  await clock.settled();
});

test('without a time it sleeps until it is woken', async () => {
  const clock = new HybridClock();
  const before = clock.now();
  await clock.sleepUntil(Number.POSITIVE_INFINITY, new Promise((done) => setTimeout(done, 20)));
  expect(clock.now() - before).toBeLessThan(HOUR);
});
