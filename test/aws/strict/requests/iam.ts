import type { Context } from '../../../../engines/iam/index.ts';
import { type AwsCall, textOf } from '../protocol/call.ts';
import { type Account, type IamRequest, passes, type Requests, tagContext, tagsIn } from './request.ts';

/** A role, by its name in the call: the ARN that it has, path and all. */
const onRole =
  (context: (call: AwsCall) => Context = () => ({})) =>
  async (call: AwsCall, { roleArn }: Account): Promise<IamRequest[]> => [
    { action: `iam:${call.operation}`, resource: await roleArn(textOf(call, 'RoleName')), context: context(call) },
  ];
const attached = (call: AwsCall): Context => ({ 'iam:PolicyARN': textOf(call, 'PolicyArn') });
const bounded = (call: AwsCall): Context => {
  const boundary = textOf(call, 'PermissionsBoundary');
  return boundary === '' ? {} : { 'iam:PermissionsBoundary': boundary };
};

/** A thing that the call makes: under the path that the call says. */
const newOne =
  (kind: string, name: string) =>
  (call: AwsCall, { partition, account }: Account) =>
    `arn:${partition}:iam::${account}:${kind}${textOf(call, 'Path') || '/'}${textOf(call, name)}`;

const newRole = newOne('role', 'RoleName');
const profile = newOne('instance-profile', 'InstanceProfileName');

const onProfile = (call: AwsCall, account: Account): IamRequest[] => [
  { action: `iam:${call.operation}`, resource: profile(call, account) },
];

function tagged(call: AwsCall, action: string, resource: string): IamRequest[] {
  const context = tagContext(tagsIn(call.parameters.Tags));
  return Object.keys(context).length === 0 ? [] : [{ action: `iam:${action}`, resource, context }];
}

const onAll = ({ operation }: AwsCall) => [{ action: `iam:${operation}`, resource: '*' }];
const onUser = (call: AwsCall, account: Account): IamRequest[] => [
  { action: `iam:${call.operation}`, resource: newOne('user', 'UserName')(call, account) },
];
const onPolicy = (call: AwsCall): IamRequest[] => [
  { action: `iam:${call.operation}`, resource: textOf(call, 'PolicyArn') },
];

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const IAM: Requests = {
  CreateRole: (call, account) => [
    {
      action: 'iam:CreateRole',
      resource: newRole(call, account),
      context: { ...tagContext(tagsIn(call.parameters.Tags)), ...bounded(call) },
    },
    ...tagged(call, 'TagRole', newRole(call, account)),
  ],
  GetRole: onRole(),
  DeleteRole: onRole(),
  TagRole: onRole((call) => tagContext(tagsIn(call.parameters.Tags))),
  UntagRole: onRole(),
  ListRoleTags: onRole(),
  UpdateRole: onRole(),
  UpdateAssumeRolePolicy: onRole(),
  PutRolePolicy: onRole(),
  GetRolePolicy: onRole(),
  DeleteRolePolicy: onRole(),
  ListRolePolicies: onRole(),
  AttachRolePolicy: onRole(attached),
  DetachRolePolicy: onRole(attached),
  ListAttachedRolePolicies: onRole(),
  PutRolePermissionsBoundary: onRole(bounded),
  DeleteRolePermissionsBoundary: onRole(),
  ListInstanceProfilesForRole: onRole(),
  CreateInstanceProfile: (call, account) => [
    {
      action: 'iam:CreateInstanceProfile',
      resource: profile(call, account),
      context: tagContext(tagsIn(call.parameters.Tags)),
    },
    ...tagged(call, 'TagInstanceProfile', profile(call, account)),
  ],
  GetInstanceProfile: onProfile,
  DeleteInstanceProfile: onProfile,
  TagInstanceProfile: onProfile,
  ListInstanceProfileTags: onProfile,
  RemoveRoleFromInstanceProfile: onProfile,
  AddRoleToInstanceProfile: async (call, account) => [
    ...onProfile(call, account),
    passes(await account.roleArn(textOf(call, 'RoleName')), 'ec2.amazonaws.com'),
  ],
  SimulatePrincipalPolicy: (call) => [
    { action: 'iam:SimulatePrincipalPolicy', resource: textOf(call, 'PolicySourceArn') },
  ],
  GetContextKeysForPrincipalPolicy: (call) => [
    { action: 'iam:GetContextKeysForPrincipalPolicy', resource: textOf(call, 'PolicySourceArn') },
  ],
  SimulateCustomPolicy: onAll,
  GetUser: onUser,
  CreateUser: onUser,
  PutUserPolicy: onUser,
  GetPolicy: onPolicy,
  GetPolicyVersion: onPolicy,
  ListRoles: onAll,
  ListInstanceProfiles: onAll,
  ListPolicies: onAll,
  GetAccountSummary: onAll,
};

export const STS: Requests = {
  // Allowed to everybody, whatever the policies say.
  GetCallerIdentity: () => [],
  AssumeRole: (call) => [{ action: 'sts:AssumeRole', resource: textOf(call, 'RoleArn') }],
};
