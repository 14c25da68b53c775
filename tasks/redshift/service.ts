import type { Service } from '../service.ts';

export const redshift = {
  name: 'redshift',
  title: 'Redshift',
  integrations: ['redshiftdata'],
  sdk: 'redshiftdata',
  local: { python: true, duckdb: true },
  account: {
    named: [
      {
        title: 'workgroup',
        parameters: ['WorkgroupName'],
        // An ARN of one holds an id that tells nothing of its name.
        form: '^(?<name>[^:]+)$',
        asks: {
          client: {
            package: '@aws-sdk/client-redshift-serverless',
            prefix: 'redshift-serverless',
            title: 'Redshift Serverless',
          },
          call: 'redshiftserverless:getWorkgroup',
          arguments: { WorkgroupName: '${name}' },
        },
        none: ['ResourceNotFoundException'],
        state: { path: ['Workgroup', 'Status'], unusable: ['DELETING'] },
        make: 'Make it (`aws redshift-serverless create-workgroup`), in a namespace that has the database.',
      },
      {
        title: 'cluster',
        parameters: ['ClusterIdentifier'],
        asks: {
          client: { package: '@aws-sdk/client-redshift', prefix: 'redshift', title: 'Redshift' },
          call: 'redshift:describeClusters',
          arguments: { ClusterIdentifier: '${given}' },
        },
        none: ['ClusterNotFoundFault', 'ClusterNotFound'],
        state: {
          path: ['Clusters', '0', 'ClusterStatus'],
          unusable: ['paused', 'pausing', 'deleting', 'final-snapshot'],
        },
        make: 'Make it (`aws redshift create-cluster`), or name another one.',
      },
    ],
  },
  samples: {
    started: { Id: '00000000-0000-4000-8000-000000000000' },
    finished: { Id: '00000000-0000-4000-8000-000000000000', Status: 'FINISHED', ResultRows: 1, HasResultSet: true },
  },
  otherNames: { '^(?:query|execute|execute_?statement|data|run|statement)$': '`redshift.sql({ sql: … })`' },
} as const satisfies Service;
