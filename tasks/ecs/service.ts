import type { Service } from '../service.ts';

const CLIENT = { package: '@aws-sdk/client-ecs', prefix: 'ecs', title: 'ECS' } as const;

export const ecs = {
  name: 'ecs',
  title: 'ECS',
  integrations: ['ecs'],
  sdk: 'ecs',
  iam: [
    {
      prefix: 'ecs',
      assumedBy: 'ecs-tasks.amazonaws.com',
      handsOnFrom: {
        CreateService: { from: 'the task definition' },
        RunTask: { from: 'the task definition' },
        StartTask: { from: 'the task definition' },
      },
      arnNames: {
        TaskDefinitionFamilyName: { parameters: ['TaskDefinition'], part: ['^(?:([^:]*):\\d+|(.*))$', '$1$2'] },
        TaskDefinitionRevisionNumber: { parameters: ['TaskDefinition'], part: ['^[^:]*:(\\d+)$', '$1'] },
      },
    },
  ],
  jobs: {
    'ecs:runTask': {
      title: 'ECS task',
      made: ['Tasks'],
      each: 'Tasks',
      asks: {
        call: 'ecs:describeTasks',
        arguments: { Cluster: '{% $job.made.Tasks.ClusterArn %}', Tasks: ['{% $job.made.Tasks.TaskArn %}'] },
        // One that stopped an hour ago is known no more.
        state: '$states.result.Tasks[0].LastStatus',
        ended: ['STOPPED', 'DELETED'],
      },
      ends: {
        call: 'ecs:stopTask',
        arguments: {
          Cluster: '{% $job.made.Tasks.ClusterArn %}',
          Task: '{% $job.made.Tasks.TaskArn %}',
          Reason: 'Nobody waits for this task any more.',
        },
      },
    },
  },
  account: {
    subnets: ['Subnets'],
    named: [
      {
        title: 'cluster',
        parameters: ['Cluster'],
        madeBy: { createCluster: 'ClusterName' },
        form: '^(?:arn:[^:]+:ecs:[^:]+:[^:]+:cluster/)?(?<name>[^:/]+)$',
        asks: { client: CLIENT, call: 'ecs:describeClusters', arguments: { Clusters: ['${given}'] } },
        list: 'Clusters',
        state: { path: ['Clusters', '0', 'Status'], unusable: ['INACTIVE', 'DEPROVISIONING', 'FAILED'] },
        make: '`aws ecs create-cluster --cluster-name ${name} --region ${region}`',
      },
      {
        title: 'task definition',
        parameters: ['TaskDefinition'],
        madeBy: { registerTaskDefinition: 'Family' },
        asks: { client: CLIENT, call: 'ecs:describeTaskDefinition', arguments: { TaskDefinition: '${given}' } },
        // "Unable to describe task definition."
        none: ['ClientException'],
        state: { path: ['TaskDefinition', 'Status'], unusable: ['INACTIVE', 'DELETE_IN_PROGRESS'] },
        make: 'Register it (`aws ecs register-task-definition`).',
      },
    ],
  },
  samples: {
    task: {
      TaskArn: 'arn:aws:ecs:us-east-1:123456789012:task/cluster/0123456789abcdef0123456789abcdef',
      ClusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/cluster',
      LastStatus: 'STOPPED',
      StopCode: 'EssentialContainerExited',
      Containers: [{ Name: 'app', ExitCode: 0 }],
    },
  },
  otherNames: { '^(?:task|run_?task|fargate|start|container)$': '`ecs.run({ cluster, taskDefinition })`' },
} as const satisfies Service;
