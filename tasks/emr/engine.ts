import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { type Account, type Action, type Engine, randomId, ServiceError, taskFailed } from '../../engines/engine.ts';
import { Cluster } from './engine/cluster.ts';
import { runStep, type Step } from './engine/step.ts';

/**
 * EMR: clusters that exist as a number of places for steps, and steps that are run for real.
 *
 * Optimized integrations: https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html
 */
export function engine(account: Account): Engine {
  const clusters = new Map<string, Cluster>();
  return { actions: optimized(account, clusters), sdkActions: sdk(account, clusters), close: async () => {} };
}

const OPTIMIZED_ERROR = 'ElasticMapReduce.AmazonElasticMapReduceException';
const SDK_ERROR = 'Emr.EmrException';

function optimized(account: Account, clusters: Map<string, Cluster>): Record<string, Action> {
  const createCluster = (fields: JsonObject): Cluster => {
    const args = new Arguments(fields, OPTIMIZED_ERROR);
    if (args.object('Instances').json('KeepJobFlowAliveWhenNoSteps') !== true)
      throw new ServiceError(OPTIMIZED_ERROR, 'Instances.KeepJobFlowAliveWhenNoSteps must be true');
    if (args.has('Steps'))
      throw new ServiceError(OPTIMIZED_ERROR, 'The field Steps is not allowed; add steps with addStep');
    return open(account, clusters, args, OPTIMIZED_ERROR);
  };
  const addStep = (fields: JsonObject, call: TaskCall) => {
    const args = new Arguments(fields, OPTIMIZED_ERROR);
    return { cluster: find(clusters, args.string('ClusterId'), OPTIMIZED_ERROR), step: args.object('Step'), call };
  };
  const terminate = (fields: JsonObject): Cluster => {
    const cluster = find(clusters, new Arguments(fields, OPTIMIZED_ERROR).string('ClusterId'), OPTIMIZED_ERROR);
    cluster.terminate('USER_REQUEST', 'Terminated by user request');
    return cluster;
  };
  return {
    createCluster: (fields) => ({ ClusterId: createCluster(fields).id }),
    'createCluster.sync': (fields, call) => {
      const cluster = createCluster(fields);
      call.submitted({ ClusterId: cluster.id });
      return { ClusterId: cluster.id, Cluster: cluster.describe(Number) };
    },
    addStep: (fields, call) => {
      const request = addStep(fields, call);
      return { StepId: begin(account, request.cluster, request.step, call, OPTIMIZED_ERROR).step.id };
    },
    'addStep.sync': async (fields, call) => {
      const request = addStep(fields, call);
      const { step, end } = begin(account, request.cluster, request.step, call, OPTIMIZED_ERROR);
      call.submitted({ StepId: step.id });
      await end;
      if (step.state !== 'COMPLETED') throw taskFailed(step.describe(Number));
      return { StepId: step.id, Step: step.describe(Number) };
    },
    terminateCluster: (fields) => {
      terminate(fields);
      return {};
    },
    'terminateCluster.sync': async (fields) => {
      const cluster = terminate(fields);
      await cluster.ended();
      return { ClusterId: cluster.id, Cluster: cluster.describe(Number) };
    },
  };
}

/** EMR's own API, for machines that use it directly. Its timestamps are texts. */
function sdk(account: Account, clusters: Map<string, Cluster>): Record<string, Action> {
  const text = (ms: number) => new Date(ms).toISOString();
  return {
    runJobFlow: (fields) => ({ JobFlowId: open(account, clusters, new Arguments(fields, SDK_ERROR), SDK_ERROR).id }),
    describeCluster: (fields) => ({
      Cluster: find(clusters, new Arguments(fields, SDK_ERROR).string('ClusterId'), SDK_ERROR).describe(text),
    }),
    addJobFlowSteps: (fields, call) => {
      const args = new Arguments(fields, SDK_ERROR);
      const cluster = find(clusters, args.string('JobFlowId'), SDK_ERROR);
      return {
        StepIds: args.list('Steps').map((step): Json => begin(account, cluster, step, call, SDK_ERROR).step.id),
      };
    },
    describeStep: (fields) => {
      const args = new Arguments(fields, SDK_ERROR);
      const step = find(clusters, args.string('ClusterId'), SDK_ERROR).steps.get(args.string('StepId'));
      if (step === undefined) throw new ServiceError(SDK_ERROR, `Step id '${args.string('StepId')}' is not valid.`);
      return { Step: step.describe(text) };
    },
    listSteps: (fields) => {
      const args = new Arguments(fields, SDK_ERROR);
      const cluster = find(clusters, args.string('ClusterId'), SDK_ERROR);
      const states = args.has('StepStates') ? args.strings('StepStates') : undefined;
      const ids = args.has('StepIds') ? args.strings('StepIds') : undefined;
      // The latest first.
      const listed = [...cluster.steps.values()]
        .reverse()
        .filter(({ id, state }) => (states?.includes(state) ?? true) && (ids?.includes(id) ?? true));
      return { Steps: listed.map((step): Json => step.describe(text)) };
    },
    cancelSteps: (fields) => {
      const args = new Arguments(fields, SDK_ERROR);
      const cluster = find(clusters, args.string('ClusterId'), SDK_ERROR);
      return {
        CancelStepsInfoList: args.strings('StepIds').map((id): Json => {
          const step = cluster.steps.get(id);
          const cancelled = step !== undefined && cluster.cancel(step);
          return { StepId: id, Status: cancelled ? 'SUBMITTED' : 'FAILED' };
        }),
      };
    },
    listClusters: (fields) => {
      const args = new Arguments(fields, SDK_ERROR);
      const states = args.has('ClusterStates') ? args.strings('ClusterStates') : undefined;
      const after = args.has('CreatedAfter') ? Date.parse(args.string('CreatedAfter')) : 0;
      const listed = [...clusters.values()].filter(
        (one) => one.created >= after && (states === undefined || states.includes(one.state)),
      );
      return { Clusters: listed.map((one): Json => ({ Id: one.id, Name: one.name })) };
    },
    terminateJobFlows: (fields) => {
      for (const id of new Arguments(fields, SDK_ERROR).strings('JobFlowIds'))
        find(clusters, id, SDK_ERROR).terminate('USER_REQUEST', 'Terminated by user request');
      return {};
    },
  };
}

function open(account: Account, clusters: Map<string, Cluster>, args: Arguments, error: string): Cluster {
  const concurrency = args.number('StepConcurrencyLevel', 1);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 256)
    throw new ServiceError(error, 'StepConcurrencyLevel must be between 1 and 256');
  const cluster = new Cluster({
    id: `j-${randomId(account.random, 13)}`,
    name: args.string('Name'),
    release: args.has('ReleaseLabel') ? args.string('ReleaseLabel') : undefined,
    concurrency,
    profile: profileOf(args),
    tags: args.json('Tags') ?? [],
    now: () => account.clock.now(),
  });
  clusters.set(cluster.id, cluster);
  return cluster;
}

/** The role of the cluster's machines, where it has one. */
function profileOf(args: Arguments): string | undefined {
  return args.has('JobFlowRole') ? args.string('JobFlowRole') : undefined;
}

function find(clusters: Map<string, Cluster>, id: string, error: string): Cluster {
  const cluster = clusters.get(id);
  if (cluster === undefined) throw new ServiceError(error, `Cluster id '${id}' is not valid.`);
  return cluster;
}

/** Adds a step to a cluster; `end` resolves when it has ended, however. */
function begin(
  account: Account,
  cluster: Cluster,
  args: Arguments,
  call: TaskCall,
  error: string,
): { step: Step; end: Promise<void> } {
  const step = cluster.add(args, `s-${randomId(account.random, 13)}`, error);
  // A step that nobody waits for keeps the clock real as well.
  const end = account.clock.during(() =>
    cluster.run(step, call.signal, (signal) => runStep(account, step, { call, signal, profile: cluster.profile })),
  );
  return { step, end };
}
