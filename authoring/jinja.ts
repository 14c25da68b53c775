/** What Airflow's users write in Jinja, and what to write for it here. */
export interface Jinja {
  /** As it is written in the text. */
  readonly text: string;
  readonly instead: string;
}

const EXPRESSION = /\{\{-?\s*([\s\S]*?)\s*-?\}\}/g;
const STATEMENT =
  /\{%-?\s*(if|elif|else|endif|for|endfor|set|endset|macro|endmacro|raw|endraw|block|endblock|extends|include|import|from|filter|endfilter|with|endwith|do|call)\b[\s\S]*?%\}/g;

/** Handlebars' `{{#if x}}` and Svelte's `{#if x}` end otherwise. */
const COMMENT = /(?<!\{)\{#[\s\S]*?#\}/g;

/**
 * Every expression of Airflow's context in a text, and every statement of Jinja. `{{name}}` of a mail template, `{{resolve:…}}` of
 * CloudFormation, `{{#if x}}` of Handlebars and JSON's braces are none.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html
 */
export function jinjaIn(text: string): Jinja[] {
  if (!/\{[{%#]/.test(text)) return [];
  const found: Jinja[] = [];
  for (const [whole, inner = ''] of text.matchAll(EXPRESSION)) {
    const instead = insteadOf(inner.replace(/^(?:\{\{)?[(\s]*/, ''));
    if (instead !== undefined) found.push({ text: shortened(whole), instead });
  }
  // The first says it all: an `endif` is no fault of its own.
  for (const [whole, word = ''] of [...text.matchAll(STATEMENT)].slice(0, 1))
    found.push({ text: shortened(whole), instead: STATEMENTS[word] ?? BUILD });
  for (const [whole] of [...text.matchAll(COMMENT)].slice(0, 1))
    found.push({
      text: shortened(whole),
      instead: 'A comment stands in the TypeScript, `// …`: leave it out of the text.',
    });
  return found;
}

export function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

const BUILD = 'Build the text in TypeScript, with template literals and functions.';
const CHOOSE = 'Write `expr(() => condition ? a : b)` in the text, or `dag.if(() => condition).then(task)`.';
const REPEAT = 'Build the text in TypeScript: `items.map((item) => …).join()`.';
const STATEMENTS: { readonly [word: string]: string } = {
  if: CHOOSE,
  for: REPEAT,
  set: 'Declare a constant in TypeScript, or name a part with `const part = expr(() => …)`.',
};

const DATE =
  'Write `${dag.logicalDate}`: the moment that the run is for, ISO 8601 in UTC. A day alone, or another day, comes as a param, `${dag.params.day}`, or is computed in the task.';
const RUN = 'Nothing here stands for it: give the run a param, `${dag.params.run}`, or let the task ask the service.';
const HERE = 'It is known when the DAG is compiled: write it out, or `${dag.id}`, `${task.id}`.';

/** By how an expression begins. Names that mail templates use as well need one of Airflow's fields behind them. */
const NAMES: readonly (readonly [start: RegExp, instead: string | ((...parts: string[]) => string)])[] = [
  [/^(?:(?:yesterday|tomorrow|prev|next)_)?ds(?:_nodash)?\b/, DATE],
  [/^ts(?:_nodash(?:_with_tz)?)?\b/, DATE],
  [/^(?:(?:prev|next)_)?(?:logical|execution)_date\b/, DATE],
  [/^(?:prev_)?data_interval_(?:start|end)\b|^prev_(?:start|end)_date_success\b/, DATE],
  [/^(?:dag_run|dagrun)\.(?:logical_date|execution_date|data_interval_\w+|run_after)\b/, DATE],
  [/^macros\.(?:ds_\w+|datetime|timedelta|dateutil|time)\b/, DATE],
  [/^dag_run\.conf(?:\.get\(|\[|\.)\s*['"]?(\w+)/, param],
  [/^params(?:\.get\(|\[|\.)\s*['"]?(\w+)/, param],
  [/^(?:ti|task_instance)\.xcom_pull\b(.*)/s, pulled],
  [/^var\.(?:value|json)(?:\.get\(|\[|\.)\s*['"]?(\w+)/, variable],
  [
    /^conn\.(\w+)/,
    (name) =>
      `There are no connections: declare what is needed of it, \`env: { ${name}: env.string() }\`, and write \`\${dag.env.${name}}\`; a secret stays in Secrets Manager, and the task reads it.`,
  ],
  [/^(?:run_id|dag_run\.run_id|(?:ti|task_instance)\.run_id)\b/, RUN],
  [/^dag\.(?:dag_id|owner|description|tags|fileloc|timezone)\b/, HERE],
  [/^task\.(?:task_id|dag_id|owner|queue|pool)\b/, HERE],
  [/^(?:ti|task_instance)\.(?:task_id|dag_id)\b/, HERE],
  [/^(?:ti|task_instance|dag_run)\.\w+/, RUN],
  [/^(?:task_instance_key_str|expanded_ti_count|map_index_template|test_mode)\b/, RUN],
  [/^(?:inlet_events|outlet_events|triggering_(?:dataset|asset)_events)\b/, RUN],
  [/^conf\.get\(/, 'Airflow’s configuration is not here: declare the value as an env, `${dag.env.x}`.'],
  [/^macros\./, BUILD],
];

function insteadOf(expression: string): string | undefined {
  for (const [start, instead] of NAMES) {
    const match = start.exec(expression);
    if (match) return typeof instead === 'string' ? instead : instead(match[1] ?? '');
  }
  return undefined;
}

function param(name: string): string {
  return `Write \`\${dag.params.${name}}\` in a template literal, and declare it: \`params: { ${name}: param.string() }\`.`;
}

function variable(name: string): string {
  return `Write \`\${dag.env.${name}}\` in a template literal, and declare it: \`env: { ${name}: env.string() }\`. It is filled in when the DAG is deployed.`;
}

function pulled(call: string): string {
  const task = /task_ids\s*=\s*\[?\s*['"]([\w.-]+)|\(\s*['"]([\w.-]+)/.exec(call);
  const key = /key\s*=\s*['"](\w+)/.exec(call)?.[1];
  const id = (task?.[1] ?? task?.[2] ?? 'task').replaceAll(/\W/g, '_');
  return `Write \`\${${id}.output.${key === undefined || key === 'return_value' ? 'X' : key}}\` in a template literal, with the handle that \`dag.task(…)\` answered.`;
}
