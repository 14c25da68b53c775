import type { Service } from '../service.ts';

/**
 * In the class Standard in us-east-1, a thousand of PUT, COPY and LIST are $0.005, those of DELETE nothing: in 2026, from
 * https://aws.amazon.com/s3/pricing/ as quoted by https://c3x.dev/blog/s3-request-fees-explained
 */
const PER_REQUEST = 0.005 / 1000;
const SOURCE = 'https://aws.amazon.com/s3/pricing/';

/** Amazon S3, as plain data. Distributed Maps read from it as well. */
export const s3 = {
  name: 's3',
  title: 'S3',
  integrations: ['s3'],
  sdk: 's3',
  iam: [{ prefix: 's3', arnNames: { ObjectName: { parameters: ['Key'] } } }],
  prices: {
    request: { what: '$0.005 per thousand requests', least: PER_REQUEST, source: SOURCE, asOf: '2026' },
    list: {
      what: '$0.005 per thousand requests, of 200 objects each',
      least: PER_REQUEST,
      open: 'nobody knows before how many objects there are',
      source: SOURCE,
      asOf: '2026',
    },
    delete: { what: 'requests that delete are free', least: 0, source: SOURCE, asOf: '2026' },
  },
  samples: {
    page: {
      IsTruncated: false,
      Contents: [{ Key: 'key', Size: 1, LastModified: '2026-01-01T00:00:00Z' }],
    },
    copied: { CopyObjectResult: { LastModified: '2026-01-01T00:00:00Z' } },
    put: { ETag: '"00000000000000000000000000000000"' },
    deleted: { Deleted: [{ Key: 'key' }] },
    none: { IsTruncated: false },
  },
  otherNames: {
    '^(?:list\\w*|ls|keys|objects)$': "`s3.list({ bucket, prefix: 'in/' })`",
    '^(?:copy\\w*|cp|move|mv)$':
      '`s3.copy({ from: "s3://bucket/key", to: "s3://bucket/other" })`, and `s3.delete` to move',
    '^(?:put\\w*|write|create\\w*|upload)$': '`s3.put({ to: "s3://bucket/key", body: … })`',
    '^(?:delete\\w*|rm|remove)$': "`s3.delete({ bucket, keys: ['…'] })` or `s3.delete({ bucket, prefix: 'tmp/' })`",
  },
} as const satisfies Service;
