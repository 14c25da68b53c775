import type { Environment, FunctionConfiguration, Lambda } from '@aws-sdk/client-lambda';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Clients } from '../../aws/clients.ts';
import { isError, orUndefined } from '../../aws/errors.ts';
import { patiently } from '../../aws/patience.ts';
import type { Context, Handler, Resource } from '../resource.ts';
import { withRole } from './waits.ts';

const GONE = 'ResourceNotFoundException';

/** How long Lambda may take to make a function ready, or to take a change. */
const READY_MS = 300_000;

/** What is published is not what stands there: somebody changes the function at the same time. */
class NotSettled extends Error {}

function lambdaOf(aws: Clients): Promise<Lambda> {
  const about = { package: '@aws-sdk/client-lambda', prefix: 'lambda', title: 'Lambda' };
  return aws.of(about, async (config) => new (await import('@aws-sdk/client-lambda')).Lambda(config as object));
}

/**
 * A function. Properties: `code` (the place of its archive, `s3://bucket/key`, which its description says on AWS), `handler`, `runtime`,
 * `architecture`, `memory`, `timeout`, `storage`, `environment`, `layers` and `role`.
 */
export const lambdaFunction: Handler = {
  async observe(aws, { name: FunctionName }) {
    const found = await orUndefined((await lambdaOf(aws)).getFunction({ FunctionName }), GONE);
    if (found?.Configuration === undefined) return undefined;
    return { properties: propertiesOf(found.Configuration), tags: { ...found.Tags } };
  },

  async create(context, resource) {
    const lambda = await lambdaOf(context.aws);
    await withRole(context, () =>
      lambda.createFunction({
        FunctionName: resource.name,
        ...configurationOf(resource),
        Role: resource.properties.role as string,
        Code: codeOf(resource),
        Architectures: [resource.properties.architecture as 'x86_64'],
        Tags: { ...resource.tags },
      }),
    );
    await settled(context, lambda, resource.name);
  },

  async update(context, resource, _observed, changed) {
    const lambda = await lambdaOf(context.aws);
    const FunctionName = resource.name;
    if (changed.has('tags')) await lambda.tagResource({ Resource: resource.arn, Tags: { ...resource.tags } });
    if ([...changed].every((key) => key === 'tags')) return;
    await settled(context, lambda, FunctionName);
    // Its description says which code it has: that comes last.
    if (changed.has('code') || changed.has('architecture')) {
      const Architectures = [resource.properties.architecture as 'x86_64'];
      await lambda.updateFunctionCode({ FunctionName, ...codeOf(resource), Architectures });
      await settled(context, lambda, FunctionName);
    }
    await withRole(context, () =>
      lambda.updateFunctionConfiguration({
        FunctionName,
        ...configurationOf(resource),
        Role: resource.properties.role as string,
      }),
    );
    await settled(context, lambda, FunctionName);
  },

  async remove(aws, { name: FunctionName }) {
    await orUndefined((await lambdaOf(aws)).deleteFunction({ FunctionName }), GONE);
  },
};

/**
 * An alias that is named after what a function is (its code and what it runs on), on the version that was published of it: what a machine
 * names, so that a version of the machine calls the code that was deployed with it. Properties: `content`, and `code`, that of the function.
 */
export const functionAlias: Handler = {
  async observe(aws, { arn }) {
    const lambda = await lambdaOf(aws);
    const found = await orUndefined(lambda.getAlias(partsOf(arn)), GONE);
    if (found === undefined) return undefined;
    return {
      properties: { content: found.Name ?? '', code: found.Description ?? '' },
      tags: {},
      details: { version: found.FunctionVersion ?? null },
    };
  },

  async create(context, { arn, properties }) {
    const lambda = await lambdaOf(context.aws);
    const { FunctionName, Name } = partsOf(arn);
    const code = properties.code as string;
    const version = await patiently(
      context,
      {
        mostMs: READY_MS,
        until: (error) =>
          error instanceof NotSettled || isError(error, 'PreconditionFailedException', 'ResourceConflictException')
            ? `AWS shows what was written to the function ${FunctionName}`
            : undefined,
      },
      async () => {
        const found = await lambda.getFunctionConfiguration({ FunctionName });
        if (found.Description !== code || !isReady(found)) throw new NotSettled();
        const { CodeSha256, RevisionId } = found;
        return lambda.publishVersion({ FunctionName, CodeSha256, RevisionId, Description: code });
      },
    );
    await lambda.createAlias({ FunctionName, Name, FunctionVersion: version.Version, Description: code });
  },

  /** What it is called says what it leads to. */
  async update() {},

  async remove(aws, { arn }) {
    const lambda = await lambdaOf(aws);
    const { FunctionName, Name } = partsOf(arn);
    const found = await orUndefined(lambda.getAlias({ FunctionName, Name }), GONE);
    if (found === undefined) return;
    await orUndefined(lambda.deleteAlias({ FunctionName, Name }), GONE);
    // A version that another alias names stays, as does one of a function that is gone.
    await orUndefined(
      lambda.deleteFunction({ FunctionName, Qualifier: found.FunctionVersion! }),
      GONE,
      'ResourceConflictException',
      'InvalidParameterValueException',
    );
  },
};

/** A function becomes ready, and takes a change, in its own time; until then it takes no other. */
async function settled(context: Context, lambda: Lambda, FunctionName: string): Promise<void> {
  const until = (error: unknown) =>
    error instanceof NotSettled || isError(error, GONE) ? `the function ${FunctionName} is ready` : undefined;
  await patiently(context, { mostMs: READY_MS, until }, async () => {
    if (!isReady(await lambda.getFunctionConfiguration({ FunctionName }))) throw new NotSettled();
  });
}

function isReady({ State = 'Active', LastUpdateStatus = 'Successful' }: FunctionConfiguration): boolean {
  return State !== 'Pending' && LastUpdateStatus !== 'InProgress';
}

function configurationOf({ properties }: Resource) {
  const { code, handler, runtime, memory, timeout, storage, environment, layers } = properties;
  return {
    Description: code as string,
    Handler: handler as string,
    Runtime: runtime as 'nodejs22.x',
    MemorySize: memory as number,
    Timeout: timeout as number,
    EphemeralStorage: { Size: storage as number },
    Environment: { Variables: environment as Record<string, string> } satisfies Environment,
    Layers: layers as string[],
  };
}

function propertiesOf(found: FunctionConfiguration): JsonObject {
  return {
    code: found.Description ?? '',
    handler: found.Handler ?? '',
    runtime: found.Runtime ?? '',
    architecture: found.Architectures?.[0] ?? 'x86_64',
    memory: found.MemorySize ?? 128,
    timeout: found.Timeout ?? 3,
    storage: found.EphemeralStorage?.Size ?? 512,
    environment: (found.Environment?.Variables ?? {}) as { readonly [name: string]: Json },
    layers: (found.Layers ?? []).map(({ Arn }) => Arn!),
    role: found.Role ?? '',
  };
}

/** @example codeOf(code: 's3://bucket/key.zip') // { S3Bucket: 'bucket', S3Key: 'key.zip' } */
function codeOf({ properties }: Resource) {
  const [, S3Bucket, S3Key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(properties.code as string)!;
  return { S3Bucket: S3Bucket!, S3Key: S3Key! };
}

/** `arn:…:function:<name>:<alias>` */
function partsOf(arn: string): { readonly FunctionName: string; readonly Name: string } {
  const [FunctionName, Name] = arn.split(':').slice(-2);
  return { FunctionName: FunctionName!, Name: Name! };
}
