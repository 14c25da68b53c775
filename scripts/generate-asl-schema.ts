/** Writes asl/validate/schema.generated.ts: `node scripts/generate-asl-schema.ts` after each change of asl/validate/schema.ts. */
import { writeFileSync } from 'node:fs';
import { compileSchemas } from './asl-schema.ts';

writeFileSync(new URL('../asl/validate/schema.generated.ts', import.meta.url), compileSchemas());
