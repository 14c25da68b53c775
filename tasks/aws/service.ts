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
      prefix: 'batch',
      passedRoles: { ExecutionRoleArn: 'ecs-tasks.amazonaws.com', JobRoleArn: 'ecs-tasks.amazonaws.com' },
      // `name:revision`, or a whole ARN, which stays as it is.
      arnNames: {
        JobDefinitionName: { parameters: ['JobDefinition'], part: ['^(?:([^:]*):[^:]*|(.*))$', '$1$2'] },
        Revision: { parameters: ['JobDefinition'], part: ['^[^:]*:([^:]*)$', '$1'] },
      },
    },
    { prefix: 'bedrock', arnNames: { ResourceId: { parameters: ['ModelId'] } } },
    { prefix: 'codebuild', passedRoles: { ServiceRoleOverride: 'codebuild.amazonaws.com' } },
    { prefix: 'databrew', arnNames: { ResourceId: { parameters: ['Name'] } } },
    {
      prefix: 'ecs',
      assumedBy: 'ecs-tasks.amazonaws.com',
      handsOnFrom: {
        CreateService: 'the task definition',
        RunTask: 'the task definition',
        StartTask: 'the task definition',
      },
      arnNames: {
        TaskDefinitionFamilyName: { parameters: ['TaskDefinition'], part: ['^(?:([^:]*):\\d+|(.*))$', '$1$2'] },
        TaskDefinitionRevisionNumber: { parameters: ['TaskDefinition'], part: ['^[^:]*:(\\d+)$', '$1'] },
      },
    },
    // Their parameters name roles that nobody assumes by the call, or that the call itself is about.
    { prefix: 'emr-containers', assumedBy: null },
    { prefix: 'iam', assumedBy: null },
    { prefix: 'sts', assumedBy: null },
    { prefix: 's3', arnNames: { ObjectName: { parameters: ['Key'] } } },
    { prefix: 'states', arnNames: { ExecutionId: { parameters: ['Name'] } } },
  ],
} as const satisfies Service;
