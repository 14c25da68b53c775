import { entry } from './diagnostic.ts';

/** What the validator says of a state machine. */
export const ASL = {
  ASL001: entry<{ detail: string }>({
    severity: 'error',
    title: 'The document is not JSON',
    message: ({ detail }) => `This is not a JSON document: ${detail}.`,
    why: 'A state machine is one JSON object.',
    remedy: () => 'Mend the JSON at the place named.',
  }),
};
