import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { type Simulation, simulate } from '../../simulate/simulate.ts';
import { agrees } from './agrees.ts';
import { type Call, callsOf } from './calls.ts';
import { recorded } from './recorded.ts';

/**
 * Executions as the service recorded them, each run in a simulation: its status, output, error and cause, and what its tasks were given,
 * must be the recorded ones.
 * The pass rates of all cases by group are committed, so that every change of them shows in a diff; UPDATE=1 writes them anew. Of those
 * that the repository keeps every one must confirm.
 */
const SNAPSHOT = new URL('executions.snap.json', import.meta.url);

interface Case {
  readonly id: string;
  readonly group: string;
  readonly definition: Json;
  readonly input: Json;
  readonly mocks: { readonly [state: string]: { readonly [invocation: string]: { readonly Arguments?: Json } } };
  readonly now?: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly expected: { readonly status: string; readonly output?: Json; readonly error?: Json; readonly cause?: Json };
  readonly placeholders: readonly string[];
  readonly events?: readonly Recorded[];
}
interface Recorded {
  readonly type: string;
  readonly name?: string;
  readonly assigned?: { readonly [variable: string]: Json };
}
interface Rate {
  cases: number;
  passed: number;
  /** Of the cases that fail: those that say the same cause (or none, where none was recorded). */
  failures: number;
  causesEqual: number;
  /** Of the cases that come with a history: those whose events confirm in type, name, order and assigned variables. */
  histories: number;
  historiesPassed: number;
  /** Of the cases whose mocks say what the tasks were given: those whose tasks were given the same. */
  arguments: number;
  argumentsPassed: number;
}

it('agrees with the recorded executions as often as the snapshot says', async () => {
  const { cases, whole } = recorded<Case>('executions');
  const rates: Record<string, Rate> = {};
  const failures: string[] = [];
  for (const one of cases) {
    rates[one.group] ??= {
      cases: 0,
      passed: 0,
      failures: 0,
      causesEqual: 0,
      histories: 0,
      historiesPassed: 0,
      arguments: 0,
      argumentsPassed: 0,
    };
    const rate = rates[one.group] as Rate;
    const { answer, fault } = await run(one);
    rate.cases++;
    const difference = answer === undefined ? fault : differs(one, answer);
    if (difference === undefined) rate.passed++;
    else failures.push(`${one.group} ${one.id}: ${difference}`);
    if (one.expected.status !== 'SUCCEEDED') {
      rate.failures++;
      if (answer !== undefined && sameField(one, answer, 'cause')) rate.causesEqual++;
    }
    if (JSON.stringify(one.mocks).includes('"Arguments"')) {
      rate.arguments++;
      const other = answer === undefined ? fault : otherArguments(one, callsOf(answer.events));
      if (other === undefined) rate.argumentsPassed++;
      else failures.push(`${one.group} ${one.id}: ${other}`);
    }
    if (one.events === undefined || one.events.length === 0) continue;
    rate.histories++;
    if (answer !== undefined && sameEvents(one, answer)) rate.historiesPassed++;
    else
      failures.push(
        `${one.group} ${one.id}: history ${answer === undefined ? fault : eventText(answer.events)}\n  not ${eventText(one.events)}`,
      );
  }
  if (!whole) {
    expect(failures).toEqual([]);
    expect(Object.keys(rates).length).toBeGreaterThan(15);
    return;
  }
  const text = `${JSON.stringify(sorted(rates), undefined, 2)}\n`;
  if (process.env.UPDATE) writeFileSync(SNAPSHOT, text);
  if (process.env.SHOW_CONFORMANCE) process.stdout.write(`${failures.join('\n')}\n`);
  expect(text).toBe(readFileSync(SNAPSHOT, 'utf8'));
});

async function run(one: Case): Promise<{ answer?: Simulation; fault?: string }> {
  const { definition, input, mocks, now, type } = one;
  try {
    return {
      answer: await simulate(definition, {
        input,
        mocks,
        ...(now !== undefined && { now }),
        ...(type !== undefined && { type }),
      }),
    };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** What of the outcome differs, if anything. */
function differs(one: Case, answer: Simulation): string | undefined {
  const { expected } = one;
  if (answer.status !== expected.status)
    return `${answer.status} ${answer.error} ${answer.cause}, not ${JSON.stringify(expected)}`;
  for (const field of ['output', 'error', 'cause'] as const) {
    if (!sameField(one, answer, field)) {
      return `${field} is ${JSON.stringify(answer[field])}, not ${JSON.stringify(expected[field])}`;
    }
  }
  return undefined;
}

/** A field that was not recorded is not there. */
function sameField({ expected, placeholders }: Case, answer: Simulation, field: 'output' | 'error' | 'cause'): boolean {
  const wanted = expected[field];
  return wanted === undefined ? answer[field] === undefined : agrees(wanted, answer[field], placeholders);
}

/** What a task was given that the recorded one was not. */
function otherArguments({ mocks, placeholders }: Case, calls: readonly Call[]): string | undefined {
  for (const [state, responses] of Object.entries(mocks)) {
    const given = calls.filter((call) => call.state === state);
    for (const [invocation, { Arguments }] of Object.entries(responses)) {
      const got = given[Number(invocation)]?.arguments;
      if (Arguments !== undefined && !agrees(Arguments, got, placeholders)) {
        return `${state} was given ${JSON.stringify(got)}, not ${JSON.stringify(Arguments)}`;
      }
    }
  }
  return undefined;
}

function sameEvents(one: Case, answer: Simulation): boolean {
  const recorded = one.events ?? [];
  return (
    eventText(recorded) === eventText(answer.events) &&
    recorded.every(({ assigned }, at) => {
      if (assigned === undefined) return true;
      const details = answer.events[at]?.stateExitedEventDetails as { assignedVariables?: Record<string, string> };
      return agrees(assigned, parsed(details.assignedVariables ?? {}), one.placeholders);
    })
  );
}

function parsed(texts: Record<string, string>): Json {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text) as Json]));
}

function eventText(events: readonly { readonly type: string; readonly name?: string }[]): string {
  return events.map(({ type, name }) => (name === undefined ? type : `${type}:${name}`)).join(' ');
}

function sorted(rates: Record<string, Rate>): Record<string, Rate> {
  return Object.fromEntries(Object.entries(rates).sort(([a], [b]) => (a < b ? -1 : 1)));
}
