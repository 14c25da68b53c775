import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployerPolicies } from '../deploy/permissions/deployer-policy.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Environment } from '../project/environment.ts';
import { DEFAULTS } from '../project/environment-schema.ts';

/** The environment of docs/deploy.md's policy: what a reader puts in place of its names is told beside it. */
const ENVIRONMENT: Environment = {
  ...DEFAULTS,
  name: 'prod',
  region: 'eu-west-1',
  artifacts: 'my-artifacts',
  prefix: 'team-',
};

const BEGIN = '<!-- The least policy: made from deploy/permissions/calls.ts by `npm run generate:docs`. -->';
const END = '<!-- End of the least policy. -->';

/** docs/deploy.md with the least policy of whoever deploys the reference pipeline. */
export function withDeployerPolicy(text: string, root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/datalake/manifest.json'), 'utf8')) as Manifest;
  const [policy] = deployerPolicies({
    environment: ENVIRONMENT,
    place: { partition: 'aws', region: ENVIRONMENT.region, account: '111122223333' },
    manifests: [manifest],
    deployer: 'arn:aws:iam::111122223333:role/deployer',
  });
  const [before, rest = ''] = text.split(BEGIN);
  const after = rest.split(END)[1];
  if (after === undefined) throw new Error('docs/deploy.md has no place for the least policy');
  return `${before}${BEGIN}\n\n\`\`\`json\n${printed(policy)}\n\`\`\`\n\n${END}${after}`;
}

/** A statement a line for each of its lists, so that the whole is read at once. */
function printed(policy: unknown): string {
  return JSON.stringify(policy, undefined, 2).replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => {
    const list = items.split(/,\s+/);
    const short = `[${list.join(', ')}]`;
    return short.length <= 100 ? short : `[\n        ${list.join(',\n        ')}\n      ]`;
  });
}
