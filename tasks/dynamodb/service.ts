import type { Service } from '../service.ts';

/**
 * On demand, a million writes of 1 KB are $0.625 and a million reads of 4 KB $0.125 in us-east-1: since November 2024, in July 2025 as quoted
 * from https://aws.amazon.com/dynamodb/pricing/on-demand/ by https://airbyte.com/data-engineering-resources/dynamodb-pricing
 */
const PER_WRITE = 0.625 / 1_000_000;
const PER_READ = 0.125 / 1_000_000;
const SOURCE = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/table';
const EXPORT = `${TABLE}/export/01695353076000-a1b2c3d4`;

/** Amazon DynamoDB, as plain data. */
export const dynamodb = {
  name: 'dynamodb',
  title: 'DynamoDB',
  integrations: ['dynamodb'],
  sdk: 'dynamodb',
  account: {
    named: [
      {
        title: 'table',
        parameters: [
          'TableName',
          'TableArn',
          ...['ConditionCheck', 'Delete', 'Put', 'Update', 'Get'].map((one) => `TransactItems.${one}.TableName`),
        ],
        madeBy: { createTable: 'TableName' },
        asks: {
          client: { package: '@aws-sdk/client-dynamodb', prefix: 'dynamodb', title: 'DynamoDB' },
          call: 'dynamodb:describeTable',
          arguments: { TableName: '${given}' },
        },
        none: ['ResourceNotFoundException'],
        state: { path: ['Table', 'TableStatus'], unusable: ['DELETING', 'ARCHIVING', 'ARCHIVED'] },
        make: 'Make it (`aws dynamodb create-table`), with the key that the task’s items have.',
      },
    ],
  },
  prices: {
    put: {
      what: '$0.625 per million writes of 1 KB, on demand',
      least: PER_WRITE,
      source: SOURCE,
      asOf: 'July 2025',
    },
    get: {
      what: '$0.125 per million reads of 4 KB, on demand; half of it where they need not be consistent',
      least: PER_READ / 2,
      source: SOURCE,
      asOf: 'July 2025',
    },
    export: {
      what: 'each GB of the table, and the requests that write it to S3',
      least: 0,
      open: 'nobody knows before how large the table is',
      source: SOURCE,
    },
  },
  samples: {
    put: {},
    item: { Item: {} },
    begun: { ExportDescription: { ExportArn: EXPORT, ExportStatus: 'IN_PROGRESS' } },
    exported: {
      ExportDescription: {
        ExportArn: EXPORT,
        ExportStatus: 'COMPLETED',
        ExportManifest: 'exports/AWSDynamoDB/01695353076000-a1b2c3d4/manifest-summary.json',
        ItemCount: 1,
        BilledSizeBytes: 1,
      },
    },
  },
  otherNames: {
    '^(?:put_?item|write|insert|upsert)$': '`dynamodb.put({ table, item: { … } })`',
    '^(?:get_?item|read|find)$': '`dynamodb.get({ table, key: { … } })`',
    '^(?:export\\w*|to_?s3\\w*|dynamodb_?to_?s3\\w*)$': '`dynamodb.exportTo({ table, to: "s3://lake/exports/" })`',
  },
} as const satisfies Service;
