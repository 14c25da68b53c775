import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { StateMachine } from '../../asl/language/types.ts';
import { pictureOf } from '../../report/picture/picture.ts';
import { type SimulateOptions, simulate } from '../../simulate/simulate.ts';
import { describeOfAll } from '../sized.ts';
import { Pages } from './browser.ts';
import { ORDERS, ORDERS_INPUT, ORDERS_MOCKS } from './machines.ts';

/** The page as a reader has it: opened from disk in a real browser that has no network. */
const pages = new Pages();
afterAll(() => pages.close());

async function pictured(machine: StateMachine, options: SimulateOptions = {}, title = 'run'): Promise<string> {
  return pictureOf(machine, (await simulate(machine, options)).events, { title });
}
const failing = () => pictured(ORDERS, { input: ORDERS_INPUT, mocks: ORDERS_MOCKS.itemFails }, 'orders');
const fine = () => pictured(ORDERS, { input: ORDERS_INPUT, mocks: ORDERS_MOCKS.fine }, 'orders');
const dist = (file: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../dist/datalake/${file}`, import.meta.url)), 'utf8'));

/** The names of all states of a machine, those of its branches too. */
function statesOf({ States }: StateMachine): string[] {
  return Object.entries(States).flatMap(([name, state]) => [
    name,
    ...('Branches' in state ? state.Branches.flatMap(statesOf) : []),
  ]);
}

describe('a run of the reference pipeline that failed', () => {
  const cause = JSON.stringify({ Status: { State: 'FAILED', FailureDetails: { Message: 'no such path' } } });
  const mocks = { gold: { '0-9': { Throw: { Error: 'EMR.StepFailed', Cause: cause }, DurationSeconds: 40 } } };
  const samples = () =>
    Object.assign({}, ...dist('manifest.json').tasks.map((task: { samples?: object }) => task.samples ?? {}));
  const html = () => pictured(dist('step_function.json'), { mocks, samples: samples() }, 'datalake');

  test('shows the task that failed, its error and the timeline, without a request or a complaint', async () => {
    const { page, complaints } = await pages.open(await html());
    expect(await page.title()).toBe('datalake');
    expect(await page.locator('h1 .badge').innerText()).toContain('Failed');
    expect(await page.locator('.failure h2').innerText()).toBe(
      'gold: call failed with EMR.StepFailed, after 3 attempts of gold',
    );
    expect(await page.locator('.failure .reason').first().innerText()).toBe('no such path');
    expect(await page.locator('.state.caught .name').allTextContents()).toEqual(['gold', 'gold: call']);
    expect(await page.locator('.row[data-visit] .text', { hasText: /^gold$/ }).count()).toBe(1);
    // Three attempts and the waits between them.
    const row = page.locator('.row', { has: page.locator('.text', { hasText: /^gold$/ }) });
    expect(await row.locator('rect.failed').count()).toBe(3);
    expect(await row.locator('rect.wait').count()).toBe(1);
    // What failed is selected from the beginning.
    expect(await page.locator('.details h2').innerText()).toBe('gold: call');
    expect(complaints).toEqual([]);
  });

  test('every state is drawn once, none over another', async () => {
    const { page } = await pages.open(await html());
    const boxes = await page.evaluate<[string, boolean, number, number, number, number][]>(
      `[...document.querySelectorAll('#graph .state')].map((one) => { const { left, top, right, bottom } = one.querySelector('.box').getBoundingClientRect(); return [one.dataset.state, one.classList.contains('around'), left, top, right, bottom]; })`,
    );
    expect(boxes.map(([name]) => name).sort()).toEqual(statesOf(dist('step_function.json')).sort());
    const leaves = boxes.filter(([, around]) => !around);
    const overlaps = leaves.flatMap(([a, , left, top, right, bottom], i) =>
      leaves
        .slice(i + 1)
        .filter(([, , l, t, r, b]) => l < right && r > left && t < bottom && b > top)
        .map(([b]) => `${a} / ${b}`),
    );
    expect(overlaps).toEqual([]);
    const tooLong = await page.evaluate<string[]>(
      `[...document.querySelectorAll('#graph .state')].filter((one) => { const box = one.querySelector('.box').getBoundingClientRect(); return [...one.querySelectorAll('text')].some((text) => text.getBoundingClientRect().right > box.right); }).map((one) => one.dataset.state)`,
    );
    expect(tooLong).toEqual([]);
  });
});

describeOfAll('selecting', () => {
  test('a state of the graph shows its input, output and assigned variables', async () => {
    const { page, complaints } = await pages.open(await fine());
    await page.locator('.state[data-state="load"]').click();
    const details = page.locator('#details');
    expect(await details.locator('h2').innerText()).toBe('load');
    expect(
      await details.locator('details', { has: page.locator('summary', { hasText: /^Output$/ }) }).innerText(),
    ).toContain('"items"');
    expect(await details.locator('.attempts tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^1\s+\+0 ms\s+5\.0 s\s+✕ Slow/),
      'waited 10.0 s',
      expect.stringMatching(/^2\s+\+15\.0 s\s+20\.0 s\s+✓ succeeded/),
    ]);
    expect(new URL(page.url()).hash).toMatch(/^#v\d+$/);
    expect(complaints).toEqual([]);
  });

  test('a row of the timeline, a link to what failed, an address', async () => {
    const html = await failing();
    const { page, complaints } = await pages.open(html);
    expect(await page.locator('.failure h2').innerText()).toBe('pack #2 failed with Broken');
    expect(await page.locator('#details h2').innerText()).toBe('pack');
    await page.locator('.row .text', { hasText: /^load$/ }).click();
    expect(await page.locator('#details h2').innerText()).toBe('load');
    expect(await page.locator('.row.selected .text').innerText()).toBe('load');
    await page.locator('.failure a').first().click();
    expect(await page.locator('#details').innerText()).toContain('the box of c has a hole');
    expect(await page.locator('#details .where').innerText()).toBe('each: item #2');
    const again = await pages.open(html, {}, new URL(page.url()).hash);
    expect(await again.page.locator('#details .where').innerText()).toBe('each: item #2');
    expect(complaints).toEqual([]);
  });

  test('by keyboard alone', async () => {
    const { page } = await pages.open(await fine());
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.keyboard.press('Escape');
    await page.locator('.state[data-state="big?"]').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').innerText()).toBe('big?');
    await page.locator('.row a', { hasText: 'done' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').innerText()).toBe('done');
  });

  test('a state that was not reached says so', async () => {
    const { page } = await pages.open(await fine());
    await page.locator('.state[data-state="nothing"]').click();
    expect(await page.locator('#details').innerText()).toContain('The execution did not come here.');
  });

  test('everything that can be selected has a name that says what it is', async () => {
    const { page } = await pages.open(await failing());
    await expect(page.getByRole('link', { name: 'pack: Task, failed, 4 visits', exact: false }).count()).resolves.toBe(
      1,
    );
    await expect(page.getByRole('button', { name: 'Fit' }).count()).resolves.toBe(1);
    await expect(
      page.getByRole('searchbox', { name: 'Search states, errors, inputs and outputs' }).count(),
    ).resolves.toBe(1);
    const nameless = await page.evaluate(
      `[...document.querySelectorAll('a, button, input, select')].filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.[0]?.textContent)).length`,
    );
    expect(nameless).toBe(0);
  });
});

describeOfAll('finding', () => {
  test('by name, by error, by what is in an output', async () => {
    const { page } = await pages.open(await fine());
    const rows = () => page.locator('.rows .row[data-visit]:visible .text').allInnerTexts();
    const all = (await rows()).length;
    await page.fill('#search', 'stock');
    expect(await rows()).toEqual(['both', 'stock', 'old stock']);
    const clear = "[...document.querySelectorAll('.state:not(.dim)')].map((one) => one.dataset.state)";
    expect(await page.evaluate(clear)).toEqual(expect.arrayContaining(['stock', 'old stock']));
    expect(await page.locator('.state[data-state="load"]').getAttribute('class')).toContain('dim');
    await page.fill('#search', 'shelf is empty');
    expect(await rows()).toContain('stock');
    expect(await rows()).not.toContain('prices');
    await page.locator('#search').press('Escape');
    expect((await rows()).length).toBe(all);
  });

  test('by how states ended', async () => {
    const { page } = await pages.open(await failing());
    await page.locator('.chip[data-status="failed"]').click();
    expect(await page.locator('#found').innerText()).toBe('2 states, 2 visits');
    expect(await page.locator('.rows .row[data-visit]:visible .text').allInnerTexts()).toEqual(['each', '#2 pack']);
    await page.locator('.chip[data-status="failed"]').click();
    expect(await page.locator('#found').innerText()).toBe('');
  });
});

describeOfAll('looks', () => {
  test('dark where the reader has it so', async () => {
    const html = await failing();
    const ground = async (colorScheme: 'light' | 'dark') => {
      const { page } = await pages.open(html, { colorScheme });
      return page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    };
    expect(await ground('light')).toBe('rgb(246, 248, 250)');
    expect(await ground('dark')).toBe('rgb(13, 17, 23)');
  });

  test.each([400, 1280])('at %i pixels nothing is wider than the page', async (width) => {
    const { page, complaints } = await pages.open(await failing(), { viewport: { width, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.locator('.row .text', { hasText: /^load$/ }).click();
    expect(await page.locator('#details h2').innerText()).toBe('load');
    await page.waitForFunction('document.querySelector("#details h2").getBoundingClientRect().top < innerHeight');
    expect(complaints).toEqual([]);
  });

  test('without a script the run is still there', async () => {
    const { page } = await pages.open(await failing(), { javaScriptEnabled: false });
    expect(await page.locator('.failure h2').innerText()).toContain('pack #2 failed with Broken');
    expect(await page.locator('#search').isVisible()).toBe(false);
    expect(await page.locator('.state').count()).toBe(12);
  });

  test('prints without its controls', async () => {
    const { page } = await pages.open(await failing());
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.tools').isVisible()).toBe(false);
    expect(await page.locator('.failure').isVisible()).toBe(true);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});

describe('hostile texts', () => {
  const BAD = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u2028<!--`;
  const machine: StateMachine = {
    Comment: BAD,
    StartAt: BAD,
    States: {
      [BAD]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: [BAD], Next: '__proto__' }],
        Next: '${x}',
      },
      '${x}': { Type: 'Pass', End: true },
      ['__proto__']: { Type: 'Fail', Error: BAD, Cause: BAD },
    },
  };

  test('stay texts', async () => {
    const mocks = { [BAD]: { '0-1': { Throw: { Error: BAD, Cause: JSON.stringify({ html: BAD }) } } } };
    const html = await pictured(machine, { input: { [BAD]: BAD }, mocks }, BAD);
    const { page, complaints } = await pages.open(html);
    expect(complaints).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.title()).toContain('</script>');
    expect(await page.locator('#details h2').innerText()).toBe(BAD.replace('\u2028', '\u2028'));
    await page.locator('.events > summary').click();
    await page.locator('.events details summary').first().click();
    for (const row of await page.locator('.row a').all()) await row.click();
    await page.fill('#search', '</script>');
    expect(await page.locator('.state:not(.dim)').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});

describeOfAll('a Map over 10,000 items', () => {
  const machine: StateMachine = {
    QueryLanguage: 'JSONata',
    StartAt: 'each',
    States: {
      each: {
        Type: 'Map',
        Items: '{% [1..10000] %}',
        MaxConcurrency: 0,
        ItemProcessor: {
          StartAt: 'work',
          States: {
            work: {
              Type: 'Task',
              Resource: 'arn:aws:states:::lambda:invoke',
              Arguments: { Payload: '{% $states.input %}' },
              Catch: [{ ErrorEquals: ['Bad'], Next: 'note' }],
              Next: 'ok',
            },
            ok: { Type: 'Pass', End: true },
            note: { Type: 'Pass', End: true },
          },
        },
        End: true,
      },
    },
  };
  const mocks = {
    work: {
      '0-7000': { Return: {}, DurationSeconds: 1 },
      '7001': { Throw: { Error: 'Bad', Cause: 'row 7001' }, DurationSeconds: 1 },
      '7002-8000': { Return: {}, DurationSeconds: 1 },
      '8001': { Return: {}, DurationSeconds: 30 },
      '8002-9999': { Return: {}, DurationSeconds: 1 },
    },
  };

  test('shows the first, the failed and the slowest, and counts the others', async () => {
    const html = await pictured(machine, { mocks, type: 'EXPRESS' });
    expect(html.length).toBeLessThan(1_000_000);
    const { page, complaints } = await pages.open(html);
    expect(await page.locator('.row').count()).toBeLessThan(500);
    const groups = await page.locator('.label.group .text').allInnerTexts();
    for (const item of ['#0', '#7001', '#8001', '#9999']) expect(groups).toContain(item);
    expect(await page.locator('.more .text').innerText()).toMatch(/^9,9\d\d more items: 9,9\d\d succeeded$/);
    expect(await page.locator('.state[data-state="work"] .detail').innerHTML()).toContain('×10,000');
    expect(await page.locator('.trouble').innerText()).toContain('work #7001 failed and caught: Bad row 7001');
    await page.locator('.trouble a').first().click();
    expect(await page.locator('#details .picker').innerText()).toContain(
      '10,000 visits: 1 failed and caught, 9,999 succeeded',
    );
    await page.fill('#search', 'row 7001');
    expect(await page.locator('.label.group:visible .text').allInnerTexts()).toEqual(['#7001']);
    expect(complaints).toEqual([]);
  });
});

test('a history without execution data says so, where it would stand', async () => {
  const { events } = await simulate(ORDERS, { input: ORDERS_INPUT, mocks: ORDERS_MOCKS.fine });
  // As GetExecutionHistory gives it with includeExecutionData false.
  const hidden = (key: string, value: unknown) =>
    /^(input|output|parameters|cause|error)$/.test(key) ? undefined : value;
  const { page, complaints } = await pages.open(
    await pictureOf(ORDERS, JSON.parse(JSON.stringify(events, hidden)), { title: 'orders' }),
  );
  await page.locator('.state[data-state="load"]').click();
  expect(await page.locator('#details .missing').allInnerTexts()).toEqual(
    ['Input', 'Arguments', 'Result', 'Output'].map((name) => `${name} is not in the history.`),
  );
  expect(await page.locator('.state[data-state="stock"]').getAttribute('class')).toContain('caught');
  expect(complaints).toEqual([]);
});

test('the same history gives the same page, to the byte', async () => {
  expect(await failing()).toBe(await failing());
});
