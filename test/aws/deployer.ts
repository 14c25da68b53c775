import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployerPolicies } from '../../deploy/permissions/deployer-policy.ts';
import { scopeOfPrefix } from '../../deploy/permissions/scope.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { REPOSITORY } from '../local/support.ts';
import type { Principal } from './strict/principals.ts';

/** The account of the emulator's ARNs. */
export const ACCOUNT = '000000000000';

/** Credentials that reach everything: tests look with them at what there is. */
export const ROOT = { accessKeyId: 'root', secretAccessKey: 'root' };

/** The key of whoever deploys and operates. */
export const DEPLOYER_KEY = 'test';

export interface DeployerOptions {
  readonly partition?: string;
  readonly account?: string;
  /** Actions that its policy denies besides. */
  readonly denied?: readonly string[];
}

/** A user who may do what deploying and operating needs, and no more: the least policy of docs/deploy.md, for whatever prefix. */
export function deployer({ partition = 'aws', account = ACCOUNT, denied = [] }: DeployerOptions = {}): Principal {
  const arn = `arn:${partition}:iam::${account}:user/deployer`;
  const place = { partition, region: '*', account };
  const about = { prefix: '', artifacts: 'my-artifacts' };
  const policies = deployerPolicies({
    environment: { ...about, role: 'managed' },
    place,
    manifests: [MANIFEST],
    deployer: arn,
    scope: scopeOfPrefix(about, place),
  });
  const role = (name: string) => `arn:${partition}:iam::${account}:role/${name}`;
  const others = [
    // Roles that environments of tests name.
    {
      Effect: 'Allow',
      Action: ['iam:GetRole', 'iam:PassRole', 'iam:SimulatePrincipalPolicy'],
      Resource: ['mine', 'nobody'].map(role),
    },
    ...(denied.length === 0 ? [] : [{ Effect: 'Deny', Action: [...denied], Resource: ['*'] }]),
  ];
  return {
    arn,
    policies: [
      ...policies.map((policy, i) => ({ name: `deployer-${i + 1}`, policy })),
      { name: 'tests', policy: { Version: '2012-10-17', Statement: others } },
    ],
  };
}

/** Of the reference pipeline, which says what is attached to roles. */
const MANIFEST = JSON.parse(readFileSync(join(REPOSITORY, 'dist/datalake/manifest.json'), 'utf8')) as Manifest;
