import { entry } from './diagnostic.ts';
import { didYouMean, listed } from './did-you-mean.ts';

const meant = (suggestion: string | undefined, otherwise: string): string =>
  suggestion === undefined ? otherwise : `Did you mean "${suggestion}"?`;

/** ASL070 to ASL099 and ASL112: what tasks call, Maps, and workflow types. */
export const ASL_TASKS = {
  ASL070: entry<{ resource: string; detail: string }>({
    severity: 'error',
    title: 'A Resource cannot be called',
    message: ({ resource, detail }) => `The Resource "${resource}" cannot be called: ${detail}.`,
    why: 'A Task calls a Lambda function, an activity or an integration by its ARN (AWS: INVALID_RESOURCE).',
    remedy: () => 'Write an ARN such as arn:aws:states:::lambda:invoke or arn:aws:states:::aws-sdk:glue:getCrawler.',
  }),
  ASL071: entry<{ resource: string }>({
    severity: 'warning',
    title: "A Resource is none of Step Functions'",
    message: ({ resource }) =>
      `The Resource "${resource}" is neither a Lambda function, an activity nor an integration.`,
    why: 'The States Language allows any URI; AWS only takes these.',
    remedy: () => 'Write an ARN such as arn:aws:states:::lambda:invoke or arn:aws:states:::aws-sdk:glue:getCrawler.',
  }),
  ASL072: entry<{ service: string; sdk: boolean; suggestion?: string | undefined }>({
    severity: 'error',
    title: 'A service does not exist',
    message: ({ service, sdk }) =>
      sdk
        ? `There is no AWS SDK service "${service}".`
        : `There is no optimized integration of a service "${service}".`,
    why: 'AWS refuses resources that it does not know (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ suggestion, sdk, service }) =>
      meant(
        suggestion,
        sdk
          ? 'Services are named as in the AWS SDK for Java 2: sfn, eventbridge, cloudwatchlogs.'
          : `Any AWS API can be called as arn:aws:states:::aws-sdk:${service}:….`,
      ),
  }),
  ASL073: entry<{ service: string; action: string; sdk: boolean; suggestion?: string | undefined }>({
    severity: 'error',
    title: 'An action does not exist',
    message: ({ service, action, sdk }) =>
      sdk
        ? `The AWS SDK's ${service} has no action "${action}".`
        : `The optimized integration of ${service} has no action "${action}".`,
    why: 'AWS refuses resources that it does not know (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ suggestion, sdk }) =>
      meant(
        suggestion,
        sdk
          ? 'Actions are written in camelCase, as listCrawlers.'
          : 'Other actions are called as arn:aws:states:::aws-sdk:….',
      ),
  }),
  ASL074: entry<{ service: string; action: string; pattern: string; patterns: readonly string[] }>({
    severity: 'error',
    title: 'An integration pattern does not exist for this action',
    message: ({ service, action, pattern }) => `${service}:${action} cannot be called with .${pattern}.`,
    why: 'Each integration has its own patterns (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ patterns }) =>
      patterns.length === 0
        ? 'Remove the suffix.'
        : `Remove the suffix, or use ${patterns.map((p) => '.' + p).join(', ')}.`,
  }),
  ASL075: entry<{ resource: string }>({
    severity: 'warning',
    title: 'The task token is not handed over',
    message: ({ resource }) => `${resource} waits for a task token that nothing in the call hands over.`,
    why: 'Nobody could answer it: the state would wait until its timeout.',
    remedy: () => 'Put the token into the arguments: $states.context.Task.Token, or in JSONPath "$$.Task.Token".',
  }),
  ASL076: entry<{ service: string; action: string; name: string; suggestion?: string | undefined }>({
    severity: 'error',
    title: 'An argument does not exist',
    message: ({ service, action, name }) => `${service}:${action} has no argument "${name}".`,
    why: 'AWS checks the names of the arguments of SDK integrations (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ suggestion }) =>
      meant(suggestion, 'Arguments are written in PascalCase, as the AWS SDK for Java 2 names them.'),
  }),
  ASL077: entry<{ service: string; action: string; name: string; suggestion?: string | undefined }>({
    severity: 'warning',
    title: 'An argument is unknown',
    message: ({ service, action, name }) => `${service}:${action} has no argument "${name}" that we know of.`,
    why: 'AWS may refuse it.',
    remedy: ({ suggestion }) => meant(suggestion, 'Check the name.'),
  }),
  ASL078: entry<{ service: string; action: string; name: string }>({
    severity: 'warning',
    title: 'Something that the API needs is missing',
    message: ({ service, action, name }) => `${service}:${action} needs the argument "${name}".`,
    why: 'The API requires it; the call would fail.',
    remedy: ({ name }) => `Add "${name}".`,
  }),
  ASL079: entry<{ field: string }>({
    severity: 'error',
    title: 'An SDK integration has no arguments',
    message: ({ field }) => `This SDK integration has no ${field}.`,
    why: 'AWS refuses it even where the API needs none (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ field }) => `Add "${field}": {}.`,
  }),
  ASL080: entry<{ label: string; detail: string }>({
    severity: 'error',
    title: 'A Label is not allowed',
    message: ({ label, detail }) => `The Label "${label}" ${detail}.`,
    why: 'It becomes a part of the Map Run ARN (AWS: INVALID_LABEL_NAME).',
    remedy: () => 'Use at most 40 letters, digits, dots, hyphens and underscores.',
  }),
  ASL081: entry<{ label: string; other: string }>({
    severity: 'error',
    title: 'Two Maps have one Label',
    message: ({ label, other }) => `The Label "${label}" is taken by the Map at ${other}.`,
    why: 'Labels are unique in a definition (AWS: DUPLICATE_LABEL_NAME).',
    remedy: () => 'Rename one of them.',
  }),
  ASL082: entry<{ field: string }>({
    severity: 'warning',
    title: 'A field works only in a distributed Map',
    message: ({ field }) => `${field} works only in a distributed Map.`,
    why: "An inline Map's iterations run within the execution itself.",
    remedy: () => 'Set "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, or remove the field.',
  }),
  ASL083: entry({
    severity: 'warning',
    title: 'A distributed Map does not say how its children run',
    message: () => 'The ProcessorConfig of this distributed Map has no ExecutionType.',
    why: 'The documentation requires it.',
    remedy: () => 'Add "ExecutionType": "STANDARD" or "EXPRESS".',
  }),
  ASL084: entry<{ service: string }>({
    severity: 'warning',
    title: 'A service has ended',
    message: ({ service }) => `The AWS SDK has no service "${service}" any more.`,
    why: 'AWS has ended it or is about to; its actions cannot be checked.',
    remedy: () => 'See whether the service still runs in your account, and what AWS names in its place.',
  }),
  ASL085: entry<{ service: string; action: string; name: string; must: string }>({
    severity: 'error',
    title: 'An argument has a value of the wrong type',
    message: ({ service, action, name, must }) => `The argument "${name}" of ${service}:${action} must be ${must}.`,
    why: 'AWS checks the literals among the arguments (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ must }) => `Write ${must}, or an expression that gives it.`,
  }),
  ASL112: entry<{ service: string; action: string; name: string; value: string; values: readonly string[] }>({
    severity: 'warning',
    title: 'An argument has a value that its API does not know',
    message: ({ service, action, name, value }) =>
      `${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)} is none of the values of "${name}" of ${service}:${action} that we know of.`,
    why: 'AWS takes the machine, and the service refuses the call when it runs; a value that AWS has added since is fine.',
    remedy: ({ value, values }) => `${didYouMean(value, values)}Its values: ${listed(values)}.`,
  }),
  ASL086: entry<{ detail: string; instead: string }>({
    severity: 'warning',
    title: 'A reader of a Map is not set up as its page says',
    message: ({ detail }) => `${detail}.`,
    why: 'Each InputType has settings of its own.',
    remedy: ({ instead }) => instead,
  }),
  ASL094: entry<{ field: string; resource: string; instead: readonly string[] }>({
    severity: 'error',
    title: 'A Map reads or writes with a foreign call',
    message: ({ field, resource }) => `${field} cannot call ${resource}.`,
    why: 'A distributed Map reads with s3:getObject or s3:listObjectsV2 and writes with s3:putObject (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: ({ instead }) => `Write ${instead.map((action) => `arn:aws:states:::s3:${action}`).join(' or ')}.`,
  }),
  ASL098: entry<{ name: string; wanted: string }>({
    severity: 'error',
    title: 'An argument that a function of dagwright/asl does not take',
    message: ({ name, wanted }) => `${name} must be ${wanted}.`,
    why: 'The function can do nothing with what it was given.',
    remedy: ({ wanted }) => `Pass ${wanted}.`,
  }),
  ASL099: entry<{ detail: string }>({
    severity: 'error',
    title: 'An execution cannot go on from its history',
    message: ({ detail }) => `${detail}.`,
    why: 'What an execution had done is read off its history alone.',
    remedy: () =>
      'Hand over all events, as readHistory or interpret answers them, of an execution of the same machine; `get-execution-history` needs `--include-execution-data`.',
  }),
  ASL087: entry<{ field: string; value: number; most: number }>({
    severity: 'warning',
    title: 'A number is over its limit',
    message: ({ field, value, most }) => `${field} is ${value}; more than ${most} has no effect.`,
    why: 'Step Functions stops at the limit, or refuses the value.',
    remedy: ({ most }) => `Write at most ${most}.`,
  }),
  ASL088: entry<{ resource: string }>({
    severity: 'warning',
    title: 'A Resource has a placeholder left in it',
    message: ({ resource }) => `The Resource "${resource}" has a placeholder left in it.`,
    why: 'AWS refuses it until CloudFormation, SAM or Terraform has filled it in, and what it then calls cannot be checked here.',
    remedy: () =>
      'Deploy it with the tool that fills it in, or write arn:aws:states:::lambda:invoke and put the placeholder into FunctionName.',
  }),
  ASL089: entry<{ detail: string }>({
    severity: 'warning',
    title: 'Credentials do not do what they should',
    message: ({ detail }) => `${detail}.`,
    why: 'Credentials name, with RoleArn, the role that a Lambda function or an AWS service is called with.',
    remedy: () => 'Write "Credentials": { "RoleArn": "arn:aws:iam::123456789012:role/…" }, or remove the field.',
  }),
  ASL090: entry<{ what: string }>({
    severity: 'error',
    title: 'An Express workflow cannot do this',
    message: ({ what }) => `An Express workflow does not support ${what}.`,
    why: 'AWS refuses it (SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Use a Standard workflow, or start a Standard one from here.',
  }),
  ASL091: entry<{ seconds: number; most: number }>({
    severity: 'warning',
    title: 'An Express workflow does not run so long',
    message: ({ seconds, most }) => `${seconds} s is longer than an Express workflow may run (${most} s).`,
    why: 'The execution times out before.',
    remedy: () => 'Use a Standard workflow, or a shorter time.',
  }),
  ASL092: entry<{ service: string; action: string; name: string; must: string }>({
    severity: 'warning',
    title: 'A value within the arguments may have the wrong type',
    message: ({ service, action, name, must }) =>
      `"${name}" in the arguments of ${service}:${action} should be ${must}.`,
    why: 'The API wants it so; AWS may refuse it, or the call may fail.',
    remedy: ({ must }) => `Write ${must}, or an expression that gives it.`,
  }),
  ASL093: entry<{ service: string; action: string; name: string }>({
    severity: 'error',
    title: 'An SDK integration lacks a required argument',
    message: ({ service, action, name }) => `${service}:${action} needs the argument "${name}".`,
    why: 'AWS refuses a call without it, idempotency tokens included: Step Functions does not fill them in (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ name }) => `Add "${name}".`,
  }),
};
