import type { Leftover, Permission } from '../../authoring/internal.ts';
import type { PolicyDocument } from '../../manifest/manifest.ts';
import { jobsIn } from '../2-lower/given-up-jobs.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { DeployVocabulary } from '../6-emit/resolve.ts';
import { endStates, JOB_VARIABLES, type JobKind, jobStates } from './cleanup-jobs.ts';
import { permissionsOfMachine, permissionsOnJobs, policyDocument } from './policy/policy.ts';

export interface Cleanup {
  readonly machine: object;
  /** What its role must be allowed. */
  readonly policy: PolicyDocument;
}

/**
 * A machine that ends what an execution left behind: jobs that nobody waits for any more, clusters, applications. It is started when an
 * execution has ended, however: no state of the execution can catch that it was aborted, timed out or grew too large, and a teardown may
 * have failed. Its input then is EventBridge's event "Step Functions Execution Status Change". A task that is tried again starts it for the
 * jobs of one state, `{"execution": …, "state": …}`, and goes on when they have ended. Undefined where the DAG starts no job
 * and makes nothing.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function cleanupOf(graph: Graph, words: DeployVocabulary): Cleanup | undefined {
  const { model, tasks } = graph;
  const leftovers = [...new Set([...tasks.values()].flatMap((task) => task.model.template.leavesBehind ?? []))];
  const kinds = jobKindsOf(graph);
  if (leftovers.length === 0 && kinds.length === 0) return undefined;
  const machine = machineOf(model.id, kinds, leftovers);
  const conditions = Object.assign({}, ...leftovers.map((leftover) => leftover.conditions ?? {}));
  const parts = Object.assign({}, ...leftovers.map(({ states }) => states)) as Leftover['states'];
  const policy = policyDocument([
    ...permissionsOfMachine(parts, conditions),
    ...(kinds.length > 0 ? [READS_HISTORY, ...permissionsOnJobs(graph, words)] : []),
  ]);
  return { machine, policy };
}

/** Of an execution of the DAG's own machine alone. */
const READS_HISTORY: Permission = {
  actions: ['states:GetExecutionHistory'],
  resources: ['arn:${partition}:states:${region}:${account}:execution:${machine}:*'],
};

/** The kinds of jobs that the DAG starts, in order of their titles; calls that start the same are one kind. */
function jobKindsOf({ tasks }: Graph): JobKind[] {
  const kinds = new Map<string, { readonly calls: Set<string>; readonly job: JobKind['job'] }>();
  for (const { fragment } of tasks.values()) {
    for (const { resource, job } of jobsIn(fragment)) {
      const kind = kinds.get(job.title) ?? { calls: new Set(), job };
      kind.calls.add(resource.split(':::')[1]!);
      kinds.set(job.title, kind);
    }
  }
  return [...kinds.values()]
    .map(({ calls, job }) => ({ calls: [...calls].sort(), job }))
    .sort((a, b) => (a.job.title < b.job.title ? -1 : 1));
}

function machineOf(dag: string, kinds: readonly JobKind[], leftovers: readonly Leftover[]) {
  const hasJobs = kinds.length > 0;
  const [first] = leftovers;
  const last = hasJobs ? 'all ended?' : DONE;
  const afterJobs = first === undefined ? last : 'of one state?';
  return {
    Comment: commentOf(dag, kinds, leftovers),
    QueryLanguage: 'JSONata',
    StartAt: 'execution',
    States: {
      execution: {
        Type: 'Pass',
        Assign: {
          execution: hasJobs
            ? '{% $exists($states.input.execution) ? $states.input.execution : $states.input.detail.executionArn %}'
            : '{% $states.input.detail.executionArn %}',
          ...(hasJobs && JOB_VARIABLES),
          ...Object.assign({}, ...leftovers.map(({ variables = {} }) => variables)),
        },
        Next: hasJobs ? 'history' : first!.start,
      },
      ...(hasJobs && jobStates(kinds, afterJobs)),
      ...(hasJobs &&
        first !== undefined && {
          'of one state?': {
            Type: 'Choice',
            Choices: [{ Condition: '{% $state != null %}', Next: last }],
            Default: first.start,
          },
        }),
      ...Object.assign({}, ...leftovers.map(({ states }, i) => goingOn(states, leftovers[i + 1]?.start ?? last))),
      ...(hasJobs && endStates(DONE)),
      [DONE]: { Type: 'Succeed', Output: {} },
    },
  };
}

const DONE = 'done';

/** `Ends the Athena queries and Glue job runs, and terminates the EMR clusters, that an execution of x left behind.` */
function commentOf(dag: string, kinds: readonly JobKind[], leftovers: readonly Leftover[]): string {
  const titles = kinds.map(({ job }) => plural(job.title));
  const jobs = kinds.length === 0 ? [] : [`Ends the ${listed(titles)} that nobody waits for`];
  const parts = [...jobs, ...leftovers.map(({ ends }) => `${ends} that are left`)];
  const said = parts.map((part, i) => (i === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1)));
  return `${said.join('; ')}: of an execution of ${dag} that has ended, or of one state that is tried again.`;
}

function plural(title: string): string {
  return title.endsWith('y') ? `${title.slice(0, -1)}ies` : `${title}s`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The states of a part, of which the ends lead to what comes after it. */
function goingOn(states: Leftover['states'], next: string): Leftover['states'] {
  if (next === DONE) return states;
  const led = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(led);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [
        field,
        one === DONE && (field === 'Next' || field === 'Default') ? next : led(one),
      ]),
    );
  };
  return led(states) as Leftover['states'];
}
