import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { OPTIMIZED, SDK_OF_OPTIMIZED, sdkService } from '../../asl/services/index.ts';

/** The members of an interface, and of each the names in it: its own members, or the texts of a union. */
function interfaceOf(file: string, name: string): Map<string, string[]> {
  const text = readFileSync(file, 'utf8').replace(/\/\*\*.*?\*\//gs, '');
  const body = new RegExp(`export interface ${name} \\{\\n(.*?)\\n\\}`, 's').exec(text)![1]!;
  const members = body.split(/\n(?= {2}\w+:)/);
  return new Map(
    members.map((member) => {
      const [, service, rest] = /^\s*(\w+):(.*)$/s.exec(member) as unknown as [string, string, string];
      const texts = [...rest.matchAll(/'(\w+)'/g)].map(([, one]) => one!);
      const keys = [...rest.matchAll(/(?:^\s*\{|\n {4}) ?(\w+):/g)].map(([, one]) => one!);
      return [service, [...new Set(name === 'OptimizedActions' ? texts : keys)].sort()];
    }),
  );
}

/** By the SDK's service, the actions of optimized integrations that a test picks. */
function actions(picks: (service: string, action: string, patterns: readonly string[]) => boolean) {
  const found = new Map<string, string[]>();
  for (const [optimized, all] of Object.entries(OPTIMIZED)) {
    const service = SDK_OF_OPTIMIZED[optimized] ?? optimized;
    const picked = Object.keys(all).filter((action) => picks(service, action, all[action]!));
    if (picked.length > 0) found.set(service, picked.sort());
  }
  return found;
}
const inSdk = (service: string, action: string) => sdkService(service)?.has(action) === true;

test('the types know the actions that have an optimized integration', () => {
  expect(interfaceOf('tasks/aws/integration-types.ts', 'OptimizedActions')).toEqual(actions(inSdk));
});

test('the types know what only optimized integrations have', () => {
  const own = interfaceOf('tasks/aws/optimized-types.ts', 'OwnActions');
  // The SDK has it under another service, and either name is taken.
  expect(own.get('bedrockruntime')).toEqual(own.get('bedrock'));
  own.delete('bedrockruntime');
  expect(own).toEqual(actions((service, action) => !inSdk(service, action)));
});

test('the types know what can be waited for', () => {
  expect(interfaceOf('tasks/aws/optimized-types.ts', 'SyncAnswers')).toEqual(
    actions((_, __, patterns) => patterns.includes('sync')),
  );
});
