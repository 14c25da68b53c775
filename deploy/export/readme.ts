import type { Format } from './export.ts';
import type { Exported } from './exported.ts';
import { logicalId } from './sam/template.ts';
import { variableName } from './terraform/module.ts';

/** How what was exported is applied, beside it. */
export function readmeOf(exported: Exported, format: Format): string {
  const { dag } = exported;
  return `# ${dag}

Written by \`dagwright export --format ${format}\`: what \`dagwright deploy\` would make. Changes belong into the DAG; export again after \`dagwright compile\`.

${TEXTS[format](exported)}`;
}

const TEXTS: Record<Format, (exported: Exported) => string> = {
  sam: ({ dag, inputs, desired, symbols }) => {
    const bucket = '"$ARTIFACTS"';
    const prefix = symbols.placeholders(desired.names.assetsPrefix);
    const given = inputs.filter((input) => input.default === undefined && input.name !== 'artifacts');
    return `\`\`\`sh
ARTIFACTS=the-name-of-a-bucket
${desired.assets.length > 0 ? `aws s3 sync assets "s3://$ARTIFACTS/${prefix}"\n` : ''}sam deploy --stack-name ${dag.replace(/[^A-Za-z0-9-]/g, '-')} --capabilities CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND --s3-bucket ${bucket} \\
  --parameter-overrides ${[`Artifacts=${bucket}`, ...given.map(({ name }) => `${logicalId(name)}=…`)].join(' ')}
\`\`\`

The scripts go up first: their keys hold their hashes, so that running executions keep theirs. \`machines/\` are the definitions as they were reviewed; the template fills their \`\${…}\`.
`;
  },
  terraform: ({ dag, inputs }) => {
    const given = inputs.filter((input) => input.default === undefined);
    const width = Math.max('source'.length, ...given.map(({ name }) => variableName(name).length));
    const line = (name: string, value: string) => `  ${name.padEnd(width)} = ${value}\n`;
    return `\`\`\`hcl
module "${variableName(dag)}" {
${line('source', `"./${dag}"`)}${given.map(({ name }) => line(variableName(name), '"…"')).join('')}}
\`\`\`

\`machines/\` are the definitions as they were reviewed, \`policies/\` those of the roles; \`templatefile\` fills their \`\${…}\`. \`assets/\` go to S3 under keys that hold their hashes.
`;
  },
};
