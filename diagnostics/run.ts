import { entry } from './diagnostic.ts';

/** What a run on this machine says. */
export const RUN = {
  RUN001: entry<{ dag: string; dir: string }>({
    severity: 'error',
    title: 'The DAG is not compiled',
    message: ({ dag, dir }) => `There is no compiled DAG "${dag}" in ${dir}.`,
    why: 'A run reads dist/ alone: the machine that was reviewed is the machine that runs.',
    remedy: () => 'Run `dagwright compile` first, or check the name.',
  }),
};
