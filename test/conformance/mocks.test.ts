import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { StateMachine } from '../../asl/types.ts';
import { checkMocks } from '../../local/mocks/check-mocks.ts';
import { chooseMocks } from '../../local/mocks/choose-mocks.ts';
import { missingMembers } from '../../local/mocks/missing-members.ts';

/** What services were recorded to answer is what they are known to answer. The cases lie beside the repository. */
const CASES = new URL('../../../shared/conformance/executions.jsonl', import.meta.url);

(existsSync(CASES) ? it : it.skip)('finds no fault in recorded answers', async () => {
  const cases = readFileSync(CASES, 'utf8').trim().split('\n');
  const faults: string[] = [];
  let mocked = 0;
  for (const line of cases) {
    const { id, definition, mocks = {} } = JSON.parse(line) as { id: string; definition: StateMachine; mocks?: object };
    mocked += Object.keys(mocks).length;
    const chosen = chooseMocks(mocks, {});
    const lacks = (await missingMembers(definition, chosen)).map(({ diagnostic }) => diagnostic);
    for (const { code, message } of [...(await checkMocks(definition, chosen)), ...lacks])
      faults.push(`${id}: ${code} ${message}`);
  }
  expect(mocked).toBeGreaterThan(100);
  expect(faults).toEqual([]);
});
