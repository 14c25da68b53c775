import type { Service } from '../service.ts';

const CLIENT = { package: '@aws-sdk/client-rds', prefix: 'rds', title: 'RDS' };

const EXPORT = {
  ExportTaskIdentifier: 'export-0001',
  SourceArn: 'arn:aws:rds:us-east-1:123456789012:snapshot:shop',
  S3Bucket: 'lake',
  S3Prefix: 'bronze/shop',
};

/** Amazon RDS, as plain data. */
export const rds = {
  name: 'rds',
  title: 'RDS',
  integrations: ['rds'],
  sdk: 'rds',
  iam: [{ prefix: 'rds', passedRoles: { IamRoleArn: 'export.rds.amazonaws.com' } }],
  account: {
    named: [
      {
        title: 'snapshot',
        parameters: ['SourceArn'],
        // Those that RDS takes by itself, `rds:…`, come and go.
        form: '^arn:[^:]+:rds:[^:]*:[^:]*:snapshot:(?!rds:)(?<name>.+)$',
        asks: { client: CLIENT, call: 'rds:describeDBSnapshots', arguments: { DbSnapshotIdentifier: '${name}' } },
        none: ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault'],
        list: 'DbSnapshots',
        state: { path: ['DbSnapshots', '0', 'Status'], unusable: ['failed', 'deleting'] },
        make: '`aws rds create-db-snapshot --db-snapshot-identifier ${name} --db-instance-identifier …`',
      },
      {
        title: 'snapshot of a cluster',
        parameters: ['SourceArn'],
        form: '^arn:[^:]+:rds:[^:]*:[^:]*:cluster-snapshot:(?!rds:)(?<name>.+)$',
        asks: {
          client: CLIENT,
          call: 'rds:describeDBClusterSnapshots',
          arguments: { DbClusterSnapshotIdentifier: '${name}' },
        },
        none: ['DBClusterSnapshotNotFoundFault'],
        list: 'DbClusterSnapshots',
        state: { path: ['DbClusterSnapshots', '0', 'Status'], unusable: ['failed', 'deleting'] },
        make: '`aws rds create-db-cluster-snapshot --db-cluster-snapshot-identifier ${name} --db-cluster-identifier …`',
      },
    ],
  },
  prices: {
    export: {
      what: 'each GB of the snapshot',
      least: 0,
      open: 'nobody knows before how large the snapshot is',
      source: 'https://aws.amazon.com/rds/pricing/',
    },
  },
  samples: {
    begun: { ...EXPORT, Status: 'STARTING' },
    exported: { ExportTasks: [{ ...EXPORT, Status: 'COMPLETE', PercentProgress: 100, TotalExtractedDataInGB: 1 }] },
  },
  otherNames: {
    '^(?:start_?export\\w*|export\\w*|snapshot_?export|to_?s3)$':
      '`rds.exportSnapshot({ snapshot, to, role, kmsKey })`',
    '^(?:create\\w*snapshot|snapshot)$': "`aws({ service: 'rds', action: 'createDBSnapshot', parameters: { … } })`",
  },
} as const satisfies Service;
