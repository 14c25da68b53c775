import type { Json } from '../../asl/json/value.ts';
import type { PolicyDocument } from '../../manifest/manifest.ts';
import type { Graph } from '../3-graph/graph.ts';
import { policyOfMachine } from './policy/policy.ts';

export interface Cleanup {
  readonly machine: Json;
  /** What its role must be allowed. */
  readonly policy: PolicyDocument;
}

/**
 * A machine that ends what an execution left behind, for executions that were aborted or timed out: no state of theirs can catch that.
 * Its input is EventBridge's event "Step Functions Execution Status Change". Undefined where the DAG makes nothing of the kind.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function cleanupOf({ model, tasks }: Graph): Cleanup | undefined {
  if (![...tasks.values()].some((task) => task.model.template.leavesBehind === 'emr-cluster')) return undefined;
  const machine = machineOf(model.id);
  return { machine, policy: policyOfMachine(machine.States, ENDS_OURS) };
}

/** Only clusters that an execution made are ended. To know them all are looked at: their tags stand in DescribeCluster alone. */
const ENDS_OURS = {
  'elasticmapreduce:TerminateJobFlows': {
    StringLike: {
      'elasticmapreduce:ResourceTag/dagwright:execution': 'arn:${partition}:states:${region}:${account}:execution:*',
    },
  },
};

function machineOf(dag: string) {
  return {
    Comment: `Terminates the EMR clusters that carry the tag dagwright:execution of an execution of ${dag} that was aborted or timed out.`,
    QueryLanguage: 'JSONata',
    StartAt: 'execution',
    States: {
      execution: {
        Type: 'Pass',
        Assign: { execution: '{% $states.input.detail.executionArn %}', page: {} },
        Next: 'clusters',
      },
      clusters: {
        Type: 'Task',
        Comment: 'Clusters that are starting or alive, a page at a time.',
        Resource: 'arn:aws:states:::aws-sdk:emr:listClusters',
        Arguments: "{% $merge([{'ClusterStates': ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING']}, $page]) %}",
        Assign: { page: "{% $exists($states.result.Marker) ? {'Marker': $states.result.Marker} : {} %}" },
        Retry: RETRY,
        Next: 'each cluster',
      },
      'each cluster': {
        Type: 'Map',
        Next: 'more?',
        Items: '{% [$states.input.Clusters.Id] %}',
        MaxConcurrency: 5,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'describe',
          States: {
            describe: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:emr:describeCluster',
              Arguments: { ClusterId: '{% $states.input %}' },
              Retry: RETRY,
              Next: 'ours?',
            },
            'ours?': {
              Type: 'Choice',
              Choices: [
                {
                  Condition:
                    "{% $exists($states.input.Cluster.Tags[Key = 'dagwright:execution' and Value = $execution]) %}",
                  Next: 'terminate',
                },
              ],
              Default: 'not ours',
            },
            terminate: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:emr:terminateJobFlows',
              Arguments: { JobFlowIds: ['{% $states.input.Cluster.Id %}'] },
              Retry: RETRY,
              End: true,
            },
            'not ours': { Type: 'Succeed', Output: {} },
          },
        },
      },
      'more?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($page.Marker) %}', Next: 'clusters' }],
        Default: 'done',
      },
      done: { Type: 'Succeed', Output: {} },
    },
  };
}

/** A cluster that is not ended costs money by the hour: this is worth trying for half an hour. */
const RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 10, BackoffRate: 2, MaxDelaySeconds: 300 },
];
