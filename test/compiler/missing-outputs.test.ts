import { describe, expect, test } from '@jest/globals';
import { Dag, type TaskRef, type TaskSpec } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { aws } from '../../tasks/index.ts';

/** What is sent here is an answer's id, where the task reads one. */
function say(dag: Dag, id: string, spec: TaskSpec = {}, read?: TaskRef<{ readonly MessageId: string }>) {
  const MessageBody = read ? `${read.output.MessageId}` : id;
  return dag.task(
    id,
    aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } }),
    spec,
  );
}
const SKIPS: TaskSpec = { skipOn: ['No.Data'] };

async function codes(declare: (dag: Dag) => void): Promise<string[]> {
  const dag = new Dag('reads');
  declare(dag);
  try {
    await compileDag(dag);
    return [];
  } catch (error) {
    return (error as { readonly diagnostics: readonly { readonly code: string }[] }).diagnostics.map(
      ({ code }) => code,
    );
  }
}

describe('an output is surely there', () => {
  test('where a skip of one upstream skips all the others, so that one success means that all succeeded', async () => {
    const declared = codes((dag) => {
      const first = say(dag, 'first', SKIPS);
      const second = say(dag, 'second').after(first);
      say(dag, 'join', { triggerRule: 'none_failed_min_one_success' }, second).after(first, second);
    });
    expect(await declared).toEqual([]);
  });

  test('where the only way to a success leads through it', async () => {
    const declared = codes((dag) => {
      const source = say(dag, 'source', SKIPS);
      const left = say(dag, 'left', SKIPS).after(source);
      const right = say(dag, 'right', SKIPS).after(source);
      say(dag, 'join', { triggerRule: 'one_success' }, source).after(left, right);
    });
    expect(await declared).toEqual([]);
  });
});

describe('an output need not be there', () => {
  test('where the other upstream can be the one that succeeded', async () => {
    const declared = codes((dag) => {
      const first = say(dag, 'first', SKIPS);
      const second = say(dag, 'second', SKIPS).after(first);
      say(dag, 'join', { triggerRule: 'none_failed_min_one_success' }, second).after(first, second);
    });
    expect(await declared).toEqual(['DAG034']);
  });

  test('where a task that does not depend on it lets the reader run', async () => {
    const declared = codes((dag) => {
      const source = say(dag, 'source', SKIPS);
      const left = say(dag, 'left').after(source);
      say(dag, 'join', { triggerRule: 'one_success' }, source).after(left, say(dag, 'right'));
    });
    expect(await declared).toEqual(['DAG034']);
  });

  test('where the rule lets the reader run whatever happened to its many upstreams', async () => {
    const declared = codes((dag) => {
      const source = say(dag, 'source', SKIPS);
      const many = Array.from({ length: 14 }, (_, i) => say(dag, `t${i}`, SKIPS).after(source));
      say(dag, 'join', { triggerRule: 'all_done_min_one_success' }, source).after(source, ...many);
      say(dag, 'last', { triggerRule: 'all_done' }, source).after(source, ...many);
    });
    expect(await declared).toEqual(['DAG034']);
  });
});
