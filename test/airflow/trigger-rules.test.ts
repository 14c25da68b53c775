import { describe, expect, test } from '@jest/globals';
import type { EndState } from '../../airflow/end-state.ts';
import {
  ruleReasons,
  TRIGGER_RULES,
  type TriggerRule,
  teardownReasons,
  verdictOf,
} from '../../airflow/trigger-rules.ts';

/** What each rule says for upstreams s(uccess), f(ailed), u(pstream_failed), k (skipped); written down from Airflow's documentation. */
const TABLE: Readonly<Record<TriggerRule, Readonly<Record<string, 'runs' | 'skipped' | 'upstream_failed'>>>> = {
  all_success: {
    s: 'runs',
    ss: 'runs',
    sf: 'upstream_failed',
    su: 'upstream_failed',
    sk: 'skipped',
    fk: 'upstream_failed',
    k: 'skipped',
  },
  all_failed: { f: 'runs', fu: 'runs', uu: 'runs', sf: 'skipped', fk: 'skipped', s: 'skipped' },
  all_done: { s: 'runs', fuk: 'runs', k: 'runs' },
  all_done_min_one_success: { s: 'runs', sf: 'runs', sk: 'skipped', f: 'upstream_failed', fk: 'skipped' },
  all_skipped: { k: 'runs', kk: 'runs', sk: 'skipped', f: 'skipped' },
  one_success: { sf: 'runs', sk: 'runs', k: 'skipped', f: 'upstream_failed', fk: 'upstream_failed' },
  one_failed: { sf: 'runs', su: 'runs', s: 'skipped', k: 'skipped' },
  one_done: { s: 'runs', f: 'runs', u: 'skipped', uk: 'skipped', k: 'skipped' },
  none_failed: { s: 'runs', k: 'runs', sk: 'runs', sf: 'upstream_failed', u: 'upstream_failed' },
  none_skipped: { s: 'runs', f: 'runs', fu: 'runs', sk: 'skipped' },
  none_failed_min_one_success: { s: 'runs', sk: 'runs', k: 'skipped', sf: 'upstream_failed', u: 'upstream_failed' },
  always: { f: 'runs', k: 'runs', u: 'runs' },
};

const ENDS: Readonly<Record<string, EndState>> = { s: 'success', f: 'failed', u: 'upstream_failed', k: 'skipped' };

test('the table has every rule', () => {
  expect(Object.keys(TABLE)).toEqual(TRIGGER_RULES);
});

describe.each(Object.entries(TABLE))('%s', (rule, cases) => {
  test.each(Object.entries(cases))('upstreams %s: %s', (upstreams, verdict) => {
    const ids = [...upstreams].map((letter, i) => `${letter}${i}`);
    expect(verdictOf(ruleReasons(rule as TriggerRule, ids), (id) => ENDS[id[0]!]!)).toBe(verdict);
  });

  test('a task without upstreams runs', () => {
    expect(verdictOf(ruleReasons(rule as TriggerRule, []), () => 'failed')).toBe('runs');
  });
});

test.each<[EndState[], string]>([
  [[], 'runs'],
  [['success'], 'runs'],
  [['success', 'failed'], 'runs'],
  [['failed'], 'upstream_failed'],
  [['skipped', 'skipped'], 'skipped'],
  [['skipped', 'failed'], 'upstream_failed'],
])('a teardown whose setups ended %j: %s', (setups, verdict) => {
  const ids = setups.map((_, i) => String(i));
  expect(verdictOf(teardownReasons(ids), (id) => setups[Number(id)]!)).toBe(verdict);
});
