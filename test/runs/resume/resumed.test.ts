import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createVirtualClock, type HistoryEvent, interpret, type StateMachine, validate } from '../../../asl/index.ts';
import type { JsonObject } from '../../../asl/json/value.ts';
import { compileDag } from '../../../compiler/index.ts';
import type { Manifest, ManifestGraph } from '../../../manifest/manifest.ts';
import { compileResume, type PastRun, type Resume } from '../../../runs/resume/compile-resume.ts';
import { canRedrive } from '../../../runs/resume/start.ts';
import { type OracleTask, type Story, tell } from '../../oracle/airflow.ts';
import { dagOf, EVERYTHING, type Mix, PLAIN, paramsOf, SKIP, stories } from '../../oracle/stories.ts';
import { sized } from '../../sized.ts';

/**
 * Any DAG, run with failures, resumed with the failures mended: what had succeeded does not run again, but for setups and teardowns that
 * are needed, and the run ends as Airflow's semantics say of the mended DAG, in which what had ended stays as it is.
 */

/** How many of the random runs Step Functions' own redrive would do for. */
let redriven = 0;

const indexOf = (state: string) => Number(/^t(\d+)$/.exec(state)?.[1] ?? -1);

async function run(
  story: Story,
  definition: StateMachine,
  input: JsonObject,
  before?: readonly HistoryEvent[],
  called = new Set<string>(),
): Promise<readonly HistoryEvent[]> {
  const { events } = await interpret(definition, {
    input,
    ...(before && { redrive: { events: before, count: 1 } }),
    clock: createVirtualClock(0),
    random: () => 0.5,
    tasks: ({ state }) => {
      called.add(state);
      const { outcome } = story.tasks[indexOf(state)]!;
      return outcome === 'failed'
        ? { error: 'Boom', cause: 'it broke' }
        : outcome === 'skipped'
          ? { error: SKIP }
          : { result: { id: state } };
    },
  });
  return events;
}

/** The tasks that were entered. */
function entered(story: Story, events: readonly HistoryEvent[]): number[] {
  const names = new Set(events.flatMap(({ type, name }) => (type.endsWith('StateEntered') ? [name as string] : [])));
  return story.tasks.flatMap((_, i) => (names.has(`t${i}`) ? [i] : []));
}

/** The tasks that ended by themselves and well, as the history says. */
function finished(story: Story, events: readonly HistoryEvent[]): Map<number, 'success' | 'skipped'> {
  const left = new Set(
    events.flatMap(({ type, name }) => (type.endsWith('StateExited') ? [indexOf(name as string)] : [])),
  );
  return new Map(
    story.tasks.flatMap(({ outcome }, i): [number, 'success' | 'skipped'][] =>
      !left.has(i) || outcome === 'failed' ? [] : [[i, outcome === 'skipped' ? 'skipped' : 'success']],
    ),
  );
}

function mended({ tasks, failFast }: Story): Story {
  const downstreams = (i: number) => tasks.flatMap(({ deps }, d) => (deps.includes(i) ? [d] : []));
  const mend = (task: OracleTask, i: number): OracleTask['outcome'] => {
    if (task.outcome !== 'failed') return task.outcome;
    if (task.kind === 'branch') return { chooses: downstreams(i) };
    return task.kind.startsWith('short') ? { goesOn: true } : 'success';
  };
  return { failFast, tasks: tasks.map((task, i) => ({ ...task, outcome: mend(task, i) })) };
}

const aborted = (events: readonly HistoryEvent[], at: number): readonly HistoryEvent[] => [
  ...events.slice(0, at),
  { id: at + 1, previousEventId: at, timestamp: events[at - 1]!.timestamp, type: 'ExecutionAborted' },
];

interface Compiled {
  readonly definition: StateMachine;
  readonly manifest: Manifest & { readonly graph: ManifestGraph };
}
function compiled(story: Story): Compiled {
  const { files } = compileDag(dagOf(story));
  return {
    definition: JSON.parse(files.get('step_function.json')!) as StateMachine,
    manifest: JSON.parse(files.get('manifest.json')!) as Compiled['manifest'],
  };
}

async function resume(past: Omit<PastRun, 'name' | 'startedAt'>, manifest: Compiled['manifest']): Promise<Resume> {
  const made = await compileResume(
    manifest,
    { name: 'run-1', startedAt: '2026-01-01T00:00:00Z', ...past },
    (same) => same,
  );
  if (made.definition === undefined) return made;
  expect(validate(JSON.stringify(made.definition)).filter(({ severity }) => severity === 'error')).toEqual([]);
  return made;
}

/** What is given at the start of the resumed run, and what then has to happen. */
function expectResumed(
  whole: Story,
  had: ReadonlyMap<number, 'success' | 'skipped'>,
  { remaining }: Resume,
  events: readonly HistoryEvent[],
  called: ReadonlySet<string> = new Set(),
): void {
  const isOf = (i: number, ...kinds: OracleTask['kind'][]) => kinds.includes(whole.tasks[i]!.kind);
  // A redrive goes on with a state that was entered before.
  const ran = [...new Set([...entered(whole, events), ...[...called].map(indexOf)])].sort((a, b) => a - b);
  const again = ran.filter((i) => had.has(i) && !isOf(i, 'branch', 'short', 'shortdirect'));
  expect(again.filter((i) => !isOf(i, 'setup', 'teardown'))).toEqual([]);
  // Only setups that something needs, and their teardowns.
  const anew = new Set(remaining.anew.map(indexOf));
  for (const i of again) {
    if (isOf(i, 'setup')) expect(anew).toContain(i);
    else expect(whole.tasks[i]!.deps.some((d) => ran.includes(d) && isOf(d, 'setup'))).toBe(true);
  }
  const given = new Map([...had].filter(([i]) => !remaining.tasks.has(`t${i}`)));
  const told = tell(whole, given);
  const decisions = (i: number) => had.has(i) && isOf(i, 'branch', 'short', 'shortdirect');
  expect(ran.filter((i) => !decisions(i))).toEqual(told.ran.filter((i) => !decisions(i)));
  expect(events.at(-1)!.type).toBe(told.failed ? 'ExecutionFailed' : 'ExecutionSucceeded');
}

async function resumes(story: Story, cut: number): Promise<void> {
  const { definition, manifest } = compiled(story);
  const input = { params: paramsOf(story) } as unknown as JsonObject;
  const all = await run(story, definition, input);
  const at = Math.max(1, Math.ceil(cut * (all.length - 1)));
  const events = at < all.length - 1 ? aborted(all, at) : all;
  const had = finished(story, events);
  const whole = mended(story);
  const made = await resume({ definition, events, input }, manifest);
  if (made.definition === undefined) {
    expect(tell(whole, had).ran.filter((i) => !had.has(i))).toEqual([]);
    return;
  }
  const next = { ...made.input, params: paramsOf(whole) } as unknown as JsonObject;
  expectResumed(whole, had, made, await run(whole, made.definition, next));
  const past = { name: 'run-1', startedAt: '', input, definition, events, redrivable: true };
  // A decision is mended by other params here, and a redrive keeps those that it has.
  const sameParams = JSON.stringify(paramsOf(story)) === JSON.stringify(paramsOf(whole));
  if (sameParams && canRedrive(past, definition as never, made)) {
    redriven++;
    const called = new Set<string>();
    const again = (await run(whole, definition, input, events, called)).slice(events.length);
    expectResumed(whole, had, made, again, called);
  }
  // Without rules that look for failures, the ends are those of a run in which nothing failed.
  if (story.tasks.every(({ rule }) => rule === 'all_success' || rule === 'none_failed'))
    expect(tell(whole, had).ends).toEqual(tell(whole).ends);
}

/** Some of what failed is mended for the second run, all of it for the third, which resumes the second. */
async function resumesTwice(story: Story, mends: readonly boolean[]): Promise<void> {
  const { definition, manifest } = compiled(story);
  const whole = mended(story);
  const half = {
    ...story,
    tasks: story.tasks.map((task, i) => (mends[i] ? whole.tasks[i]! : task)),
  };
  const input = { params: paramsOf(story) } as unknown as JsonObject;
  const first = await run(story, definition, input);
  const had = finished(story, first);
  const second = await resume({ definition, events: first, input }, manifest);
  if (second.definition === undefined) return;
  const again = { ...second.input, params: paramsOf(half) } as unknown as JsonObject;
  const events = await run(half, second.definition, again);
  const given = [...had].filter(([i]) => !second.remaining.tasks.has(`t${i}`));
  const all = new Map([...given, ...finished(half, events)]);
  const third = await resume({ definition: second.definition, events, input: again }, manifest);
  if (third.definition === undefined) return;
  const last = { ...third.input, params: paramsOf(whole) } as unknown as JsonObject;
  expectResumed(whole, all, third, await run(whole, third.definition, last));
}

test.each<[string, number, number, Mix]>([
  ['plain', 9, sized(12, 150), PLAIN],
  ['trigger rules', 8, sized(20, 250), { ...PLAIN, rules: 3, skips: 1 }],
  ['branches', 8, sized(20, 250), { ...PLAIN, branches: 4, rules: 1, skips: 1 }],
  ['setups and teardowns', 8, sized(20, 250), { ...PLAIN, setups: 6, rules: 1, skips: 1 }],
  ['everything', 9, sized(30, 400), EVERYTHING],
])(
  '%s: DAGs of up to %i tasks, failed or aborted anywhere',
  async (_, most, numRuns, mix) => {
    await fc.assert(
      fc.asyncProperty(
        stories(most, mix),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (story, failFast, cut, whole) => resumes({ ...story, failFast }, whole ? 1 : cut),
      ),
      { numRuns },
    );
  },
  300_000,
);

test('a resumed run that fails is resumed in its turn', async () => {
  const mends = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
  await fc.assert(fc.asyncProperty(stories(9), mends, resumesTwice), { numRuns: sized(30, 400) });
}, 300_000);

test('some of them were redriven, to the same end', () => {
  expect(redriven).toBeGreaterThan(sized(10, 50));
});
