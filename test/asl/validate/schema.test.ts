import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compileSchemas } from '../../../scripts/asl-schema.ts';

describe('the compiled schemas', () => {
  it('are those of asl/validate/schema.ts (npm run generate:schema writes them)', () => {
    const committed = readFileSync(new URL('../../../asl/validate/schema.generated.ts', import.meta.url), 'utf8');
    expect(committed === compileSchemas()).toBe(true);
  });

  it('need nothing', () => {
    expect(compileSchemas()).not.toMatch(/\brequire\(|^import /m);
  });
});
