import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

const CALLBACK_PAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html';

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
    /** What it is called here, where other tools call it so. */
    meant: string | undefined;
    patterns: readonly string[];
    otherForm: 'optimized' | 'sdk' | undefined;
  }>({
    severity: 'error',
    title: 'A call cannot be waited for in this way',
    message: ({ service, action, pattern }) => `${service}:${action} has no pattern "${pattern}".`,
    why: 'Step Functions waits for a job only where its integration with the service does (`sync`), and for a task token where the call can hand one over (`callback`).',
    remedy: ({ pattern, meant = pattern, patterns, otherForm }) => {
      const is = meant === pattern ? '' : `"${pattern}" is '${meant}' here. `;
      if (otherForm !== undefined)
        return `${is}Leave \`integration\` out: the ${otherForm} form has the pattern '${meant}', this one ${patterns.join(', ')}.`;
      if (meant !== pattern && patterns.includes(meant)) return `Write \`pattern: '${meant}'\`.`;
      return `${is || didYouMean(pattern, patterns)}Its patterns: ${patterns.map((one) => `'${one}'`).join(', ')}.${
        meant === 'sync' ? ' A job without `sync` is waited for by asking how it is, in a task behind it.' : ''
      }`;
    },
  }),
  DAG118: entry<{
    service: string;
    action: string;
    integration: string;
    /** What it is called here, where other tools call it so. */
    meant: string | undefined;
    known: readonly string[];
  }>({
    severity: 'error',
    title: 'A call has no integration of this form',
    message: ({ service, action, integration }) => `${service}:${action} has no ${integration} integration.`,
    why: "Step Functions has optimized integrations for some actions, and the SDK's for every action of an API.",
    remedy: ({ service, action, integration, meant, known }) =>
      integration === 'optimized'
        ? `${didYouMean(action, known)}${
            known.length > 0 ? `Optimized of ${service}: ${known.join(', ')}. ` : `${service} has none. `
          }Leave \`integration\` out to call it through the SDK's.`
        : meant !== undefined
          ? `Write \`integration: '${meant}'\`, or leave it out: the one that exists is taken.`
          : `${integration === 'sdk' ? '' : didYouMean(integration, ['optimized', 'sdk'])}Leave \`integration\` out: the one that exists is taken. Its values are 'optimized' and 'sdk'.`,
  }),
  DAG119: entry<{ task: string }>({
    severity: 'error',
    title: 'A task token where nobody waits for it',
    message: ({ task }) => `"${task}" uses taskToken outside of the parameters of a callback.`,
    why: `A token exists only while a call with \`pattern: 'callback'\` waits for it, in that call's parameters: ${CALLBACK_PAGE}#connect-wait-token`,
    remedy: () => "Hand it over in the parameters of an `aws({ …, pattern: 'callback' })`.",
  }),
  DAG120: entry<{ task: string; call: string }>({
    severity: 'error',
    title: 'A callback that hands no task token over',
    message: ({ task, call }) =>
      `"${task}" calls ${call} with the pattern 'callback', and its parameters do not hold taskToken.`,
    why: 'The task waits until somebody sends its token back; without the token nobody can, and it waits up to a year.',
    remedy: () =>
      "Import `taskToken` from 'dagwright' and put it into the parameters, as `MessageBody: { token: taskToken }`.",
  }),
  DAG121: entry<{ task: string }>({
    severity: 'warning',
    title: 'A callback that may be waited for up to a year',
    message: ({ task }) => `"${task}" waits for its task token without an executionTimeout and without a heartbeat.`,
    why: 'If whoever has the token dies, nothing tells the run: it waits until its own end, after a year at most.',
    remedy: () =>
      "Give the task an `executionTimeout`, or a `heartbeat` that the other side sends: `{ heartbeat: '10m' }`.",
  }),
  DAG122: entry<{ task: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'A heartbeat that nothing can send',
    message: ({ task, detail }) => `The heartbeat of "${task}" ${detail}.`,
    why: "It is the longest time between two signs of life of whoever has the task's token (HeartbeatSeconds), below the time that one try may take.",
    remedy: ({ instead }) => instead,
  }),
  DAG123: entry<{ task: string; finding: string; where: string; instead: string }>({
    severity: 'error',
    title: 'A call whose parameters AWS refuses',
    message: ({ task, finding, where }) => `"${task}": ${finding}${where}`,
    why: 'AWS checks the parameters of the calls when the machine is made, and refuses it.',
    remedy: ({ instead }) => instead,
  }),
  DAG124: entry<{ task: string; finding: string; where: string; instead: string }>({
    severity: 'warning',
    title: 'A call whose parameters the API may refuse',
    message: ({ task, finding, where }) => `"${task}": ${finding}${where}`,
    why: "The service's model says otherwise; AWS may refuse the machine, or the call fails when it runs.",
    remedy: ({ instead }) => instead,
  }),
};
