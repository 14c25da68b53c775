import type { Service } from '../service.ts';

const TASK = {
  ReplicationTaskArn: 'arn:aws:dms:us-east-1:123456789012:task:ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ReplicationTaskIdentifier: 'shop',
  MigrationType: 'full-load',
};

/** AWS Database Migration Service, as plain data. */
export const dms = {
  name: 'dms',
  title: 'DMS',
  integrations: ['databasemigration'],
  sdk: 'databasemigration',
  account: {
    named: [
      {
        title: 'replication task',
        parameters: ['ReplicationTaskArn'],
        form: '^arn:.+:task:.+$',
        asks: {
          client: { package: '@aws-sdk/client-database-migration-service', prefix: 'dms', title: 'DMS' },
          call: 'databasemigration:describeReplicationTasks',
          arguments: { Filters: [{ Name: 'replication-task-arn', Values: ['${given}'] }], WithoutSettings: true },
        },
        none: ['ResourceNotFoundFault'],
        list: 'ReplicationTasks',
        state: { path: ['ReplicationTasks', '0', 'Status'], unusable: ['deleting'] },
        make: 'Make it (`aws dms create-replication-task`), between two endpoints and on a replication instance.',
      },
    ],
  },
  samples: {
    begun: { ReplicationTask: { ...TASK, Status: 'starting' } },
    ready: { ReplicationTasks: [{ ...TASK, Status: 'ready' }] },
    loaded: {
      ReplicationTasks: [
        {
          ...TASK,
          Status: 'stopped',
          StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
          ReplicationTaskStats: { TablesLoaded: 1, TablesErrored: 0, FullLoadProgressPercent: 100 },
        },
      ],
    },
  },
  otherNames: {
    '^(?:start\\w*|replication\\w*|migrate|run|run_?task)$': '`dms.task({ task })`',
    '^(?:create\\w*|delete\\w*|stop\\w*|describe\\w*)$':
      "`aws({ service: 'databasemigration', action: …, parameters: { … } })`",
  },
} as const satisfies Service;
