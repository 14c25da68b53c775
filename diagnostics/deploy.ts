import { entry } from './diagnostic.ts';

const list = (lines: readonly string[]) => lines.join('; ');

/** What plan, deploy, rollback and destroy say. */
export const DEP = {
  DEP001: entry<{ dist: string }>({
    severity: 'error',
    title: 'Nothing is compiled',
    message: ({ dist }) => `There is no compiled DAG in ${dist}.`,
    why: 'What is deployed is what was compiled and reviewed.',
    remedy: () => 'Run `dagwright compile` first, or name the folder of the compiled DAGs with --dist.',
  }),
  DEP002: entry<{ dag: string; size: number; most: number }>({
    severity: 'error',
    title: 'A definition is over the limit',
    message: ({ dag, size, most }) =>
      `The definition of "${dag}" has ${size} bytes with its placeholders filled; Step Functions takes ${most}.`,
    why: 'Step Functions refuses a larger one.',
    remedy: () => 'Shorten long texts (queries can be read from S3), or split the DAG into two.',
  }),
  DEP003: entry<{ role: string; size: number; most: number }>({
    severity: 'error',
    title: 'A policy is over the limit',
    message: ({ role, size, most }) => `The policy of the role "${role}" has ${size} characters; a role holds ${most}.`,
    why: 'It stands in the role itself, where IAM allows the most in one piece; a managed policy holds 6,144.',
    remedy: () =>
      'Split the DAG into two, or make a role with several managed policies yourself and name it: `role: arn:…`.',
  }),
  DEP004: entry<{ dag: string; schedule: string; detail: string }>({
    severity: 'error',
    title: 'A schedule cannot be made',
    message: ({ dag, schedule, detail }) => `The schedule "${schedule}" of "${dag}" ${detail}.`,
    why: 'EventBridge Scheduler starts the runs.',
    remedy: () =>
      'Write a preset (@hourly, @daily, @weekly, @monthly, @quarterly, @yearly) or a plainer cron expression.',
  }),
  DEP005: entry<{ bucket: string; environment: string; region: string; what: string; actual?: string }>({
    severity: 'error',
    title: 'The artifact bucket cannot be used',
    message: ({ bucket, environment, what }) => `The bucket ${bucket} of the environment "${environment}" ${what}.`,
    why: 'Scripts, the record of what was made and the lock stand in it.',
    remedy: ({ bucket, region, actual }) =>
      actual === undefined
        ? `Make it in the environment’s region (\`aws s3 mb s3://${bucket} --region ${region}\`), name another under \`artifacts:\`, or allow s3:ListBucket on it to the caller.`
        : `Write \`region: ${actual}\`, or name a bucket in ${region} under \`artifacts:\`.`,
  }),
  DEP006: entry<{ what: string; name: string; owner?: string | undefined }>({
    severity: 'error',
    title: 'A name is taken',
    message: ({ what, name, owner }) =>
      `"${name}" (${what}) is there already, and is ${owner ?? 'not made by dagwright'}.`,
    why: 'What somebody else made is never overwritten.',
    remedy: () =>
      'Choose a `prefix:` for the environment, or take it over with --adopt; destroy will not remove it then.',
  }),
  DEP007: entry<{ machine: string; code: string; detail: string; location?: string | undefined }>({
    severity: 'error',
    title: 'AWS refuses the definition',
    message: ({ machine, code, detail, location }) =>
      `AWS refuses the definition of ${machine}${location ? ` at ${location}` : ''}: ${code} ${detail}`,
    why: 'ValidateStateMachineDefinition was asked before anything was changed.',
    remedy: () => 'Mend the DAG and compile; if our own validator should have said so, please report it.',
  }),
  DEP008: entry<{ role: string; what: string }>({
    severity: 'error',
    title: 'The role cannot be used',
    message: ({ role, what }) => `The role ${role} ${what}.`,
    why: 'The machine runs with it. A role that is given is checked and never changed.',
    remedy: () => 'Name another role, mend it, or write `role: managed`.',
  }),
  DEP009: entry<{ role: string; lacking: readonly string[] }>({
    severity: 'error',
    title: 'The role does not suffice',
    message: ({ role, lacking }) => `The role ${role} does not allow ${list(lacking)}.`,
    why: 'The machine would fail in the middle of a run.',
    remedy: () =>
      'Give it the policy in dist/<dag>/policy.json with its placeholders filled, or write `role: managed`.',
  }),
  DEP010: entry<{ dag: string; by: string; host: string; pid: number; since: string }>({
    severity: 'error',
    title: 'Another deploy is under way',
    message: ({ dag, by, host, pid, since }) =>
      `${by} deploys "${dag}" since ${since} (process ${pid} on ${host}), and has not ended.`,
    why: 'Two deploys at once would mix.',
    remedy: () => 'Wait for it. The lock of a deploy that was killed falls a minute after its end.',
  }),
  DEP011: entry<{ dag: string }>({
    severity: 'error',
    title: 'The deploy lost its lock',
    message: ({ dag }) => `Another deploy of "${dag}" took over while this one stood still.`,
    why: 'Two deploys at once would mix; this one stopped before it moved what runs.',
    remedy: () => 'Start it again: it goes on where it was.',
  }),
  DEP012: entry<{ question: string }>({
    severity: 'error',
    title: 'Nobody can be asked',
    message: ({ question }) => `"${question}" cannot be asked: standard input is no terminal.`,
    why: 'Nothing on AWS is changed without a yes.',
    remedy: () => 'Say yes beforehand with --yes, or look at `dagwright plan` first.',
  }),
  DEP013: entry<{ dag: string; environment: string }>({
    severity: 'error',
    title: 'Nothing is deployed',
    message: ({ dag, environment }) => `"${dag}" is not deployed in the environment "${environment}".`,
    why: 'There is no version to go back to.',
    remedy: () => 'Run `dagwright deploy` first, or choose another environment with --env.',
  }),
  DEP014: entry<{ dag: string; version?: string | undefined; known: readonly number[] }>({
    severity: 'error',
    title: 'There is no such version to go back to',
    message: ({ dag, version }) =>
      version === undefined
        ? `No version of "${dag}" was live before this one.`
        : `${version} of "${dag}" was never live, or is not kept any more.`,
    why: 'A rollback moves the alias to a version that was live, which the record knows.',
    remedy: ({ known }) =>
      known.length === 0
        ? 'Deploy the code that should run.'
        : `Versions that can be chosen with --to: ${known.join(', ')}.`,
  }),
  DEP015: entry<{ known: readonly string[] }>({
    severity: 'error',
    title: 'One DAG must be named',
    message: ({ known }) =>
      `A rollback is of one DAG; ${known.length === 0 ? 'none is named' : `there are ${known.length}`}.`,
    why: 'Each DAG has versions of its own.',
    remedy: ({ known }) => `Name it${known.length === 0 ? '' : `: ${known.join(', ')}`}.`,
  }),
  DEP016: entry<{ principal: string; what: readonly string[]; why: string }>({
    severity: 'warning',
    title: 'AWS could not say whether something is allowed',
    message: ({ principal, what, why }) =>
      `AWS could not say whether ${principal} is allowed ${what.length <= 5 ? list(what) : `${list(what.slice(0, 4))} and ${what.length - 4} more`}: ${why}.`,
    why: 'IAM’s simulator decides by the policies alone. A call says more of itself, and may be allowed.',
    remedy: () =>
      'Go on: a call that is refused is reported with its action and resource. If it is refused, allow it where the message says.',
  }),
  DEP021: entry<{ role: string; from: string; to: string }>({
    severity: 'error',
    title: 'The path of a role cannot be changed',
    message: ({ role, from, to }) => `The role ${role} is at the path ${from}, and is wanted at ${to}.`,
    why: 'IAM moves no role: it would have to be made anew, while the machine runs with it.',
    remedy: ({ from }) => `Write \`rolePath: ${from}\`, or run \`dagwright destroy\` and deploy again.`,
  }),
  DEP020: entry<{ machine: string; seconds: number }>({
    severity: 'error',
    title: 'AWS does not show the new definition',
    message: ({ machine, seconds }) =>
      `Step Functions took the new definition of ${machine}, and did not show it for ${seconds} s: no version of it could be published.`,
    why: 'A version that is published before that may hold the definition of before. What runs was not moved.',
    remedy: () =>
      'Start the deploy again: it goes on where it was. If somebody else changes the machine at the same time, wait until that has ended.',
  }),
  DEP025: entry<{
    dag: string;
    environment: string;
    name: string;
    value: string;
    resource: string;
    why: string;
  }>({
    severity: 'error',
    title: 'A value with which IAM would refuse a policy',
    message: ({ dag, environment, name, value, resource, why }) =>
      `The policy of "${dag}" would have the resource ${resource} by "${name}", which is "${value}" in the environment "${environment}". ${why}.`,
    why: 'Each resource of a policy is an ARN or `*`. IAM refuses a policy with another, when other things have been made already.',
    remedy: ({ name, environment }) =>
      `Give the ARN that is meant under environments.${environment}.env.${name}; a role that is known by its name is declared as \`env.role()\`, a bucket as \`env.bucket()\`.`,
  }),
  DEP030: entry<{ dag: string; runs: readonly string[] }>({
    severity: 'error',
    title: 'Runs are under way',
    message: ({ dag, runs }) =>
      `${runs.length === 1 ? 'A run' : `${runs.length} runs`} of "${dag}" ${runs.length === 1 ? 'is' : 'are'} under way: ${runs.slice(0, 5).join(', ')}${runs.length > 5 ? ` and ${runs.length - 5} more` : ''}.`,
    why: 'AWS ends the executions of a machine that is deleted at their next transition, without their teardowns. The machine and what cleans up after runs were left as they are.',
    remedy: () =>
      'With --wait they are waited for. With --stop they are stopped, and what their teardowns would end is ended by the cleanup machine.',
  }),
  DEP031: entry<{ run: string; cleanup: string; detail: string }>({
    severity: 'error',
    title: 'The cleanup of a run failed',
    message: ({ run, detail }) => `What the run ${run} left could not be ended: ${detail}.`,
    why: 'Clusters and the like that it made may still be up and cost money. The cleanup machine was left as it is.',
    remedy: ({ cleanup }) =>
      `See what failed in ${cleanup} and end by hand what is left; it carries the tag dagwright:execution. Then run \`dagwright destroy\` again: it tries the cleanup again, and looks after no run that ended more than five minutes before.`,
  }),
  DEP032: entry<{ cleanup: string; minutes: number }>({
    severity: 'error',
    title: 'A cleanup takes too long',
    message: ({ cleanup, minutes }) => `${cleanup} still cleans up after runs, ${minutes} minutes after they ended.`,
    why: 'What it ends costs money until it is ended, so that it was left as it is.',
    remedy: ({ cleanup }) =>
      `Look at the executions of ${cleanup}, and run \`dagwright destroy\` again when they have ended.`,
  }),
  DEP033: entry<{ dag: string; machine: string }>({
    severity: 'error',
    title: 'A machine that was deleted is not gone',
    message: ({ machine }) => `${machine} was deleted and is still not gone.`,
    why: 'AWS keeps a deleted machine until its last execution has ended. What cleans up after it was left as it is.',
    remedy: ({ dag }) => `Run \`dagwright destroy ${dag}\` again in some minutes: it goes on where it stopped.`,
  }),
  DEP034: entry<{ environment: string; key: string; arn: string; part: string; actual: string; wanted: string }>({
    severity: 'error',
    title: 'A setting names something elsewhere',
    message: ({ environment, key, arn, part, actual, wanted }) =>
      `${key} of the environment "${environment}" is ${arn}, of the ${part} ${actual}; the environment is of the ${part} ${wanted}.`,
    why: 'AWS would refuse it halfway through the deploy: alarms take a topic of their own region, logs and schedules a key of it, and a role a boundary of its own account.',
    remedy: ({ key, part, wanted }) => `Name one of the ${part} ${wanted} under \`${key}\`.`,
  }),
  DEP036: entry<{ dag: string; task: string; name: string; most: number }>({
    severity: 'error',
    title: 'The name of a function is longer than Lambda takes',
    message: ({ dag, task, name, most }) =>
      `The function of "${task}" in "${dag}" would be called ${name}, which has ${name.length} characters; Lambda takes ${most}.`,
    why: 'A function is named after the machine and its task, and the machine after the environment’s prefix and the DAG.',
    remedy: () => 'Shorten the id of the task or of the DAG, or the prefix of the environment.',
  }),
  DEP037: entry<{ task: string; megabytes: number; most: number }>({
    severity: 'error',
    title: 'A function is larger than Lambda takes',
    message: ({ task, megabytes, most }) =>
      `The function of "${task}" has ${megabytes} MB with its packages; Lambda takes ${most}.`,
    why: 'Its code and its packages are unpacked where it runs.',
    remedy: () =>
      'Leave packages out or move them into a layer (`layers`), or run the code where there is more room: `glue.pythonShell`, or a container of ECS or Batch.',
  }),
  DEP038: entry<{ needed: readonly string[]; runtime: string; architecture: string; said: string; log: string }>({
    severity: 'error',
    title: 'Packages of a function that cannot be installed for what it runs on',
    message: ({ needed, runtime, architecture, said }) =>
      `${needed.join(', ')} cannot be installed for ${runtime} on ${architecture}: ${said}`,
    why: 'Packages go with a function as wheels of the platform that it runs on; nothing is built from source.',
    remedy: ({ runtime, log }) =>
      runtime === 'python3.9'
        ? `Name a version that has a wheel for it; where the service has no other Python, as Glue’s Python shell, run the function with another template. What pip said is in ${log}.`
        : `Name a version that has a wheel for it, or another \`runtime\` or \`architecture\`. What pip said is in ${log}.`,
  }),
  DEP039: entry<{ dag: string; environment: string; resource: string; actual: string; wanted: string }>({
    severity: 'error',
    title: 'A DAG names something of another partition',
    message: ({ dag, environment, resource, actual, wanted }) =>
      `The policy of "${dag}" would have the resource ${resource}, of the partition ${actual}; the environment "${environment}" is of ${wanted}.`,
    why: 'Nothing of one partition reaches another, and IAM refuses such a policy, when other things have been made already.',
    remedy: () =>
      'Declare it in the DAG’s `env`, so that each environment names its own; or write its name, where the task takes one in place of an ARN.',
  }),
};
