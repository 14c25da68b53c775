import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MODEL } from '../../authoring/internal.ts';
import { compileModel } from '../../compiler/compile.ts';
import { impliedIn } from '../../manifest/implied-dependencies.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { pictureOf } from '../../manifest/picture.ts';
import { sized } from '../sized.ts';
import { type Story, tell } from './airflow.ts';
import { dagOf, EVERYTHING, SKIP, stories } from './stories.ts';

/**
 * Who reads the README's "waits for", or the lines of the graph that are not dotted, and goes by the trigger rules alone, comes to the same
 * end of every task as the run.
 */

interface Row {
  readonly id: string;
  readonly waitsFor: readonly string[];
  readonly setups: readonly string[];
  readonly rule: string;
}

/** The table of tasks of a README. */
function rowsOf(readme: string): Row[] {
  const [, section = ''] = /## Tasks\n\n.*\n.*\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
  return section
    .trim()
    .split('\n')
    .map((line) => {
      const [task = '', , waits = ''] = line.slice(2).split(' | ');
      const [id = '', ...setups] = quoted(task);
      const [, names = '', rule = 'all_success'] = /^(.*?)(?: \(`(\w+)`\))?$/.exec(waits) ?? [];
      return { id, setups, waitsFor: quoted(names), rule };
    });
}

/** A story whose tasks wait for what a reader sees. */
function seen(story: Story, waitsFor: (id: string) => readonly string[]): Story {
  const tasks = story.tasks.map((task, i) => ({ ...task, deps: waitsFor(`t${i}`).map((id) => Number(id.slice(1))) }));
  return { ...story, tasks };
}

type ReadTask = Pick<ManifestTask, 'id' | 'kind' | 'upstreams' | 'triggerRule' | 'skipOn' | 'decides' | 'setups'>;

/** What the manifest says of a story's tasks, as far as it is read here. To compile each story would take minutes. */
function tasksOf({ tasks }: Story): ReadTask[] {
  const downstreams = (i: number) => tasks.flatMap(({ deps }, d) => (deps.includes(i) ? [d] : []));
  const below = (i: number): number[] => [...new Set(downstreams(i).flatMap((d) => [d, ...below(d)]))];
  const ids = (all: readonly number[]) => all.map((i) => `t${i}`).sort();
  const isTeardown = (i: number) => tasks[i]!.kind === 'teardown';
  return tasks.map(({ kind, rule, deps }, i) => {
    const reach = kind === 'short' ? below(i) : downstreams(i);
    const decides = ids(kind === 'branch' ? reach : reach.filter((d) => !isTeardown(d)));
    const decisionOf = { branch: 'branch', short: 'short_circuit', shortdirect: 'short_circuit' } as const;
    const isDecision = kind in decisionOf;
    return {
      id: `t${i}`,
      kind: isDecision ? decisionOf[kind as keyof typeof decisionOf] : (kind as ReadTask['kind']),
      upstreams: ids(deps),
      triggerRule: kind === 'teardown' ? 'all_done_setup_success' : rule,
      ...(isDecision ? { decides } : { skipOn: [SKIP] }),
      ...(kind === 'teardown' && { setups: ids(deps.filter((d) => tasks[d]!.kind === 'setup')) }),
    };
  });
}

const MIXES = [
  EVERYTHING,
  { rules: 0, branches: 6, setups: 0, skips: 0 },
  { rules: 0, branches: 0, setups: 3, skips: 2 },
];
test.each(MIXES)('what is left out is implied: %j', (mix) => {
  let dropped = 0;
  fc.assert(
    fc.property(stories(9, mix), (story) => {
      const tasks = tasksOf(story);
      const isImplied = impliedIn(tasks as ManifestTask[]);
      const kept = new Map(tasks.map(({ id, upstreams }) => [id, upstreams.filter((up) => !isImplied(up, id))]));
      const setups = new Map(tasks.map((task) => [task.id, task.setups ?? []]));
      expect(tell(seen(story, (id) => [...new Set([...kept.get(id)!, ...setups.get(id)!])]))).toEqual(tell(story));
      for (const { id, upstreams } of tasks) dropped += upstreams.length - kept.get(id)!.length;
    }),
    { numRuns: sized(1500, 15_000) },
  );
  // That nothing is ever left out would pass, too.
  expect(dropped).toBeGreaterThan(20);
});

test('the README and the drawings leave out just that', () => {
  fc.assert(
    fc.property(stories(8), (story) => {
      const { files } = compileModel(dagOf(story)[MODEL]());
      const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
      const tasks = manifest.tasks.map(({ id, kind, upstreams, triggerRule, skipOn, decides, setups }) =>
        JSON.parse(JSON.stringify({ id, kind, upstreams, triggerRule, skipOn, decides, setups })),
      );
      expect(tasks).toEqual(tasks.map(({ id }) => tasksOf(story)[Number(id.slice(1))]));
      const rows = rowsOf(files.get('README.md') as string);
      const plain = pictureOf(manifest).edges.filter(({ implied }) => !implied);
      for (const { id, rule, setups, waitsFor } of rows) {
        const { kind, rule: own, deps } = story.tasks[Number(id.slice(1))]!;
        expect(rule).toBe(kind === 'teardown' ? 'all_success' : own);
        expect(waitsFor).toEqual(plain.filter(({ to }) => to === id).map(({ from }) => from));
        const isSetup = (i: number) => story.tasks[i]!.kind === 'setup';
        expect(setups).toEqual(kind === 'teardown' ? deps.filter(isSetup).map((i) => `t${i}`) : []);
      }
    }),
    { numRuns: sized(40, 400) },
  );
});
