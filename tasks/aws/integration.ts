import { OPTIMIZED, type Pattern, SDK_OF_OPTIMIZED, sdkService, sdkServices } from '../../asl/services/index.ts';
import { diagnosticHere, report } from '../../authoring/internal.ts';

/** How a call is waited for, as users write it. */
export type CallPattern = 'request' | 'sync' | 'callback';
/** Which of Step Functions' two forms a call takes. */
export type IntegrationKind = 'optimized' | 'sdk';

/** What a user says of a call; nothing of it is sure to be of its type. */
export interface AskedCall {
  readonly service: string;
  readonly action: string;
  readonly pattern: CallPattern;
  readonly integration: IntegrationKind | undefined;
}

/** A call as Step Functions has it. */
export interface Integration {
  /** `arn:aws:states:::glue:startJobRun.sync` */
  readonly resource: string;
  readonly sdk: boolean;
  /** The service's name in the Resource: `events` of eventbridge in the optimized form. */
  readonly service: string;
}

/**
 * The integration of a call: the optimized one wherever there is one for the action and the pattern, else the SDK's; or the one asked for.
 * What does not exist is a fault at the user's place, and undefined.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export function integrationOf(call: AskedCall): Integration | undefined {
  const { service, action, pattern, integration } = call;
  const optimized = optimizedName(service, action);
  const patterns = optimized === undefined ? undefined : patternsOf(optimized, action);
  const inSdk = sdkService(service)?.has(action) === true;
  const sdk: Integration = {
    resource: `arn:aws:states:::aws-sdk:${service}:${action}${pattern === 'callback' ? '.waitForTaskToken' : ''}`,
    sdk: true,
    service,
  };
  if (!inSdk && patterns === undefined) {
    faultOfNames(call, optimized);
    return undefined;
  }
  if (
    integration === 'sdk'
      ? !inSdk
      : integration === undefined
        ? false
        : patterns === undefined || integration !== 'optimized'
  ) {
    const form = meantBy(integration, INTEGRATION_NAMES);
    report([
      diagnosticHere('DAG118', {
        service,
        action,
        integration: String(integration),
        meant: form !== undefined && (form === 'sdk' ? inSdk : patterns !== undefined) ? form : undefined,
        known: Object.keys(OPTIMIZED[optimized ?? ''] ?? {}),
      }),
    ]);
    return undefined;
  }
  const fitting = integration === 'sdk' ? undefined : patterns?.find((one) => isAs(one, pattern, patterns));
  if (fitting !== undefined)
    return {
      resource: `arn:aws:states:::${optimized}:${action}${fitting === 'request' ? '' : `.${fitting}`}`,
      sdk: false,
      service: optimized!,
    };
  const bySdk = inSdk && integration !== 'optimized';
  if (bySdk && (pattern === 'request' || pattern === 'callback')) return sdk;
  const known = new Set([
    ...(integration === 'sdk' ? [] : (patterns ?? []).map(userPattern)),
    ...(bySdk ? ['request', 'callback'] : []),
  ]);
  const other = meantBy(pattern, PATTERN_NAMES);
  const meant = other ?? pattern;
  const otherForm =
    integration === 'sdk' && patterns?.some((one) => userPattern(one) === meant)
      ? 'optimized'
      : integration === 'optimized' && inSdk && (meant === 'request' || meant === 'callback')
        ? 'sdk'
        : undefined;
  report([
    diagnosticHere('DAG117', {
      service,
      action,
      pattern: String(pattern),
      meant: other,
      patterns: [...known].sort(),
      otherForm,
    }),
  ]);
  return undefined;
}

/** Of the two forms of waiting for an execution the second is taken, which gives its output as JSON. */
function isAs(one: Pattern, pattern: CallPattern, patterns: readonly Pattern[]): boolean {
  if (one === 'sync' && patterns.includes('sync:2')) return false;
  return userPattern(one) === pattern;
}

function userPattern(pattern: Pattern): CallPattern {
  return pattern === 'waitForTaskToken' ? 'callback' : pattern === 'request' ? 'request' : 'sync';
}

const OPTIMIZED_OF_SDK = new Map(Object.entries(SDK_OF_OPTIMIZED).map(([optimized, sdk]) => [sdk, optimized]));

/** The optimized integration of an SDK's service: nearly always one of the same name. */
function optimizedName(service: string, action: string): string | undefined {
  // The SDK has models and what runs them in two services, the integration in one.
  if (service === 'bedrockruntime' && action === 'invokeModel') return 'bedrock';
  if (Object.hasOwn(SDK_OF_OPTIMIZED, service)) return undefined;
  const name = OPTIMIZED_OF_SDK.get(service) ?? service;
  return Object.hasOwn(OPTIMIZED, name) ? name : undefined;
}

function patternsOf(optimized: string, action: string): readonly Pattern[] | undefined {
  const actions = OPTIMIZED[optimized]!;
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** What the States Language, the CDK, AWS's pages and Airflow call the patterns: `.waitForTaskToken`, `RUN_JOB`, `wait_for_completion`. */
const PATTERN_NAMES: ReadonlyMap<string, CallPattern> = new Map([
  ...['waitfortasktoken', 'tasktoken', 'waitforcallback'].map((name) => [name, 'callback'] as const),
  ...['callback', 'request', 'sync'].map((name) => [name, name as CallPattern] as const),
  ...['runjob', 'runajob', 'sync2', 'waitforcompletion', 'synchronous'].map((name) => [name, 'sync'] as const),
  ...['requestresponse', 'fireandforget', 'async', 'asynchronous'].map((name) => [name, 'request'] as const),
]);

const INTEGRATION_NAMES: ReadonlyMap<string, IntegrationKind> = new Map([
  ['awssdk', 'sdk'],
  ['sdk', 'sdk'],
  ['optimized', 'optimized'],
  ['optimised', 'optimized'],
]);

/** A value as it is called here, where somebody calls or writes it otherwise. */
function meantBy<T extends string>(value: unknown, names: ReadonlyMap<string, T>): T | undefined {
  const meant = names.get(
    String(value)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  );
  return meant === value ? undefined : meant;
}

/** What other tools call services that the SDK for Java calls otherwise. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...SDK_OF_OPTIMIZED,
    cognitoidp: 'cognitoidentityprovider',
    ddb: 'dynamodb',
    dms: 'databasemigration',
    logs: 'cloudwatchlogs',
    stepfunctions: 'sfn',
  }),
);

function faultOfNames({ service, action }: AskedCall, optimized: string | undefined): void {
  const inSdk = sdkService(service);
  if (inSdk === undefined && optimized === undefined) {
    const plain = String(service)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
    const known = [...sdkServices(), 'http'];
    const suggestion = known.includes(plain)
      ? plain
      : (OTHER_NAMES.get(String(service).toLowerCase()) ?? OTHER_NAMES.get(plain));
    report([diagnosticHere('DAG115', { service: String(service), suggestion, known })]);
    return;
  }
  const own = optimized === undefined ? [] : Object.keys(OPTIMIZED[optimized]!);
  report([
    diagnosticHere('DAG116', {
      service,
      action: String(action),
      known: [...new Set([...own, ...(inSdk?.keys() ?? [])])],
    }),
  ]);
}
