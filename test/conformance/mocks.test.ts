import { expect, it } from '@jest/globals';
import type { StateMachine } from '../../asl/language/types.ts';
import { checkMocks } from '../../simulate/mocks/check-mocks.ts';
import { chooseMocks } from '../../simulate/mocks/choose-mocks.ts';
import { missingMembers } from '../../simulate/mocks/missing-members.ts';
import { recorded } from './recorded.ts';

/** What services were recorded to answer is what they are known to answer. */
it('finds no fault in recorded answers', async () => {
  const { cases, whole } = recorded<{ id: string; definition: StateMachine; mocks?: object }>('executions');
  const faults: string[] = [];
  let mocked = 0;
  for (const { id, definition, mocks = {} } of cases) {
    mocked += Object.keys(mocks).length;
    const chosen = chooseMocks(mocks, {});
    const lacks = (await missingMembers(definition, chosen)).map(({ diagnostic }) => diagnostic);
    for (const { code, message } of [...(await checkMocks(definition, chosen)), ...lacks])
      faults.push(`${id}: ${code} ${message}`);
  }
  expect(mocked).toBeGreaterThan(whole ? 100 : 30);
  expect(faults).toEqual([]);
});
