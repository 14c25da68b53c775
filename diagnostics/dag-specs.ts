import { entry, UNDEFINED } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** A field that an object does not have. */
export interface UnknownField {
  readonly owner: string;
  readonly field: string;
  readonly known: readonly string[];
  /** The one required field that is missing, where this is the only one that is not known. */
  readonly missing?: string | undefined;
  /** Where another tool has the name: the field that means the same, or a sentence that says what to write. */
  readonly instead?: string | undefined;
}

/** Diagnostics about the objects that users pass: their fields and values. */
export const DAG_SPECS = {
  DAG085: entry<UnknownField>({
    severity: 'error',
    title: 'A field that is not known',
    message: ({ owner, field }) => `"${owner}" has no field ${JSON.stringify(field)}.`,
    why: 'A field that nobody reads would have no effect, and nobody would notice.',
    remedy: (unknown) =>
      unknown.known.length === 0
        ? 'Leave it out.'
        : `${insteadOfField(unknown)} The fields are: ${unknown.known.join(', ')}.`,
  }),
  DAG086: entry<{ owner: string; field: string; here: string | undefined; how: string }>({
    severity: 'error',
    title: 'A field of Airflow’s that is written otherwise here',
    message: ({ owner, field, here }) =>
      here === undefined
        ? `"${owner}": Airflow’s ${field} is no field here.`
        : `"${owner}": Airflow’s ${field} is ${here} here.`,
    why: 'A field that nobody reads would have no effect. docs/airflow.md says of each of Airflow’s fields what becomes of it.',
    remedy: ({ here, how }) => [here === undefined ? 'Leave it out.' : `Write ${here}.`, how].filter(Boolean).join(' '),
  }),
  DAG087: entry<{ owner: string; given: string; instead: string }>({
    severity: 'error',
    title: 'Something else in place of an object with fields',
    message: ({ owner, given }) => `"${owner}" is given ${given} where an object with its fields belongs.`,
    why: 'What is no plain object has no fields that could be read.',
    remedy: ({ instead }) => `Write ${instead}.`,
  }),
  DAG088: entry<{ owner: string; field: string; wanted: string; isThere?: boolean }>({
    severity: 'error',
    title: 'A field that is missing',
    message: ({ owner, field, isThere }) =>
      `"${owner}" needs the field ${field}${isThere === true ? ', which is undefined here' : ''}.`,
    why: 'Without it the machine cannot be built.',
    remedy: ({ field, wanted, isThere }) => `${isThere === true ? `${UNDEFINED} ` : ''}Give ${field} ${wanted}.`,
  }),
  DAG089: entry<{ dag: string; given: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'A schedule that is neither a preset nor cron',
    message: ({ dag, given, detail }) => `The schedule of "${dag}", ${given}, ${detail}.`,
    why: 'The schedule decides when runs are due, in the words that Airflow has for it: a preset such as @daily, or the five fields minute, hour, day of the month, month and day of the week.',
    remedy: ({ instead }) => instead,
  }),
  DAG090: entry<{ dag: string; field: string; given: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'A date that is none',
    message: ({ dag, field, given, detail }) => `The ${field} of "${dag}", ${given}, ${detail}.`,
    why: 'Before startDate and after endDate the schedule starts nothing, so both must be known when the DAG is compiled.',
    remedy: ({ instead }) => instead,
  }),
  DAG091: entry<{ dag: string; startDate: string; endDate: string }>({
    severity: 'error',
    title: 'A DAG that ends before it starts',
    message: ({ dag, startDate, endDate }) =>
      `The endDate of "${dag}", ${endDate}, lies before its startDate, ${startDate}.`,
    why: 'No moment lies between the two: the schedule would never start a run.',
    remedy: () => 'Exchange the two, or leave endDate out.',
  }),
  DAG092: entry<{ dag: string; given: string; known: readonly string[]; detail: string }>({
    severity: 'error',
    title: 'A time zone that is not known by IANA’s name',
    message: ({ dag, given, detail }) => `The timezone of "${dag}", ${given}, ${detail}.`,
    why: 'The zone decides when runs are due, and where clocks change; EventBridge Scheduler knows zones by IANA’s names alone.',
    remedy: ({ given, known }) =>
      `${didYouMean(given.replaceAll('"', ''), known)}Write a name such as "Europe/Zurich", "America/New_York" or "UTC".`,
  }),
  DAG093: entry<{ what: 'env' | 'params'; name: string; allowed: string; instead: string }>({
    severity: 'error',
    title: 'A name that an env value or a param cannot have',
    message: ({ what, name, allowed }) => `${JSON.stringify(name)} cannot be a name in ${what}: it takes ${allowed}.`,
    why: 'An env value stands in the machine as `${name}`, which deploy, SAM and Terraform fill; a param is a field of the execution’s input, which expressions read by its name.',
    remedy: ({ instead }) => (instead === '' ? 'Choose another name.' : `Write ${instead}.`),
  }),
  DAG094: entry<{ name: string; reserved: readonly string[] }>({
    severity: 'error',
    title: 'An env name that is taken',
    message: ({ name }) =>
      `"${name}" cannot be a name in env: whoever deploys the machine fills \`\${${name}}\` itself.`,
    why: 'The value given for it would be overridden without a word.',
    remedy: ({ name, reserved }) =>
      `Choose another name, such as "my_${name}". Taken are ${reserved.join(', ')}, and what begins with "function_".`,
  }),
  DAG095: entry<{ dag: string; what: 'env' | 'params'; name: string; given: string; instead: string }>({
    severity: 'error',
    title: 'An env value or a param that is not declared as one',
    message: ({ dag, what, name, given }) => `"${dag}": ${what}.${name} is ${given} and declares nothing.`,
    why: 'A declaration says of which kind the value is; the value itself comes when the DAG is deployed (env) or run (params).',
    remedy: ({ instead }) => `Write ${instead}.`,
  }),
  DAG096: entry<{ param: string; given: string; detail: string }>({
    severity: 'error',
    title: 'A default that its own param refuses',
    message: ({ param, given, detail }) => `The default of ${param}, ${given}, ${detail}.`,
    why: 'Every run that takes the default would end as Params.Invalid.',
    remedy: ({ detail }) => `Give a default that fits, or mend the declaration: it ${detail}.`,
  }),
  DAG097: entry<{ param: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'A param that no value fits',
    message: ({ param, detail }) => `${param} ${detail}.`,
    why: 'The machine checks what a run is given against the declaration.',
    remedy: ({ instead }) => instead,
  }),
  DAG098: entry<{ owner: string; field: string; given: string; least: string; most: string }>({
    severity: 'error',
    title: 'An amount that is too small or too large',
    message: ({ owner, field, given, least, most }) =>
      `"${owner}": ${field} is ${given}; it must lie between ${least} and ${most}.`,
    why: 'It stands in the machine, in whole seconds or as a whole number; beyond these bounds AWS refuses it, and an execution ends after a year in any case.',
    remedy: ({ field, least, most }) => `Give ${field} a value from ${least} to ${most}, or leave it out.`,
  }),
  DAG099: entry<{ owner: string; given: string; near: string; known: readonly string[] }>({
    severity: 'error',
    title: 'A trigger rule that is not known',
    message: ({ owner, given }) => `"${owner}" has the trigger rule ${given}, which there is not.`,
    why: 'The rule decides whether a task runs when something before it failed or was skipped.',
    remedy: ({ near, known }) => `${near}The rules are: ${known.join(', ')}.`,
  }),
  DAG100: entry<{ owner: string; field: string; name: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'An error name that a task cannot be skipped on',
    message: ({ owner, field, name, detail }) => `"${owner}": ${field} holds "${name}", ${detail}.`,
    why: 'The names are those of a service’s errors, `S3.NoSuchKeyException`, or of Step Functions’ own, `States.Timeout`.',
    remedy: ({ instead }) => instead,
  }),
  DAG101: entry<{ owner: string; field: string; entry: string }>({
    severity: 'error',
    title: 'An entry that stands twice in a list',
    message: ({ owner, field, entry: twice }) => `"${owner}": ${field} has ${twice} twice.`,
    why: 'The second says nothing; mostly another one was meant.',
    remedy: () => 'Leave it out, or write the one that was meant.',
  }),
  DAG102: entry<{ where: string; character: string }>({
    severity: 'error',
    title: 'A text with a character that cannot be sent',
    message: ({ where, character }) =>
      `${where} holds the character ${character}, which cannot stand in a text that is sent.`,
    why: 'Half a surrogate pair has no UTF-8, and Unicode keeps its noncharacters for use within programs.',
    remedy: () => 'Take it out of the text; what was cut in the middle of a character is cut one character earlier.',
  }),
  DAG103: entry<{ where: string; most: number }>({
    severity: 'error',
    title: 'A value that is nested too deep',
    message: ({ where, most }) => `${where} is nested more than ${most} levels deep.`,
    why: 'Everything that a task is given stands in the machine, and readers of JSON end at some depth.',
    remedy: () => 'Put the data into S3 and give the task its place, or hand it over as JSON text.',
  }),
  DAG104: entry<{ owner: string; field: string; given: string; wanted: string }>({
    severity: 'error',
    title: 'Something else in place of a task’s handle',
    message: ({ owner, field, given, wanted }) => `"${owner}": ${field} is ${given}; it must be ${wanted}.`,
    why: 'The handle says which task it is, so that both are in order and the one can be given what the other made.',
    remedy: ({ field, wanted }) => `Give ${field} ${wanted}.`,
  }),
  DAG105: entry<{ where: string; detail: string }>({
    severity: 'error',
    title: 'A value that cannot be read',
    message: ({ where, detail }) => `${where} cannot be read: ${detail}.`,
    why: 'What the compiler is given is read once, and an accessor or a proxy that throws has no value.',
    remedy: () => 'Give a plain value.',
  }),
  DAG106: entry<{ dir: string; detail: string; name: string; near: readonly string[] }>({
    severity: 'error',
    title: 'A folder of DAG files that is not there',
    message: ({ dir, detail }) => `The folder of the DAG files, ${dir}, ${detail}.`,
    why: 'DAG files are looked for in this folder and in those within it.',
    remedy: ({ name, near }) => `${didYouMean(name, near)}Name the folder with --dags; without it dags/ is read.`,
  }),
  DAG107: entry<{ call: string; argument: string; given: string; wanted: string }>({
    severity: 'error',
    title: 'An argument that the function does not take',
    message: ({ call, argument, given, wanted }) => `${call}: ${argument} is ${given}; it must be ${wanted}.`,
    why: 'The function can do nothing with it.',
    remedy: ({ wanted }) => `Pass ${wanted}.`,
  }),
  DAG108: entry<{ task: string; kind: string; part: string; detail: string }>({
    severity: 'error',
    title: 'A template that does not say what it is asked',
    message: ({ task, kind, part, detail }) => `The template of "${task}", ${kind}: its ${part} ${detail}.`,
    why: 'A template says of a task which states it has, and what they must be allowed; the compiler asks it when the DAG file was read.',
    remedy: () => 'Mend the template; those of `dagwright/tasks` check what they are given where they are called.',
  }),
};

function insteadOfField({ owner, field, known, missing, instead }: UnknownField): string {
  if (instead !== undefined) return known.includes(instead) ? `Write "${instead}".` : instead;
  const choice = choiceOfValues(owner, field) || didYouMean(field, known) || longer(field, known);
  if (choice !== '') return choice.trimEnd();
  return missing === undefined ? 'Leave it out.' : `Did you mean "${missing}", which is missing?`;
}

/** A list of values is a declaration of its own here, where a JSON schema and Airflow's Param have a keyword. */
function choiceOfValues(owner: string, field: string): string {
  return owner.startsWith('param.') && field === 'enum' ? "Write `param.enum(['a', 'b'])`. " : '';
}

/** The name that a short form was meant for: `min`, `desc`. */
function longer(field: string, known: readonly string[]): string {
  const meant = field.length < 3 ? undefined : known.find((name) => name.startsWith(field));
  return meant === undefined ? '' : `Did you mean "${meant}"? `;
}
