import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

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
