import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { validate } from '../../asl/validate/validate.ts';
import { recorded } from './recorded.ts';

/** Verdicts on definitions, recorded from AWS and from other tools. */
const SNAPSHOT = join(import.meta.dirname, 'validity.snapshot.json');

interface Verdict {
  readonly id: string;
  readonly verdict: 'valid' | 'invalid';
  readonly confidence: 'aws' | 'tool-test' | 'presumed';
  readonly category: string | null;
  readonly text: string;
  readonly type: 'STANDARD' | 'EXPRESS';
}
interface Score {
  right: number;
  wrong: number;
}
interface Snapshot {
  readonly byConfidence: { readonly [confidence: string]: Score };
  readonly byCategory: { readonly [category: string]: Score };
  readonly disagreements: { readonly [id: string]: string };
}

/** Where we differ, and why. */
const REASONS: { readonly [id: string]: string } = {
  '451_localstack-lambda-list-functions.json':
    'A sample of an emulator. AWS has no optimized integration lambda:listFunctions, only lambda:invoke.',
  '471_asl-valid-assign.json': 'Another tool lets a variable be called top-level. AWS wants a Unicode identifier.',
  '578_amazon-documentSucceedFailTerminalState.json':
    'An editor lets branches repeat the name of a state. AWS wants names unique in the whole definition.',
};

const isValid = (text: string, express = false): boolean =>
  !validate(text, { express }).some(({ severity }) => severity === 'error');

describe('recorded verdicts', () => {
  const { cases: verdicts, whole } = recorded<Verdict>('validity');
  const wrong = verdicts.filter(
    ({ text, type, verdict }) => isValid(text, type === 'EXPRESS') !== (verdict === 'valid'),
  );

  it("never differs from AWS's own", () => {
    expect(wrong.filter(({ confidence }) => confidence === 'aws').map(({ id }) => id)).toEqual([]);
  });

  it('is right on 98 of 100, and says why where it differs', () => {
    expect(wrong.length / verdicts.length).toBeLessThan(0.02);
    expect(wrong.map(({ id }) => id).filter((id) => REASONS[id] === undefined)).toEqual([]);
  });

  it('has the pass rate of the snapshot (UPDATE=1 writes it), which is that of all of them', () => {
    const now = snapshot(verdicts, new Set(wrong));
    if (process.env.UPDATE && whole) writeFileSync(SNAPSHOT, `${JSON.stringify(now, undefined, 2)}\n`);
    const kept = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Snapshot;
    if (whole) expect(now).toEqual(kept);
    else expect(kept.disagreements).toMatchObject(now.disagreements);
  });

  it('refuses nothing that AWS has run', () => {
    const executions = recorded<{ readonly id: string; readonly definition: JsonObject }>('executions').cases;
    const refused = executions.filter(({ definition }) => !isValid(JSON.stringify(definition)));
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  it('reports every planted fault, and nothing else', () => {
    for (const { name, definition } of recorded<{ readonly name: string; readonly definition: JsonObject }>('faults')
      .cases)
      expect({ name, reported: validate(JSON.stringify(definition)).length > 0 }).toEqual({
        name,
        reported: !name.startsWith('ok:'),
      });
  });
});

function snapshot(verdicts: readonly Verdict[], wrong: ReadonlySet<Verdict>): Snapshot {
  const tally = (groupOf: (verdict: Verdict) => string): { [group: string]: Score } => {
    const groups: { [group: string]: Score } = {};
    for (const verdict of [...verdicts].sort((a, b) => (groupOf(a) < groupOf(b) ? -1 : 1))) {
      const group = groupOf(verdict);
      const score = groups[group] ?? { right: 0, wrong: 0 };
      groups[group] = score;
      score[wrong.has(verdict) ? 'wrong' : 'right'] += 1;
    }
    return groups;
  };
  return {
    byConfidence: tally(({ confidence }) => confidence),
    byCategory: tally(({ category, verdict }) => category ?? verdict),
    disagreements: Object.fromEntries([...wrong].map(({ id }) => [id, REASONS[id] ?? ''])),
  };
}
