import type { Service } from '../service.ts';

export const redshift = {
  name: 'redshift',
  title: 'Redshift',
  integrations: ['redshiftdata'],
  sdk: 'redshiftdata',
  samples: {
    started: { Id: '00000000-0000-4000-8000-000000000000' },
    finished: { Id: '00000000-0000-4000-8000-000000000000', Status: 'FINISHED', ResultRows: 1, HasResultSet: true },
  },
  otherNames: { '^(?:query|execute|execute_?statement|data|run|statement)$': '`redshift.sql({ sql: … })`' },
} as const satisfies Service;
