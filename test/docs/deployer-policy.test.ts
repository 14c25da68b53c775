import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { withDeployerPolicy } from '../../scripts/deployer-policy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the least policy in docs/deploy.md is the one that is made', () => {
  const text = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
  expect(withDeployerPolicy(text, root)).toBe(text);
  expect(text).toContain('"states:UpdateStateMachineAlias"');
});
