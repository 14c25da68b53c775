import { entry } from './diagnostic.ts';

/** What the compiler says of a DAG. */
export const DAG = {
  DAG001: entry<{ cycle: readonly string[] }>({
    severity: 'error',
    title: 'The tasks wait for each other in a circle',
    message: ({ cycle }) => `The tasks wait for each other in a circle: ${cycle.join(' → ')}.`,
    why: 'No task of a cycle could ever start.',
    remedy: () => 'Remove one of these dependencies.',
  }),
};
