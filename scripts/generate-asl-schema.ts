/** Writes asl/validate/schema.generated.ts. `npm run generate:schema` after each change of asl/validate/schema.ts. */
import { writeFileSync } from 'node:fs';
import { compileSchemas } from './asl-schema.ts';

// Bundled into build/, which lies beside asl/ as scripts/ does.
writeFileSync(new URL('../asl/validate/schema.generated.ts', import.meta.url), compileSchemas());
