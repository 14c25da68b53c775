import { expect, test } from '@jest/globals';
import { createColors } from 'picocolors';
import { simulate } from '../../simulate/simulate.ts';
import { simulationText } from '../../simulate/simulation-text.ts';

test('a Fail takes no time, though what it failed is tried again later', async () => {
  const machine = {
    StartAt: 'tried',
    States: {
      tried: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'gives up', States: { 'gives up': { Type: 'Fail', Error: 'E' } } }],
        Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 60, MaxAttempts: 1 }],
        End: true,
      },
    },
  };
  const text = simulationText(await simulate(machine, {}), createColors(false));
  expect(text.match(/gives up +Fail +0\.0 s/g)).toHaveLength(2);
});
