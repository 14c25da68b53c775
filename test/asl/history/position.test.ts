import { describe, expect, it } from '@jest/globals';
import { type Position, pastOf } from '../../../asl/history/position.ts';
import { createVirtualClock } from '../../../asl/interpret/clocks.ts';
import { interpret } from '../../../asl/interpret/interpret.ts';
import type { HistoryEvent } from '../../../asl/interpret/options.ts';
import type { StateMachine, States } from '../../../asl/language/types.ts';
import { olderChain } from '../interpret/older-chain.ts';
import { machineOf, type Step } from '../interpret/random-machines.ts';

const task = (fails: number): Step => ({ kind: 'task', seconds: 0, fails });

/** The history of an execution that is redriven that often; each task fails as often as its step says, and then does not. */
async function redriven(
  top: readonly Step[],
  times: number,
): Promise<{ machine: StateMachine; events: HistoryEvent[] }> {
  const { machine, fails } = machineOf(top);
  const left = new Map([...fails].map(([name, { fails: count }]) => [name, count]));
  let events: readonly HistoryEvent[] | undefined;
  for (let count = 0; count <= times; count++) {
    const execution = await interpret(machine, {
      clock: createVirtualClock(count * 1e6),
      random: () => 0,
      tasks({ state }) {
        const more = left.get(state) ?? 0;
        left.set(state, more - 1);
        return more > 0 ? { error: 'E' } : { result: state };
      },
      ...(events !== undefined && { redrive: { events, count } }),
    });
    expect(execution.status).toBe('FAILED');
    events = execution.events;
  }
  return { machine, events: [...(events ?? [])] };
}

function partOf({ at }: Position, number: number): Position {
  const part = at.kind === 'state' ? at.inside?.parts.get(number) : undefined;
  if (part === undefined) throw new Error(`nothing has begun as number ${number}`);
  return part;
}

function statesIn({ at }: Position): unknown {
  if (at.kind !== 'state') return at.kind;
  const parts = [...(at.inside?.parts ?? [])].map(([number, part]) => [number, statesIn(part)]);
  return parts.length === 0 ? at.name : { [at.name]: Object.fromEntries(parts) };
}

describe('where a redriven execution stands', () => {
  it('a Map that is aborted once more stands at the later event', async () => {
    const map: Step = { kind: 'map', items: 1, most: 0, steps: [{ kind: 'wait', seconds: 1 }] };
    const branch: Step = { kind: 'parallel', branches: [[task(1), task(1)]] };
    const { machine, events } = await redriven([{ kind: 'parallel', branches: [[branch], [map]] }], 1);
    const aborted = events.filter(({ type }) => type === 'MapStateAborted').map(({ id }) => id);
    expect(aborted).toHaveLength(2);
    for (const chain of [events, olderChain(events)]) {
      const { position } = pastOf(machine as States, chain);
      expect(partOf(position, 1).last).toBe(aborted[1]);
    }
  });

  it('a branch that begins with the redrive is one of its own iteration, Map within Map', async () => {
    // The second item is aborted when its Parallel has begun and no branch of it has: the branch follows an event of the iteration.
    const inner: Step = {
      kind: 'map',
      items: 1,
      most: 0,
      steps: [task(1), { kind: 'parallel', branches: [[task(0)]] }],
    };
    const after: Step = { kind: 'parallel', branches: [[task(1)]] };
    const { machine, events } = await redriven([{ kind: 'map', items: 2, most: 0, steps: [inner, after] }], 1);
    const redrive = events.find(({ type }) => type === 'ExecutionRedriven')?.id ?? 0;
    const aborted = events.filter(({ type }) => type === 'MapIterationAborted').map(({ id }) => id);
    const followers = events.filter(({ id, previousEventId }) => id > redrive && aborted.includes(previousEventId));
    expect(followers.map(({ type }) => type)).toContain('TaskStateEntered');
    for (const chain of [events, olderChain(events)]) {
      const { position } = pastOf(machine as States, chain);
      expect(statesIn(position)).toEqual({
        map0: { 0: { parallel2: { 0: 'task6' } }, 1: { parallel2: { 0: 'done' } } },
      });
    }
  });
});
