import { entry } from './diagnostic.ts';

/** What the command line itself says. */
export const CLI = {
  CLI001: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A file cannot be read',
    message: ({ file, detail }) => `Cannot read ${file}: ${detail}.`,
    why: 'The command needs this file.',
    remedy: () => 'Check the path and its permissions.',
  }),
};
