import { sdkService } from '../asl/services/index.ts';

/**
 * What to write for a member that is not there, by whose it would be (an object or an entry of the package): what other tools
 * call it, and what it is called here.
 */
const ELSEWHERE: { readonly [owner: string]: readonly (readonly [name: RegExp, instead: string])[] } = {
  param: [
    [
      /^(?:list|array|tuple|object|dict|map|any|record|nullable)$/i,
      '`param.json({ default: [] })`, which takes any JSON',
    ],
    [/^(?:str|text|varchar|template)$/i, '`param.string()`'],
    [/^(?:date(?:time)?|day|time(?:stamp)?)$/i, "`param.string({ pattern: '^\\\\d{4}-\\\\d{2}-\\\\d{2}$' })`"],
    [/^(?:int|long|bigint)$/i, '`param.integer()`'],
    [/^(?:float|double|decimal|numeric)$/i, '`param.number()`'],
    [/^(?:bool|flag)$/i, '`param.boolean()`'],
    [/^(?:choice|choices|oneOf|select|options|literal|union|values)$/i, "`param.enum(['a', 'b'])`"],
  ],
  env: [
    [
      /secret|password|connection/i,
      '`env.string()` for the secret’s name: a secret stays in Secrets Manager, and the task reads it',
    ],
    [/^(?:s3|s3bucket)$/i, '`env.bucket()`'],
    [/^(?:iam|roleArn|iamRole)$/i, '`env.role()`'],
    [/./, '`env.string()`: any text, which dagwright.yaml gives'],
  ],
  dag: [
    [
      /^(?:ds|ts|ds_?nodash|ts_?nodash|executionDate|dataInterval\w*|execution_date|logical_date)$/i,
      '`dag.logicalDate`: the moment that the run is for, ISO 8601 in UTC',
    ],
    [/^(?:dag_?id|name)$/i, '`dag.id`'],
    [/^(?:run|run_?id|dag_?run)$/i, 'a param, `dag.params.run`: nothing here stands for the run itself'],
    [/^(?:variables?|vars?|connections?|conn)$/i, '`dag.env.x`, declared as `env: { x: env.string() }`'],
    [/^(?:conf|config)$/i, '`dag.params.x`, declared as `params: { x: param.string() }`'],
    [
      /^(?:python|bash|lambda)\w*$/i,
      "`dag.task(id, template)`: code runs in a service, `lambda.python('functions/clean.py', { handler: 'clean' })` or `lambda.typescript(…)`",
    ],
    [/^(?:sensor|poke)\w*$/i, "`dag.task(id, template)`: a job is waited for with `pattern: 'sync'`"],
    [/^(?:short_circuit|shortcircuit)$/i, '`dag.shortCircuit(id, () => condition)`'],
    [/^(?:task_?group|group)$/i, '`dag.taskGroup(id)`'],
    [/^(?:branch\w+|choose|choice|latest_?only)$/i, '`dag.branch(id, () => task)`'],
    [
      /^(?:operators?|add_?task|step|job|node|addOperator)$/i,
      '`dag.task(id, template)`, with a template of `dagwright/tasks`',
    ],
    [
      /^(?:map|expand|partial|forEach|loop)$/i,
      'a loop in TypeScript over what is known when the DAG is compiled: there are no mapped tasks yet',
    ],
    [/^(?:chain|link|depends\w*|set_?(?:up|down)stream)$/i, "`chain(a, b)` from 'dagwright', or `b.after(a)`"],
  ],
  dagwright: [
    [
      /^(?:Variables?|Connections?|BaseHook)$/,
      "`import { env } from 'dagwright'` and `env: { x: env.string() }`: it is filled in when the DAG is deployed",
    ],
    [/^(?:Params?)$/, "`import { param } from 'dagwright'` and `params: { x: param.string() }`"],
    [/^(?:XCom\w*|getCurrentContext|get_current_context)$/, 'no import: what a task answers is `task.output.X`'],
    [/^TaskGroup$|^task_group$/, '`const group = dag.taskGroup(id)`'],
    [/^(?:Asset|Dataset)\w*$/, "a schedule, `schedule: '@daily'`: there are no assets"],
    [
      /^(?:days_?ago|timedelta|datetime|Duration|pendulum|duration)$/i,
      "a text: a duration is `'15m'`, a date `'2026-01-31'`",
    ],
    [/^(?:dag|task|setup|teardown|Task|BaseOperator)$/, '`const dag = new Dag(id)` and `dag.task(id, template)`'],
    [/^(?:TriggerRule)$/, "the rule as a text, `{ triggerRule: 'all_done' }`"],
    [/(?:Operator|Sensor|Hook)(?:Async)?$/, "`dag.task(id, template)`, with a template from 'dagwright/tasks'"],
  ],
  'dagwright/tasks': [
    [
      /^(?:Python|ShortCircuit|BranchPython)\w*Operator$|^python(?:_?task)?$/i,
      "`lambda.python('functions/clean.py', { handler: 'clean' })`, or `lambda.typescript(() => import('../functions/score.ts'), { handler: 'score' })`",
    ],
    [
      /^(?:bash|shell)\w*$/i,
      'a function, `lambda.python(…)`, or what runs a container: a machine has nowhere to run a command',
    ],
    [/^(?:simple)?http\w*$/i, '`http.call({ connection, url })`'],
    [
      /^(?:empty|dummy|sensor|wait|e?mail)\w*$/i,
      "`aws({ service: '…', action: '…', parameters: { … } })`, or another service's call",
    ],
    [
      /(?:Operator|Sensor|Hook)(?:Async)?$/,
      "`aws({ service: '…', action: '…', parameters: { … } })`, or what is here for the service",
    ],
  ],
  task: [
    [/^(?:set_?upstream|depends?On|upstream|afterAll)$/i, '`task.after(…)`'],
    [/^(?:set_?downstream|then|downstream|next)$/i, '`task.before(…)`'],
    [
      /^(?:xcom_?pull|xcom|result|return_?value|value|answer|data)$/i,
      '`task.output.X`, with the field that the service answers',
    ],
    [/^(?:task_?id|name)$/i, '`task.id`'],
    [
      /^(?:keys|values|entries)$/,
      'what is read of the output as a field, `task.output.keys`, or an expression, `expr(() => …)`: what a task answers is known when the run is there',
    ],
    [
      /^(?:expand|partial|override)$/i,
      'a loop in TypeScript over what is known when the DAG is compiled: there are no mapped tasks yet',
    ],
  ],
};

/** Of these a DAG's call would have placed something. */
const PLACES_A_TASK =
  /^(?:(?:python|bash|lambda|sensor|branch)\w*|short_?circuit|latest_?only|operators?|add_?(?:task|operator)|step|job|node)$/i;
const PLACES_A_GROUP = /^(?:task_?)?group$/i;

/** What a call of a member that a DAG does not have would have placed; undefined if nothing is known. */
export function placedElsewhere(name: string): 'task' | 'taskGroup' | undefined {
  if (PLACES_A_GROUP.test(name)) return 'taskGroup';
  return PLACES_A_TASK.test(name) ? 'task' : undefined;
}

/** What is known of a namespace of `dagwright/tasks` by its service. */
export interface ServiceNames {
  /** The service's name in the SDK. */
  readonly sdk?: string;
  /** What other tools call its members: a form of names, and what to write here. */
  readonly otherNames?: { readonly [form: string]: string };
}

/** What to write for a member that is not there; undefined if nothing is known. */
export function insteadOfMember(owner: string, name: string, service: ServiceNames = {}): string | undefined {
  if (owner === 'aws')
    return `It is one function for all services: write \`${call(sdkService(name) ? name : '…', '…')}\`.`;
  const ofService = Object.entries(service.otherNames ?? {}).find(([form]) => new RegExp(form, 'i').test(name))?.[1];
  const known = ofService ?? ELSEWHERE[owner]?.find(([form]) => form.test(name))?.[1];
  if (known !== undefined) return `Write ${known}.`;
  if (owner === 'dagwright/tasks' && sdkService(name.toLowerCase()))
    return `Write \`${call(name.toLowerCase(), '…')}\`.`;
  const { sdk } = service;
  if (sdk === undefined) return undefined;
  const action = [...(sdkService(sdk)?.keys() ?? [])].find((one) => one.toLowerCase() === name.toLowerCase());
  return action === undefined
    ? `Whatever else ${owner} can do is called with \`${call(sdk, '…')}\`.`
    : `Write \`${call(sdk, action)}\`.`;
}

function call(service: string, action: string): string {
  return `aws({ service: '${service}', action: '${action}', parameters: { … } })`;
}
