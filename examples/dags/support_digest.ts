import { Dag, env, param } from 'dagwright';
import { bedrock, http, ses, sns, sqs } from 'dagwright/tasks';

/** What a ticket system answers. */
interface Tickets {
  readonly open: number;
  /** What they are about, shortened by the ticket system. */
  readonly about: string;
}

/** What the model is asked to answer. */
interface Verdict {
  readonly content: readonly { readonly text: 'calm' | 'busy' | 'burning' }[];
}

/**
 * Reads the day's tickets from a web service, lets a model judge them, and tells those whom it concerns. Airflow: example_http,
 * example_bedrock, example_sns, example_sqs.
 */
const dag = new Dag('support_digest', {
  schedule: '0 18 * * 1-5',
  timezone: 'Europe/Zurich',
  env: {
    tickets: env.string({ description: 'The ARN of the EventBridge connection to the ticket system' }),
    alerts: env.string({ description: 'The ARN of the team’s topic' }),
    queue: env.string({ description: 'The URL of the queue of whoever is on duty' }),
    mailFrom: env.string({ description: 'An address that SES may send from' }),
    mailTo: env.string(),
  },
  params: { team: param.string({ default: 'shop', pattern: '^[a-z]+$' }) },
});
const { tickets: connection, alerts: topic, queue, mailFrom: from, mailTo: to } = dag.env;

/** A team that is not known there has no tickets. */
const found = dag.task(
  'tickets',
  http.call<Tickets>({
    connection,
    url: `https://tickets.example.com/teams/${dag.params.team}`,
    query: { day: dag.logicalDate },
  }),
  {
    retries: 3,
    retryDelay: '10s',
    retryExponentialBackoff: true,
    retryJitter: true,
    skipOn: ['States.Http.StatusCode.404'],
  },
);
const { open, about } = found.output.ResponseBody;

/** On a quiet day nobody hears anything. */
const any = dag.shortCircuit('any_open', () => open > 0);

const question = 'Answer with one word, calm, busy or burning, for these tickets:';
const verdict = dag
  .task(
    'judge',
    bedrock.invoke<Verdict>({
      model: 'anthropic.claude-3-haiku-20240307-v1:0',
      body: {
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 5,
        messages: [{ role: 'user', content: `${question} ${about}` }],
      },
    }),
    { retries: 2, executionTimeout: '2m' },
  )
  .after(any);

const mail = dag.task(
  'mail',
  ses.send({ from, to, subject: 'Tickets of the day', text: `${open} are open, all is calm.` }),
);
const tell = dag.task('tell', sns.publish({ topic, subject: 'A busy day', message: { open } }));
const alarm = dag.task('alarm', sqs.send({ queue, body: { team: dag.params.team, open, about } }));
dag
  .switch(() => verdict.output.Body.content[0]!.text, { id: 'mood' })
  .case('burning', alarm, tell)
  .case('busy', tell)
  .default(mail);

export default dag;
