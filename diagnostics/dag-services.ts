import { entry } from './diagnostic.ts';

/** DAG170 to DAG179: parameters of the services' templates. */
export const DAG_SERVICES = {
  DAG170: entry<{ owner: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'Parameters that do not go together',
    message: ({ owner, detail }) => `"${owner}": ${detail}.`,
    why: 'Each parameter is in order by itself, and the service would refuse the call, or do something else than is meant, when a run comes to it.',
    remedy: ({ instead }) => instead,
  }),
} as const;
