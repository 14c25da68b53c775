import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** What the command line itself says. */
export const CLI = {
  CLI001: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A file cannot be read',
    message: ({ file, detail }) => `Cannot read ${file}: ${detail}.`,
    why: 'The command needs this file.',
    remedy: () => 'Check the path and its permissions.',
  }),
  CLI002: entry<{ dag: string; dist: string; known: readonly string[] }>({
    severity: 'error',
    title: 'There is no such compiled DAG',
    message: ({ dag, dist }) => `There is no compiled DAG "${dag}" in ${dist}.`,
    why: 'The command reads what was compiled, which is what was reviewed; it does not compile.',
    remedy: ({ dag, known }) =>
      known.length === 0
        ? 'Run `dagwright compile` first, or name the folder of the compiled DAGs with --dist.'
        : `${didYouMean(dag, known)}There are: ${known.join(', ')}. If the DAG is new, run \`dagwright compile\` first.`,
  }),
  CLI003: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A manifest cannot be used',
    message: ({ file, detail }) => `${file} cannot be used: ${detail}.`,
    why: 'The command needs the manifest as `dagwright compile` writes it.',
    remedy: () => 'Run `dagwright compile` with the version that is installed.',
  }),
  CLI004: entry<{ dag: string; tasks: number }>({
    severity: 'error',
    title: 'A DAG is too large for Mermaid',
    message: ({ dag, tasks }) => `"${dag}", with ${tasks} tasks, is larger than Mermaid draws.`,
    why: 'Mermaid draws at most 500 arrows and 50,000 characters where nobody raised its limits.',
    remedy: () => 'Draw it with --format svg.',
  }),
  CLI005: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A file cannot be written',
    message: ({ file, detail }) => `Cannot write ${file}: ${detail}.`,
    why: 'The result goes there.',
    remedy: () => 'Check the path and its permissions.',
  }),
  CLI006: entry<{ what: string; packages: readonly string[] }>({
    severity: 'error',
    title: 'A package is not installed',
    message: ({ what, packages }) =>
      `${what[0]!.toUpperCase()}${what.slice(1)} needs ${packages.map((one) => one.replace(/(?<=.)@.*$/, '')).join(', ')}, which ${packages.length === 1 ? 'is' : 'are'} not installed.`,
    why: 'Large packages that only some commands need are not installed with dagwright: compiling, validating and simulating do without them.',
    remedy: ({ packages }) => `Run \`npm install --save-dev ${packages.join(' ')}\`.`,
  }),
};

/** What the local endpoint says to whoever starts it. */
export const SRV = {
  SRV001: entry<{ pid: number; since: string; folder: string }>({
    severity: 'error',
    title: 'Another server has this data folder',
    message: ({ pid, since, folder }) => `${folder} is in use by another server since ${since} (process ${pid}).`,
    why: 'Two servers would abort each other’s executions.',
    remedy: ({ pid }) =>
      `Use that one, stop it with \`kill ${pid}\`, or give this one a folder of its own with --data.`,
  }),
  SRV002: entry<{ host: string; port: number; detail: string }>({
    severity: 'error',
    title: 'The server cannot listen',
    message: ({ host, port, detail }) => `Cannot listen on ${host}:${port}: ${detail}.`,
    why: 'Clients reach the endpoint there.',
    remedy: () => 'Take another port with --port (0: a free one), or stop what listens there.',
  }),
};

/** What the picture of a run says. */
export const RPT = {
  RPT001: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'The history is none of one execution',
    message: ({ file, detail }) => `${file} is no history of an execution: ${detail}.`,
    why: 'The picture is drawn from the events of one execution.',
    remedy: () =>
      'Give what `aws stepfunctions get-execution-history --execution-arn …` or `dagwright simulate --json` prints, a local run’s history.json, or one execution’s events from the log of an Express workflow.',
  }),
  RPT002: entry<{ history: string; machine: string; state: string; event: number; known: readonly string[] }>({
    severity: 'error',
    title: 'The history is of another machine',
    message: ({ history, machine, state, event }) =>
      `${history} is the history of another machine: its event ${event} is of a state "${state}", which ${machine} does not have as that type of state.`,
    why: 'The states are drawn as the definition has them.',
    remedy: ({ state, known }) =>
      `${didYouMean(state, known)}Give the definition that the execution ran: \`aws stepfunctions describe-state-machine-for-execution --execution-arn …\` prints it, and --machine takes that as it is.`,
  }),
};
