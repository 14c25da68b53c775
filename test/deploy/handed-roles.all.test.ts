import { IAM, type ListRolesCommandOutput } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deploy, plan } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { ROOT } from '../aws/deployer.ts';
import { ACCOUNT } from '../aws/ministack.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { BUCKET, ENVIRONMENT, optionsOf, project, REGION } from './support.ts';

emptyEndpoint();
let iam: IAM;
beforeAll(() => {
  iam = new IAM({ region: REGION, credentials: ROOT });
});
afterAll(() => iam.destroy());

const environment = { ...ENVIRONMENT, env: { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' } };
const SERVICE_ROLE = 'dagwright-ratings-env-emrRole';
const MACHINES_ROLE = 'dagwright-ratings-env-emrProfile';
const EMR_POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2';

describe('roles that the machine hands on', () => {
  test('are made, and a second deploy has nothing to do', async () => {
    const options = optionsOf(await project(), { environment });
    await deploy(options);
    expect(isEmpty(await plan(options))).toBe(true);

    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: SERVICE_ROLE });
    expect(AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([EMR_POLICY]);
    const { InstanceProfile } = await iam.getInstanceProfile({ InstanceProfileName: MACHINES_ROLE });
    expect(InstanceProfile?.Roles?.map(({ RoleName }) => RoleName)).toEqual([MACHINES_ROLE]);
  });

  test('may do what the cluster’s machines do, and no more', async () => {
    await deploy(optionsOf(await project(), { environment }));
    const asked = async (action: string, resource: string) => {
      const { EvaluationResults } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/${MACHINES_ROLE}`,
        ActionNames: [action],
        ResourceArns: [resource],
      });
      return EvaluationResults?.[0]?.EvalDecision;
    };
    expect(await asked('s3:PutObject', 'arn:aws:s3:::my-lake/x')).toBe('allowed');
    expect(await asked('s3:GetObject', `arn:aws:s3:::${BUCKET}/dagwright/ratings/assets/x.py`)).toBe('allowed');
    expect(await asked('s3:PutObject', `arn:aws:s3:::${BUCKET}/dagwright/ratings/assets/x.py`)).toBe('implicitDeny');
    expect(await asked('s3:GetObject', 'arn:aws:s3:::other/x')).toBe('implicitDeny');
  });

  test('are mended: a policy that somebody attached goes, one that somebody detached comes back', async () => {
    const options = optionsOf(await project(), { environment });
    await deploy(options);
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.attachRolePolicy({ RoleName: MACHINES_ROLE, PolicyArn: admin });
    await iam.detachRolePolicy({ RoleName: SERVICE_ROLE, PolicyArn: EMR_POLICY });
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName: MACHINES_ROLE, RoleName: MACHINES_ROLE });

    const { changes } = await plan(options);
    expect(changes.map(({ kind, name, differs, drift }) => ({ kind, name, differs, drift }))).toEqual([
      { kind: 'role', name: MACHINES_ROLE, differs: ['others'], drift: ['others'] },
      { kind: 'instance-profile', name: MACHINES_ROLE, differs: ['role'], drift: ['role'] },
      { kind: 'role', name: SERVICE_ROLE, differs: ['others'], drift: ['others'] },
    ]);
    await deploy(options);
    expect(isEmpty(await plan(options))).toBe(true);
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: MACHINES_ROLE });
    expect(AttachedPolicies).toEqual([]);
  });

  test('go with the rest, and nobody else’s', async () => {
    const options = optionsOf(await project(), { environment });
    const before = await iam.listRoles({});
    await deploy(options);
    await iam.createRole({ RoleName: 'dagwright-ratings-env-mine', AssumeRolePolicyDocument: '{}' });
    await destroy(options);
    const names = ({ Roles = [] }: ListRolesCommandOutput) => Roles.map(({ RoleName }) => RoleName!).sort();
    expect(names(await iam.listRoles({}))).toEqual([...names(before), 'dagwright-ratings-env-mine'].sort());
    expect((await iam.listInstanceProfiles({})).InstanceProfiles).toEqual([]);
  });

  test('go when the environment names a role instead', async () => {
    const at = await project();
    await deploy(optionsOf(at, { environment }));
    await deploy(optionsOf(at));
    await expect(iam.getRole({ RoleName: SERVICE_ROLE })).rejects.toThrow();
    await expect(iam.getInstanceProfile({ InstanceProfileName: MACHINES_ROLE })).rejects.toThrow();
    expect(isEmpty(await plan(optionsOf(at)))).toBe(true);
  });
});
