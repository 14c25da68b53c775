import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** Diagnostics of the commands that operate deployed DAGs. */
export const OPS = {
  OPS001: entry<{ dag: string; environment: string; machine: string; deployed: readonly string[] }>({
    severity: 'error',
    title: 'The DAG is not deployed',
    message: ({ dag, environment, machine }) =>
      `"${dag}" is not deployed to the environment "${environment}": there is no state machine ${machine} with the alias "live".`,
    why: 'Runs go on the deployed machine; nothing was started.',
    remedy: ({ dag, machine, deployed }) =>
      `${didYouMean(machine, deployed)}Run \`dagwright deploy ${dag}\`, or name another environment with --env.`,
  }),
  OPS002: entry<{ text: string }>({
    severity: 'error',
    title: 'A date cannot be read',
    message: ({ text }) => `"${text}" is no date.`,
    why: 'A logical date is ISO 8601; without an offset it is in the DAG’s time zone.',
    remedy: () => 'Write it as 2026-01-31, 2026-01-31T06:00 or 2026-01-31T06:00:00Z.',
  }),
  OPS003: entry<{ date: string; now: string }>({
    severity: 'error',
    title: 'A date lies in the future',
    message: ({ date, now }) => `${date} lies in the future: it is ${now}.`,
    why: 'The schedule starts that run when it is due; nothing was started.',
    remedy: () => 'Give a date that has been.',
  }),
  OPS004: entry<{ date: string; schedule: string; zone: string; nearest: readonly string[] }>({
    severity: 'error',
    title: 'The schedule has no run of this date',
    message: ({ date, schedule, zone }) => `The schedule ${schedule} (${zone}) has no run of ${date}.`,
    why: 'A run beside the schedule’s dates would not be seen as the run of any of them; nothing was started.',
    remedy: ({ nearest }) =>
      `${nearest.length === 0 ? '' : `The nearest: ${nearest.join(', ')}. `}Without --logical-date a run is of this moment.`,
  }),
  OPS005: entry<{ dag: string; date: string; name: string; status: string }>({
    severity: 'error',
    title: 'The date has its run',
    message: ({ date, name, status }) => `${date} has its run: ${name}, ${status}.`,
    why: 'A logical date runs once, whoever starts it: the execution’s name is the lock. Nothing was started.',
    remedy: ({ dag, name, status }) =>
      status === 'RUNNING'
        ? `Follow it with \`dagwright logs ${dag} ${name} --follow\`.`
        : 'To run the date again on purpose, add --again; after a failure `dagwright resume` runs only what is left.',
  }),
  OPS006: entry<{ dag: string; execution: string; known: readonly string[] }>({
    severity: 'error',
    title: 'There is no such execution',
    message: ({ dag, execution }) => `"${dag}" has no execution "${execution}".`,
    why: 'AWS keeps executions for 90 days after their end.',
    remedy: ({ dag, execution, known }) =>
      `${didYouMean(execution, known)}\`dagwright status ${dag}\` lists the executions.`,
  }),
  OPS007: entry<{ dag: string; what: 'run' | 'under way' }>({
    severity: 'error',
    title: 'There is no execution',
    message: ({ dag, what }) => (what === 'run' ? `"${dag}" has not run yet.` : `No run of "${dag}" is under way.`),
    why: 'Where no execution is named, the latest is taken; closed ones are kept for 90 days.',
    remedy: ({ dag }) => `Start one with \`dagwright run ${dag}\`, or name one.`,
  }),
  OPS008: entry<{ dag: string; schedule: string | null }>({
    severity: 'error',
    title: 'The DAG has no schedule',
    message: ({ dag, schedule }) =>
      `"${dag}" has ${schedule === null ? 'no schedule' : `the schedule ${schedule}`}: it is started by hand.`,
    why: 'What is missing or paused is what a schedule would have started.',
    remedy: () => 'Start single runs with `dagwright run`, or give the DAG a schedule.',
  }),
  OPS009: entry<{ detail: string }>({
    severity: 'error',
    title: 'The schedule cannot be read',
    message: ({ detail }) => `The DAG’s schedule cannot be read: ${detail}.`,
    why: 'Dates are reckoned from it.',
    remedy: () => 'Mend it in the DAG: a preset such as @daily, or five fields of cron and an IANA time zone.',
  }),
  OPS010: entry<{ from: string; to: string }>({
    severity: 'error',
    title: 'The range is empty',
    message: ({ from, to }) => `There is nothing between ${from} and ${to}.`,
    why: 'A backfill goes from --from to --to, both of them included.',
    remedy: () => 'Give the earlier date to --from.',
  }),
  OPS011: entry<{ dag: string; name: string; status: string }>({
    severity: 'error',
    title: 'The execution is not running',
    message: ({ name, status }) => `${name} is not running: it is ${status}.`,
    why: 'Only a running execution can be stopped; nothing was changed.',
    remedy: ({ dag }) => `\`dagwright status ${dag}\` says what is under way.`,
  }),
  OPS012: entry<{ what: string }>({
    severity: 'error',
    title: 'Nobody is there to ask',
    message: ({ what }) => `${what} needs a yes, and there is no terminal to ask on.`,
    why: 'It changes what runs, or ends it; nothing was changed.',
    remedy: () => 'Add --yes.',
  }),
  OPS013: entry<{ dag: string; schedule: string; environment: string }>({
    severity: 'error',
    title: 'The schedule is not deployed',
    message: ({ dag, schedule, environment }) =>
      `"${dag}" has no schedule ${schedule} in EventBridge Scheduler (environment "${environment}").`,
    why: 'It is what is paused.',
    remedy: ({ dag }) => `Run \`dagwright deploy ${dag}\`, or name another environment with --env.`,
  }),
  OPS014: entry<{ dag: string; task: string; known: readonly string[] }>({
    severity: 'error',
    title: 'There is no such task',
    message: ({ dag, task }) => `"${dag}" has no task "${task}".`,
    why: 'A task is named by its id.',
    remedy: ({ task, known }) => `${didYouMean(task, known)}There are: ${known.join(', ')}.`,
  }),
  OPS015: entry<{ param: string }>({
    severity: 'error',
    title: 'A param has no name',
    message: ({ param }) => `--param ${param} is not name=value.`,
    why: 'A param is set by its name.',
    remedy: () => 'Write --param name=value; what is no text is JSON: --param days=3.',
  }),
  OPS016: entry<{ dag: string }>({
    severity: 'error',
    title: 'The manifest has no prices',
    message: ({ dag }) => `The manifest of "${dag}" has no prices.`,
    why: 'It was compiled by an older version; the estimate is made of what a compile writes down.',
    remedy: () => 'Run `dagwright compile`.',
  }),
};

/** Diagnostics of `dagwright resume`. None of them leaves anything changed. */
export const RES = {
  RES001: entry<{ dag: string; name: string; status: string }>({
    severity: 'error',
    title: 'The run is still under way',
    message: ({ name, status }) => `${name} cannot be resumed: it is ${status}.`,
    why: 'What a run has not done yet it may still do; a second one beside it would do it twice. Nothing was changed.',
    remedy: ({ dag, name }) =>
      `Follow it with \`dagwright logs ${dag} ${name} --follow\`, or stop it with \`dagwright stop ${dag} ${name}\` and resume it then.`,
  }),
  RES002: entry<{ dag: string; name: string }>({
    severity: 'error',
    title: 'The run succeeded',
    message: ({ name }) => `${name} succeeded: nothing of it is left to run.`,
    why: 'Resume runs what did not end well. Nothing was changed.',
    remedy: ({ dag, name }) =>
      `\`dagwright resume ${dag} ${name} --from TASK\` runs a task and what follows it once more; \`dagwright run ${dag} --again\` runs all of it.`,
  }),
  RES003: entry<{ name: string; detail: string }>({
    severity: 'error',
    title: 'The run cannot be read',
    message: ({ name, detail }) => `What ${name} did cannot be read: ${detail}.`,
    why: 'Its history and its definition say what has ended and what is left. AWS keeps them for 90 days. Nothing was changed.',
    remedy: () => 'Run the date again with `dagwright run --again --logical-date`.',
  }),
  RES004: entry<{ dag: string; environment: string }>({
    severity: 'error',
    title: 'What is live is not what was compiled',
    message: ({ dag, environment }) =>
      `What is live of "${dag}" in the environment "${environment}" is not what dist/ says.`,
    why: 'A resumed run uses today’s definition, files and permissions: they must stand on AWS. Nothing was changed.',
    remedy: ({ dag }) => `Run \`dagwright deploy ${dag}\`, then resume.`,
  }),
  RES005: entry<{ dag: string; name: string; tasks: readonly string[] }>({
    severity: 'error',
    title: 'The DAG has changed too much',
    message: ({ dag, name, tasks }) =>
      `${name} ran ${tasks.map((task) => `"${task}"`).join(', ')}, which "${dag}" does not have any more.`,
    why: 'What such a task did would be lost, or done a second time by the one that took its place. Nothing was changed.',
    remedy: ({ dag }) =>
      `Deploy a version of the DAG that has them, or run the date again with \`dagwright run ${dag} --again --logical-date\`.`,
  }),
  RES006: entry<{ dag: string; name: string; tasks: readonly string[] }>({
    severity: 'error',
    title: 'An output is not known',
    message: ({ name, tasks }) =>
      `What is left reads the output of ${tasks.map((task) => `"${task}"`).join(', ')}, which the history of ${name} does not tell.`,
    why: 'A task that succeeded does not run again; what it answered is taken from the history. Nothing was changed.',
    remedy: ({ dag, name, tasks }) => `\`dagwright resume ${dag} ${name} --from ${tasks[0]}\` runs it once more.`,
  }),
  RES007: entry<{ dag: string; name: string; status: string }>({
    severity: 'error',
    title: 'Nothing is left to run',
    message: ({ name, status }) => `Every task of ${name} has ended well, though it is ${status}.`,
    why: 'It was stopped when its last task was done. Nothing was changed.',
    remedy: ({ dag }) => `To run the date again on purpose: \`dagwright run ${dag} --again --logical-date\`.`,
  }),
  RES008: entry<{ name: string }>({
    severity: 'error',
    title: 'The run has no logical date',
    message: ({ name }) => `${name} is the name of no date’s run.`,
    why: 'A resumed run is the next attempt of its date, and the name says both: <YYYYMMDDTHHMMSSZ>-<attempt>. Nothing was changed.',
    remedy: () => 'Resume a run that dagwright or the schedule started.',
  }),
  RES009: entry<{ dag: string; name: string; later: string; status: string }>({
    severity: 'error',
    title: 'The date has a later run',
    message: ({ name, later, status }) => `After ${name} there is ${later}, ${status}.`,
    why: 'The latest attempt knows what is left of the date; to go on from an earlier one would do things twice. Nothing was changed.',
    remedy: ({ dag, later, status }) =>
      status === 'SUCCEEDED' || status === 'RUNNING'
        ? `\`dagwright status ${dag}\` shows it.`
        : `Run \`dagwright resume ${dag} ${later}\`.`,
  }),
  RES010: entry<{ dag: string; file: string }>({
    severity: 'error',
    title: 'The manifest has no graph',
    message: ({ file }) => `${file} was written by an older dagwright: it does not hold the DAG’s graph.`,
    why: 'The machine of what is left is compiled from it. Nothing was changed.',
    remedy: ({ dag }) => `Run \`dagwright compile\` and \`dagwright deploy ${dag}\`, then resume.`,
  }),
  RES011: entry<{ name: string; bytes: number; limit: number }>({
    severity: 'error',
    title: 'What is left is too large for one machine',
    message: ({ name, bytes, limit }) =>
      `With what the finished tasks of ${name} answered, the machine of what is left has ${bytes} bytes; AWS takes ${limit}.`,
    why: 'Outputs that are still read stand in the machine. Nothing was changed.',
    remedy: () => 'Have tasks hand on S3 paths in place of large values, or run the date again.',
  }),
};
