import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** DAG115 to DAG129: calls of AWS services, and what is waited for. */
export const DAG_CALLS = {
  DAG115: entry<{ service: string; suggestion: string | undefined; known: readonly string[] }>({
    severity: 'error',
    title: 'A service does not exist',
    message: ({ service }) => `There is no AWS service "${service}".`,
    why: 'Services are named as the AWS SDK for Java names them, as Step Functions does; AWS refuses a machine that calls another.',
    remedy: ({ service, suggestion, known }) =>
      suggestion === undefined
        ? `${didYouMean(service, known)}Write the SDK's name in lower case, without hyphens: sfn, eventbridge, emrserverless, cloudwatchlogs.`
        : `Write \`service: '${suggestion}'\`.`,
  }),
  DAG116: entry<{ service: string; action: string; known: readonly string[] }>({
    severity: 'error',
    title: 'An action does not exist',
    message: ({ service, action }) => `The service ${service} has no action "${action}".`,
    why: 'AWS refuses a machine that calls an action that its service does not have.',
    remedy: ({ action, known }) => `${didYouMean(action, known)}Write the API's name in camelCase, as listCrawlers.`,
  }),
  DAG117: entry<{
    service: string;
    action: string;
    pattern: string;
    patterns: readonly string[];
    otherForm: 'optimized' | 'sdk' | undefined;
  }>({
    severity: 'error',
    title: 'A call cannot be waited for in this way',
    message: ({ service, action, pattern }) => `${service}:${action} has no pattern "${pattern}".`,
    why: 'Step Functions waits for a job only where its integration with the service does (`sync`), and for a task token where the call can hand one over (`callback`).',
    remedy: ({ pattern, patterns, otherForm }) =>
      otherForm !== undefined
        ? `Leave \`integration\` out: the ${otherForm} form has the pattern '${pattern}', this one ${patterns.join(', ')}.`
        : `${didYouMean(pattern, patterns)}Its patterns: ${patterns.map((one) => `'${one}'`).join(', ')}.${
            pattern === 'sync' ? ' A job without `sync` is waited for by asking how it is, in a task behind it.' : ''
          }`,
  }),
  DAG118: entry<{ service: string; action: string; integration: string; known: readonly string[] }>({
    severity: 'error',
    title: 'A call has no integration of this form',
    message: ({ service, action, integration }) => `${service}:${action} has no ${integration} integration.`,
    why: "Step Functions has optimized integrations for some actions, and the SDK's for every action of an API.",
    remedy: ({ service, action, integration, known }) =>
      integration === 'optimized'
        ? `${didYouMean(action, known)}${
            known.length > 0 ? `Optimized of ${service}: ${known.join(', ')}. ` : `${service} has none. `
          }Leave \`integration\` out to call it through the SDK's.`
        : `${didYouMean(integration, ['optimized', 'sdk'])}Leave \`integration\` out: the one that exists is taken. Its values are 'optimized' and 'sdk'.`,
  }),
};
