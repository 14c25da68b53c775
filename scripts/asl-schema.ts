import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { transformSync } from 'esbuild';
import { schemas } from '../asl/validate/schema.ts';

// A CommonJS module whose default export stands either at `default` or is the module, by who loads it.
const standalone = (
  'default' in standaloneModule ? standaloneModule.default : standaloneModule
) as (typeof standaloneModule)['default'];

/** The text of asl/validate/schema.generated.ts: every schema as one function without any dependency. */
export function compileSchemas(): string {
  const sources = schemas();
  const ajv = new Ajv({
    allErrors: true,
    verbose: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: false },
  });
  for (const [name, schema] of Object.entries(sources)) ajv.addSchema(schema, name);
  const code = standalone(ajv, Object.fromEntries(Object.keys(sources).map((name) => [name, name])));
  // ajv takes the length of strings in code points from a helper of its runtime; only "not empty" is ever asked.
  const free = code
    .replace(/const func\d+ = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g, '')
    .replace(/func\d+\((data\d*)\)/g, '$1.length');
  if (free.includes('require(')) throw new Error('the compiled schemas still need a helper of ajv');
  const { code: small } = transformSync(free, {
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    format: 'esm',
  });
  return `// @ts-nocheck\n// Made by scripts/generate-asl-schema.ts from asl/validate/schema.ts. Do not edit.\n${small}`;
}
