import type { Service } from '../service.ts';
import { jobs } from './jobs.ts';

/** The services that have no folder of their own and are called by `aws({ service, action })`. */
export const otherServices = {
  name: 'aws',
  title: 'AWS',
  integrations: [],
  account: { subnets: ['Subnets', 'SubnetIds'] },
  jobs,
  stays: {
    'eks:createCluster': { title: 'a cluster', endedBy: ['eks:deleteCluster'] },
    'eks:createFargateProfile': { title: 'a Fargate profile', endedBy: ['eks:deleteFargateProfile'] },
    'eks:createNodegroup': { title: 'a node group', endedBy: ['eks:deleteNodegroup'] },
  },
  iam: [
    {
      prefix: 'autoscaling',
      assumedBy: 'ec2.amazonaws.com',
      handsOnFrom: {
        CreateAutoScalingGroup: { from: 'the launch template', given: ['LaunchTemplate', 'MixedInstancesPolicy'] },
        CreateLaunchConfiguration: { from: 'the instance profile', given: ['IamInstanceProfile'] },
        UpdateAutoScalingGroup: { from: 'the launch template', given: ['LaunchTemplate', 'MixedInstancesPolicy'] },
      },
    },
    { prefix: 'codebuild', passedRoles: { ServiceRoleOverride: 'codebuild.amazonaws.com' } },
    { prefix: 'databrew', arnNames: { ResourceId: { parameters: ['Name'] } } },
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
    {
      prefix: 'ec2',
      arnNames: { KeyPairName: { parameters: ['KeyName'] } },
      handsOnFrom: {
        AssociateIamInstanceProfile: { from: 'the instance profile' },
        CreateFleet: { from: 'the launch template' },
        ReplaceIamInstanceProfileAssociation: { from: 'the instance profile' },
        RequestSpotInstances: { from: 'the instance profile', given: ['IamInstanceProfile'] },
        RunInstances: {
          from: 'the instance profile or the launch template',
          given: ['IamInstanceProfile', 'LaunchTemplate'],
        },
      },
    },
    // Their parameters name roles that nobody assumes by the call, or that the call itself is about.
    { prefix: 'iam', assumedBy: null },
    { prefix: 'sts', assumedBy: null },
  ],
} as const satisfies Service;
