import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

const CALLBACK_PAGE = 'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html';

/** DAG115 to DAG129, DAG146 to DAG151, DAG165 and DAG190: calls of AWS services, what they need, and what is waited for. */
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
  DAG146: entry<{ task: string; resource: string; why: string }>({
    severity: 'error',
    title: 'A permission on something that is no resource',
    message: ({ task, resource, why }) =>
      `"${task}" has a permission on ${JSON.stringify(resource)}, which IAM does not take as a resource. ${why}.`,
    why: 'IAM refuses the whole policy of the machine for it, when other things have been made already.',
    remedy: () =>
      'Write the ARN that is meant, `arn:aws:s3:::${dag.env.lake}/gold/*`, or `*` where the action has no resource.',
  }),
  DAG147: entry<{ task: string; action: string; known: readonly string[] }>({
    severity: 'warning',
    title: 'A permission for an action that IAM does not know',
    message: ({ task, action }) => `"${task}" has a permission for "${action}", which IAM does not know.`,
    why: 'It allows nothing: what is meant is denied when the task runs.',
    remedy: ({ action, known }) =>
      `${didYouMean(action, known)}Write the service's prefix and the action as IAM does, \`s3:GetObject\`.`,
  }),
  DAG148: entry<{ task: string; field: string; role: string }>({
    severity: 'error',
    title: "A role's name where its ARN is taken",
    message: ({ task, field, role }) => `"${task}": ${field} takes the ARN of a role, and is given "${role}".`,
    why: 'The call fails, and a policy that lets the machine hand on this role alone cannot be written.',
    remedy: ({ role }) =>
      `Declare it, \`env: { ${/^[A-Za-z]\w*$/.test(role) ? role : 'role'}: env.role() }\`, and give \`dag.env.…\`, of which the machine makes the ARN; or write the ARN.`,
  }),
  DAG149: entry<{ seconds: number }>({
    severity: 'warning',
    title: 'A cluster that can end between two steps',
    message: ({ seconds }) => `The cluster ends by itself after ${seconds} seconds without a step.`,
    why: 'Step Functions looks at a step every 5 minutes once it has run for 10: the next one may come 5 minutes after the end of the one before.',
    remedy: () => "Write `idleTimeout: '10m'`, or leave it out: it is an hour.",
  }),
  DAG150: entry<{ task: string; call: string; from: string }>({
    severity: 'warning',
    title: 'A call whose roles the machine may not hand on',
    message: ({ task, call, from }) =>
      `"${task}": ${call} hands on the roles of ${from}, and nothing says which these are.`,
    why: 'Without leave to hand them on (`iam:PassRole`) the call is denied when the task runs. The call does not name them.',
    remedy: () =>
      'Name them: `passRoles: [dag.env.taskRole, dag.env.executionRole]`; where there are none, `passRoles: []`.',
  }),
  DAG151: entry<{ dag: string }>({
    severity: 'warning',
    title: 'A point in the id of a DAG',
    message: ({ dag }) => `The id "${dag}" has a point in it.`,
    why: "It becomes the machine's name. Terraform's provider refuses a machine of such a name, and AWS advises against it where logs are written.",
    remedy: ({ dag }) => `Write "${dag.replaceAll('.', '_')}".`,
  }),
  DAG165: entry<{ task: string; action: string; title: string; endedBy: string; instead: string | undefined }>({
    severity: 'warning',
    title: 'A call that makes what no task ends',
    message: ({ task, action, title }) => `"${task}": ${action} makes ${title}, and no task of the DAG ends it.`,
    why: 'A run that succeeds leaves it running, and the next run makes another one. It costs money until somebody finds it.',
    remedy: ({ task, endedBy, instead }) =>
      `${instead === undefined ? 'Place it with `dag.setup`' : `Write \`${instead}\`, which brings its teardown; or place it with \`dag.setup\``} and end it in \`dag.teardown('end_${task}', …, { setups: … })\`, which calls ${endedBy} with the id that "${task}" answers. For what is to outlive the run, make it outside of the DAG and give its id.`,
  }),
  DAG190: entry<{ task: string; title: string; ends: string; isRetried: boolean }>({
    severity: 'warning',
    title: 'A job of another account that nothing ends',
    message: ({ task, title, isRetried }) =>
      `"${task}" waits for a job of another account (${title}), which nothing ends where the run is aborted${isRetried ? ', and which may still run when the task is tried again' : ''}.`,
    why: 'What ends the jobs that an execution leaves has the machine’s own account. Step Functions itself cancels such a job as best it can, with the role that started it.',
    remedy: ({ ends, isRetried }) =>
      `Allow that role \`${ends}\` as well${isRetried ? ', and leave out the retries unless two of these jobs at a time do no harm' : ''}; or run a machine in that account, \`aws({ service: 'sfn', action: 'startExecution', … })\` with these credentials.`,
  }),
};
