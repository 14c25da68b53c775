import { entry } from './diagnostic.ts';

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
