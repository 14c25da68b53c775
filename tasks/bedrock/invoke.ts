import {
  type ChecksOf,
  check,
  filled,
  misfit,
  type Permission,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, jsonObject, type OtherNames, s3Path } from '../checked.ts';
import { s3Object } from '../s3-access.ts';
import { bedrock } from './service.ts';

/** A question to a model. */
export interface InvokeParameters {
  /** The id or the ARN of a model, of an inference profile or of provisioned throughput: `anthropic.claude-3-haiku-20240307-v1:0`. */
  readonly model: string;
  /** What the model is asked, as its provider has it. Or `input`. */
  readonly body?: unknown;
  /** A file in S3 that has it, for what is larger than 256 KiB: `s3://bucket/key`. */
  readonly input?: string;
  /** The file in S3 that the answer is written to, `s3://bucket/key`; without it the answer is in the output, at most 256 KiB. */
  readonly output?: string;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Default `application/json`. */
  readonly accept?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: each provider's models have answers of their own, unless the caller says more
export interface InvokeOutput<Body = any> {
  readonly Body: Body;
  readonly ContentType?: string;
}

/**
 * Asks a model of Bedrock and waits for its answer.
 *
 * @typeParam Body what the model answers, as its provider has it
 * @example
 * ```ts
 * const body = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 200, messages: [{ role: 'user', content: 'Sum up the day.' }] };
 * dag.task('sum_up', bedrock.invoke({ model: 'anthropic.claude-3-haiku-20240307-v1:0', body }), { retries: 3, retryDelay: '10s' });
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html
 */
// biome-ignore lint/suspicious/noExplicitAny: as above
export function invoke<Body = any>(parameters: InvokeParameters): Template<InvokeOutput<Body>> {
  return checkedTemplate('bedrock.invoke', parameters, INVOKE, made<Body>, OTHER_NAMES, together);
}

const FILE = 'the path of a file in S3, `s3://bucket/key`';
const s3File = check(FILE, (given, where) =>
  typeof given === 'string' && /^s3:\/\/[^/]+\/?$|\/$/.test(given)
    ? [misfit(given, where, FILE)]
    : s3Path(given, where),
);
const INVOKE: ChecksOf<InvokeParameters> = {
  model: required(filled),
  body: jsonObject,
  input: s3File,
  output: s3File,
  contentType: filled,
  accept: filled,
};

const OTHER_CALL = "`aws({ service: 'bedrockruntime', action: 'invokeModel' })` takes it.";
const OTHER_NAMES: OtherNames = {
  modelid: 'model',
  inputdata: 'body',
  prompt: 'body',
  payload: 'body',
  s3input: 'input',
  inputuri: 'input',
  s3output: 'output',
  outputuri: 'output',
  accepttype: 'accept',
  guardrailidentifier: OTHER_CALL,
  guardrailversion: OTHER_CALL,
  guardrail: OTHER_CALL,
  trace: OTHER_CALL,
};

function together({ body, input }: InvokeParameters): Conflict[] {
  if ((body === undefined) !== (input === undefined)) return [];
  return [
    body === undefined
      ? { detail: 'there is neither body nor input', instead: 'Give body, or the file in S3 that has it as input.' }
      : { detail: 'there is body, and a file that has it as input', instead: 'Leave one of them out.' },
  ];
}

const RESOURCE = 'arn:aws:states:::bedrock:invokeModel';

function made<Body>(parameters: InvokeParameters): Template<InvokeOutput<Body>> {
  const { model, body, input, output, contentType, accept } = parameters;
  return template<InvokeOutput<Body>>({
    service: 'bedrock',
    kind: 'bedrock.invoke',
    outputShape: answerShape(RESOURCE, ['Body', 'ContentType']),
    sample: bedrock.samples.invoke,
    charge: bedrock.prices.invoke,
    lower: (limits) =>
      callFragment(
        RESOURCE,
        {
          ModelId: model,
          ...(body !== undefined && { Body: body }),
          ...(input !== undefined && { Input: { S3Uri: input } }),
          ...(output !== undefined && { Output: { S3Uri: output } }),
          ...(contentType !== undefined && { ContentType: contentType }),
          ...(accept !== undefined && { Accept: accept }),
        },
        limits,
      ),
    permissions: () => files(parameters),
  });
}

/** Step Functions reads and writes the files with the machine's role. */
function files({ input, output }: InvokeParameters): Permission[] {
  return [
    ...(input === undefined ? [] : [{ actions: ['s3:GetObject'], resources: [s3Object(input)] }]),
    ...(output === undefined ? [] : [{ actions: ['s3:PutObject'], resources: [s3Object(output)] }]),
  ];
}
