/** What dagwright.yaml may hold at its top. `local` is checked by local/, where it is read. */
export const TOP_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    defaultEnv: { type: 'string' },
    environments: {
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z0-9_-]{1,32}$' },
      additionalProperties: { type: 'object' },
    },
    local: {},
  },
} as const;

const SECRET = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    secretsManager: { type: 'string', minLength: 1 },
    ssm: { type: 'string', minLength: 1 },
  },
} as const;

const KEY = {
  type: 'string',
  pattern: '^arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/[\\w-]+$',
  description: 'the ARN of a KMS key (not of an alias): arn:aws:kms:eu-west-1:111122223333:key/…',
} as const;

/** An entry of `environments:`, its variables filled. */
export const ENVIRONMENT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['region', 'artifacts'],
  properties: {
    region: { type: 'string', pattern: '^[a-z]{2,4}(-[a-z]+)+-\\d+$', description: 'a region, such as eu-west-1' },
    account: { type: 'string', pattern: '^\\d{12}$', description: 'an account: twelve digits, in quotes' },
    artifacts: {
      type: 'string',
      pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
      description: 'the name of a bucket, without s3:// and without a path',
    },
    prefix: { type: 'string', pattern: '^[A-Za-z0-9_-]{0,32}$', description: 'at most 32 letters, digits, - and _' },
    env: {
      type: 'object',
      additionalProperties: {
        oneOf: [{ type: 'string' }, SECRET],
        description:
          'a text (numbers in quotes), or a reference to a secret: { secretsManager: name } or { ssm: name }',
      },
    },
    role: {
      type: 'string',
      pattern: '^(managed|arn:[a-z-]+:iam::\\d{12}:role/.+)$',
      description: '`managed`, or the ARN of a role',
    },
    rolePath: {
      type: 'string',
      maxLength: 512,
      pattern: '^/([\\w+=,.@-]+/)*$',
      description: 'a path of IAM, which begins and ends with /: /teams/data/',
    },
    permissionsBoundary: {
      type: 'string',
      pattern: '^arn:[a-z-]+:iam::(\\d{12}|aws):policy/.+$',
      description: 'the ARN of a managed policy',
    },
    kmsKeys: {
      type: 'object',
      description: 'keys by what they encrypt: { artifacts: arn:…, logs: arn:…, schedule: arn:…, buckets: [arn:…] }',
      additionalProperties: false,
      properties: {
        artifacts: KEY,
        logs: KEY,
        schedule: KEY,
        buckets: { type: 'array', items: KEY },
      },
    },
    tags: {
      type: 'object',
      description: 'at most 40 tags by name, each a text: { team: data }',
      maxProperties: 40,
      additionalProperties: { type: 'string', maxLength: 256 },
    },
    logLevel: { enum: ['OFF', 'ERROR', 'FATAL', 'ALL'] },
    tracing: { type: 'boolean' },
    alarms: {
      type: 'object',
      description: 'the topic that is notified: { topic: arn:… }',
      additionalProperties: false,
      required: ['topic'],
      properties: {
        topic: {
          type: 'string',
          pattern: '^arn:[a-z-]+:sns:[^:]+:\\d{12}:.+$',
          description: 'the ARN of an SNS topic',
        },
      },
    },
    schedule: { enum: ['enabled', 'disabled'] },
    keep: {
      type: 'object',
      description: 'how many versions stay: { versions: 10 }',
      additionalProperties: false,
      properties: { versions: { type: 'integer', minimum: 1, maximum: 1000 } },
    },
  },
} as const;

/** What an environment has where it does not say otherwise. */
export const DEFAULTS = {
  prefix: '',
  env: {},
  role: 'managed',
  tags: {},
  logLevel: 'ERROR',
  tracing: false,
  schedule: 'enabled',
  keep: { versions: 10 },
} as const;
