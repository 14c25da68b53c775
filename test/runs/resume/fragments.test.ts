import { expect, test } from '@jest/globals';
import { createVirtualClock, type HistoryEvent, interpret, type StateMachine } from '../../../asl/index.ts';
import type { Json } from '../../../asl/json/value.ts';
import { Dag } from '../../../authoring/index.ts';
import { compileDag } from '../../../compiler/index.ts';
import type { Manifest, ManifestGraph } from '../../../manifest/manifest.ts';
import { compileResume } from '../../../runs/resume/compile-resume.ts';
import { aws, glue } from '../../../tasks/index.ts';

/** A task of several states has ended when its last one has; a run can end between two of them. */

const READY = { Crawler: { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: '9999-12-31T00:00:00Z' } } };

function crawling(retries: number) {
  const dag = new Dag('crawling');
  const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'q', MessageBody: 'x' } });
  const crawl = dag.task('crawl', glue.crawl({ database: 'd', role: 'r', path: 's3://b/t/' }), { retries });
  dag.task('next', send).after(crawl);
  const { files } = compileDag(dag);
  return {
    definition: JSON.parse(files.get('step_function.json')!) as StateMachine,
    manifest: JSON.parse(files.get('manifest.json')!) as Manifest & { readonly graph: ManifestGraph },
  };
}

async function run(definition: StateMachine): Promise<readonly HistoryEvent[]> {
  const { events } = await interpret(definition, {
    input: {},
    clock: createVirtualClock(0),
    random: () => 0.5,
    tasks: ({ state, resource }) => {
      if (state === 'next') return { error: 'Boom' };
      // It is there already: the fragment catches that for itself.
      if (/create/.test(resource)) return { error: 'Glue.AlreadyExistsException' };
      // Its last crawl is the one that was started between the two looks at it.
      if (/getCrawler/.test(resource))
        return { result: state.endsWith('look') ? READY : { Crawler: { State: 'READY' } } };
      return { result: {} as Json };
    },
  });
  return events;
}

test.each([
  ['in states of its own', 0],
  ['in a Parallel', 2],
])('a crawl %s', async (_, retries) => {
  const { definition, manifest } = crawling(retries);
  const events = await run(definition);
  const remainingAfter = async (history: readonly HistoryEvent[]) => {
    const past = { name: 'r', startedAt: '2026-01-01T00:00:00Z', input: {}, definition, events: history };
    return [...(await compileResume(manifest, past, (same) => same)).remaining.tasks].sort();
  };
  expect(events.at(-1)!.type).toBe('ExecutionFailed');
  expect(await remainingAfter(events)).toEqual(['next']);
  const entersNext = events.findIndex(({ type, name }) => type === 'TaskStateEntered' && name === 'next');
  for (let at = 1; at <= entersNext; at++) {
    const stopped = [
      ...events.slice(0, at),
      { id: at + 1, previousEventId: at, timestamp: events[at - 1]!.timestamp, type: 'ExecutionAborted' },
    ];
    // The last event before the next task is the exit that ends the crawl.
    expect([at, await remainingAfter(stopped)]).toEqual([at, at === entersNext ? ['next'] : ['crawl', 'next']]);
  }
});
