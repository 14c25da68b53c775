import { entry } from './diagnostic.ts';

/** What is said to whoever resumes a run. Nothing was changed where one of these is said. */
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
