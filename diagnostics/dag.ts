import { entry, type Place, UNDEFINED } from './diagnostic.ts';
import { didYouMean, listed } from './did-you-mean.ts';

const shares = (most: readonly { readonly task: string; readonly amount: number }[]) =>
  most.map(({ task, amount }) => `${task} (${amount})`).join(', ');

/** What the authoring API and the compiler say of a DAG. */
export const DAG = {
  DAG001: entry<{ cycle: readonly string[] }>({
    severity: 'error',
    title: 'Tasks wait for each other in a circle',
    message: ({ cycle }) =>
      cycle.length === 2
        ? `Task "${cycle[0]}" waits for itself.`
        : `Tasks wait for each other in a circle: ${cycle.join(' → ')}.`,
    why: 'No task of a cycle could ever start.',
    remedy: ({ cycle }) =>
      cycle.length === 2
        ? 'Remove this dependency.'
        : `Remove one of these dependencies; "${cycle[0]}" is placed here. A reference to an output is a dependency too.`,
  }),
  DAG002: entry<{ id: string; earlier: Place | undefined; brought?: 'earlier' | 'here' | undefined }>({
    severity: 'error',
    title: 'Two tasks have one id',
    message: ({ id, earlier, brought }) => {
      const line = earlier ? ` placed at line ${earlier.line}` : '';
      if (brought === 'earlier') return `There is already a task "${id}": the teardown of the setup${line}.`;
      return `There is already a task "${id}"${line && `,${line}`}${brought === 'here' ? '; the teardown of this setup would have the same id' : ''}.`;
    },
    why: 'A task’s id is the name of its state, and names are unique in a machine. The teardown that a setup brings is named after it: `terminate_<id>` for a cluster, `delete_<id>` for an application.',
    remedy: ({ brought }) =>
      brought === undefined
        ? 'Give one of them another id; an `if` or a `switch` takes one as `{ id: … }`.'
        : 'Give the task or the setup another id.',
  }),
  DAG003: entry<{ task: string; other: string; dag: string }>({
    severity: 'error',
    title: 'A dependency on something that is no task of this DAG',
    message: ({ task, other, dag }) => `"${task}" is linked with ${other}, which is no task of the DAG "${dag}".`,
    why: 'A dependency holds within one DAG; a handle of another DAG, or a plain text, places nothing here.',
    remedy: ({ other }) =>
      `${other === 'undefined' ? `${UNDEFINED} ` : ''}Pass the handle that \`dag.task(…)\` or \`dag.setup(…)\` of the same DAG answered.`,
  }),
  DAG004: entry<{ left: number; right: number }>({
    severity: 'error',
    title: 'chain: two lists of different lengths',
    message: ({ left, right }) =>
      `chain(…) links two neighbouring lists pair by pair, but one has ${left} tasks and the other ${right}.`,
    why: 'As in Airflow: there is no one meaning for lists of different lengths.',
    remedy: () => 'Make the lists equally long, put a single task between them, or write `task.after(...list)`.',
  }),
  DAG005: entry<{ id: string; given: string }>({
    severity: 'error',
    title: 'A task without a template',
    message: ({ id, given }) => `The task "${id}" is given ${given}, which cannot run it.`,
    why: 'What runs a task is a value of `dagwright/tasks`, such as `emr.spark({…})` or `aws({…})`.',
    remedy: () => 'Write `dag.task(id, template)`, for example `dag.task("clean", emr.spark({ … }))`.',
  }),
  DAG006: entry<{ id: string; field: string; wanted: string; given?: string }>({
    severity: 'error',
    title: 'A field has a value that it cannot have',
    message: ({ id, field, wanted, given }) =>
      given === undefined
        ? `"${id}": ${field} must be ${wanted}.`
        : `"${id}": ${field} must be ${wanted}, and is ${given}.`,
    why: 'The field decides how the machine is built, so its value must be right and known when the DAG is compiled.',
    remedy: ({ field, wanted }) => `Give ${field} ${wanted}.`,
  }),
  DAG007: entry<{ id: string; what: string; allowed: string }>({
    severity: 'error',
    title: 'An id that cannot be a name',
    message: ({ id, what, allowed }) =>
      `${id} cannot be the id of a ${what}. Allowed: ${allowed}.`
        .replace(/^""/, 'An empty text')
        .replace(/^(an?|the) /, (article) => article[0]!.toUpperCase() + article.slice(1)),
    why: 'A task’s id is the name of its state, which has at most 80 characters; a DAG’s id is the name of its machine and of a folder.',
    remedy: ({ id, what, allowed }) =>
      id.startsWith('"') || what === 'group'
        ? `Choose an id of ${allowed}.`
        : `The id comes first: \`${what === 'DAG' ? "new Dag('sales', { … })" : "dag.task('clean', emr.spark({ … }))"}\`. It has ${allowed}.`,
  }),
  DAG008: entry<{ dag: string; other: string }>({
    severity: 'error',
    title: 'Two DAGs have one id',
    message: ({ dag, other }) => `The DAG "${dag}" is also defined in ${other}.`,
    why: 'Both would be written to the same folder of dist/.',
    remedy: () => 'Give one of them another id.',
  }),
  DAG009: entry<{ dag: string }>({
    severity: 'error',
    title: 'A DAG without tasks',
    message: ({ dag }) => `The DAG "${dag}" has no task.`,
    why: 'A state machine needs at least one state.',
    remedy: () => 'Place one with `dag.task(id, template)`.',
  }),
  DAG010: entry<{ reference: string; use: string }>({
    severity: 'error',
    title: 'A reference used as if its value were known',
    message: ({ reference, use }) =>
      `${reference} is used as ${use}, but its value is not known when the DAG is compiled.`,
    why: 'The DAG file runs once, at compile time. Env values are known when the DAG is deployed, params and outputs when it runs.',
    remedy: ({ use }) => insteadOfUse(use),
  }),
  DAG011: entry<{
    reference: string;
    field: string;
    owner: 'an object' | 'a list' | 'a text' | 'a number' | 'true or false' | 'a plain value';
    known: readonly string[];
  }>({
    severity: 'error',
    title: 'A field that the referenced value does not have',
    message: ({ reference, field, owner }) =>
      owner === 'an object'
        ? `${reference} has no field "${field}".`
        : `${reference} is ${owner}, which has no field "${field}".`,
    why: 'An output has the fields that its template hands on, or those of the answer in AWS’s model of the call. Nothing else is sure to be there when the machine runs.',
    remedy: ({ reference, field, owner, known }) => {
      if (owner === 'a list') return `Say which of its items is meant: \`${reference}[0]\`.`;
      if (owner !== 'an object') return 'Use it whole.';
      return known.length > 0
        ? `${didYouMean(field, known)}It has: ${listed(known)}.`
        : 'Its answer is empty: there is nothing in it to read.';
    },
  }),
  DAG012: entry<{ what: 'env' | 'params'; name: string; known: readonly string[] }>({
    severity: 'error',
    title: 'A name that the DAG does not declare',
    message: ({ what, name }) => `dag.${what}.${name} is not declared.`,
    why: 'Env values and params are declared once, in the DAG’s spec, so that deploy and runs know what to ask for.',
    remedy: ({ what, name, known }) =>
      `${didYouMean(name, known)}Declare it in \`new Dag(id, { ${what}: { ${name}: … } })\`${known.length ? `; declared are ${known.join(', ')}` : ''}.`,
  }),
  DAG013: entry<{ where: string; text: string }>({
    severity: 'error',
    title: 'What is left of a reference that was cut or changed',
    message: ({ where, text }) =>
      `${where} holds part of a reference that was cut, changed in case or encoded, “…” in ${JSON.stringify(text)}.`,
    why: 'A reference in text is a token that the compiler replaces; text functions (slice, toLowerCase, encodeURIComponent …) break it.',
    remedy: () =>
      'Interpolate the reference whole, `s3://${dag.env.lake}/x`; change text before it is joined with a reference, not after.',
  }),
  DAG014: entry<{ where: string; reference: string }>({
    severity: 'error',
    title: 'A reference used as a key',
    message: ({ where, reference }) => `${where} has ${reference} as the name of a field.`,
    why: 'Field names are fixed when the DAG is compiled; a reference’s value is not known then.',
    remedy: () => 'Use a constant as the key and the reference as its value.',
  }),
  DAG015: entry<{ where: string; value: string }>({
    severity: 'error',
    title: 'A value that is not JSON',
    message: ({ where, value }) => `${where} is ${value}, which is no JSON value.`,
    why: 'Everything that a task is given stands in the machine, which is JSON.',
    remedy: ({ value }) =>
      `${value === 'undefined' ? `${UNDEFINED} ` : ''}Give text, a finite number, a boolean, null, a list or a plain object.`,
  }),
  DAG016: entry<{ reference: string; dag: string }>({
    severity: 'error',
    title: 'A reference of another DAG',
    message: ({ reference, dag }) => `${reference} belongs to another DAG than "${dag}".`,
    why: 'Each DAG is a machine of its own; it cannot read another’s values.',
    remedy: () => 'Use the references of the DAG that the task is placed in.',
  }),
  DAG017: entry<{ task: string; reference: string }>({
    severity: 'error',
    title: 'An output of a task that does not exist',
    message: ({ task, reference }) => `"${task}" reads ${reference}, but the DAG has no such task.`,
    why: 'The machine would have nothing to read.',
    remedy: () => 'Use the handle that `dag.task(…)` answered.',
  }),
  DAG018: entry<{ reference: string }>({
    severity: 'warning',
    title: 'A reference in text that reached no task',
    message: ({ reference }) => `${reference} was turned into text that no task was given.`,
    why: 'The text holds a token and not the value: printed, compared or written anywhere else it says nothing.',
    remedy: () => 'Pass the text to a task’s template, or leave the reference out of it.',
  }),
  DAG019: entry<{ task: string; setup: string; rule: string }>({
    severity: 'error',
    title: 'A trigger rule right under a setup',
    message: ({ task, setup, rule }) =>
      `"${task}" stands right under the setup "${setup}" and has the trigger rule ${rule}.`,
    why: 'What needs a setup needs its success; Airflow refuses other rules there. A task that reads a setup’s output stands right under it, too.',
    remedy: () => 'Leave the rule at all_success, or put a task between the two.',
  }),
  DAG020: entry<{ task: string; path: string }>({
    severity: 'error',
    title: 'A file that a task needs is not there',
    message: ({ task, path }) => `"${task}" needs the file ${path}, which is not in the project.`,
    why: 'It is uploaded with the machine, under a name made from its content.',
    remedy: () => 'Write the path relative to the project’s root (where package.json is), and check its spelling.',
  }),
  DAG021: entry<{ file: string; detail: string; isPython?: boolean }>({
    severity: 'error',
    title: 'A DAG file does not parse',
    message: ({ file, detail }) => `${file}: ${detail}.`,
    why: 'It is TypeScript that the compiler bundles and runs.',
    remedy: ({ isPython }) =>
      isPython
        ? "This line is Python; a DAG is written in TypeScript: `const dag = new Dag('sales', { … })`. docs/airflow.md says what becomes of what Airflow has."
        : 'Mend it at the place named; `npx tsc --noEmit` shows type errors too.',
  }),
  DAG022: entry<{ file: string; detail: string; instead?: string | undefined }>({
    severity: 'error',
    title: 'A DAG file threw',
    message: ({ file, detail }) => `${file} threw while it ran: ${detail}.`,
    why: 'A DAG file runs once, when it is compiled; what it throws ends the compilation.',
    remedy: ({ instead }) => instead ?? 'Mend it at the place named.',
  }),
  DAG023: entry<{ file: string; exported?: string | undefined }>({
    severity: 'error',
    title: 'A file exports no DAG',
    message: ({ file, exported }) =>
      exported === undefined ? `${file} exports no DAG.` : `${file} exports no DAG: its default export is ${exported}.`,
    why: 'Every file in the DAGs’ folder is one pipeline or several, or is imported by one that is.',
    remedy: ({ exported = '' }) => {
      if (exported === 'a promise') return 'Write `export default await make()`, or make the DAG without `async`.';
      if (exported === 'a function') return 'Call it, `export default make()`.';
      if (exported === 'a class') return 'Make a DAG of it, `export default new Sales()`.';
      return exported === ''
        ? 'Write `export default dag`, or export an array of DAGs; move helpers out of this folder.'
        : 'A DAG is what `new Dag(id, { … })` makes: `export default dag`, or an array of them.';
    },
  }),
  DAG024: entry<{ name: string; known: readonly string[] }>({
    severity: 'error',
    title: 'There is no such DAG',
    message: ({ name }) => `There is no DAG "${name}".`,
    why: 'DAGs are found by the id that they are made with, not by their file’s name.',
    remedy: ({ name, known }) =>
      `${didYouMean(name, known)}${known.length ? `There are: ${known.join(', ')}.` : 'No DAG was found at all.'}`,
  }),
  DAG025: entry<{ dir: string }>({
    severity: 'error',
    title: 'There are no DAG files',
    message: ({ dir }) => `There is no DAG file (*.ts) in ${dir}.`,
    why: 'DAG files are looked for in this folder and in those within it.',
    remedy: () => 'Write one, or name the folder with --dags.',
  }),
  DAG026: entry<{
    dag: string;
    bytes: number;
    limit: number;
    most: readonly { readonly task: string; readonly amount: number }[];
    atLeast?: true;
  }>({
    severity: 'error',
    title: 'The machine is larger than AWS takes',
    message: ({ dag, bytes, limit, most, atLeast }) =>
      `The machine of "${dag}" has ${atLeast ? 'at least ' : ''}${bytes} bytes; Step Functions takes ${limit}. The largest tasks: ${shares(most)}.`,
    why: 'A definition has at most 1 MB.',
    remedy: () => 'Shorten texts such as SQL, or split the DAG in two, of which one starts the other.',
  }),
  DAG027: entry<{ files: readonly string[] }>({
    severity: 'error',
    title: 'dist/ is not what the DAGs say',
    message: ({ files }) => `Not what the DAGs say: ${files.join(', ')}.`,
    why: 'dist/ is generated, committed and reviewed; what is deployed is dist/.',
    remedy: () => 'Run `npm run compile` and commit the result.',
  }),
  DAG028: entry<{ task: string; setup: string }>({
    severity: 'error',
    title: 'A teardown of something that is no setup',
    message: ({ task, setup }) => `The teardown "${task}" names "${setup}" as its setup, which is not one.`,
    why: 'A teardown runs if one of its setups succeeded; an ordinary task has no scope to end.',
    remedy: () => 'Place it with `dag.setup(…)`, or make the teardown depend on it with `.after(…)`.',
  }),
  DAG152: entry<{ task: string; kind: string; teardown: string }>({
    severity: 'error',
    title: 'A task that makes what nothing would end',
    message: ({ task, kind }) =>
      `"${task}" is placed with dag.task, and ${kind} makes something that stays until it is ended.`,
    why: 'Placed as a setup it brings the teardown that ends it, whatever fails. Placed as a task it would go on costing money when the run has ended well.',
    remedy: ({ task, teardown }) =>
      `Write \`dag.setup('${task}', …)\` in place of \`dag.task\`; it brings \`${teardown}\`. For what is to outlive the run, make it outside of the DAG and give its id.`,
  }),
  DAG029: entry<{ task: string; rule: string }>({
    severity: 'warning',
    title: 'A trigger rule on a task without upstreams',
    message: ({ task, rule }) => `"${task}" has the trigger rule ${rule} and nothing before it.`,
    why: 'Airflow runs such a task at once, whatever its rule; so does the machine.',
    remedy: () => 'Give it an upstream, or leave the rule out.',
  }),
  DAG030: entry<{ task: string; findings: string }>({
    severity: 'error',
    title: 'The machine would be refused by AWS',
    message: ({ task, findings }) => `The machine of "${task}" does not pass the validator: ${findings}.`,
    why: 'Every machine is validated before it is written, and what can be wrong with the parameters of a call is told as such: this is a defect of dagwright, or of a template that is not its own.',
    remedy: () => 'Please report it, with the DAG.',
  }),
  DAG031: entry<{ folder: string }>({
    severity: 'error',
    title: 'A folder without SQL files',
    message: ({ folder }) => `sqlFiles("${folder}"): there is no *.sql file in this folder of the project.`,
    why: 'Each file becomes a query; none at all is a wrong path.',
    remedy: () => 'Write the path relative to the project’s root (where package.json is).',
  }),
  DAG032: entry<{
    dag: string;
    events: number;
    limit: number;
    most: readonly { readonly task: string; readonly amount: number }[];
  }>({
    severity: 'error',
    title: 'A run would have more history events than AWS takes',
    message: ({ dag, events, limit, most }) =>
      `A run of "${dag}" writes ${events} history events; Step Functions ends it at ${limit}. Most have: ${shares(most)}.`,
    why: 'Each task writes 5 or 6 events, each state besides 2 to 4, and retries and polls come on top. An execution that reaches the limit fails.',
    remedy: () => 'Split the DAG in two, of which one starts the other.',
  }),
  DAG033: entry<{ task: string; bytes: number; limit: number }>({
    severity: 'error',
    title: 'A task is given more than AWS takes',
    message: ({ task, bytes, limit }) => `"${task}" is given ${bytes} bytes; Step Functions takes ${limit}.`,
    why: 'What a state hands to a service has at most 256 KiB; the execution would fail there with States.DataLimitExceeded.',
    remedy: () => 'Put large text or data into S3, and give the task its place.',
  }),
  DAG034: entry<{ task: string; reference: string; source: string; never: boolean; kind: string }>({
    severity: 'error',
    title: 'An output that may be missing when it is read',
    message: ({ task, reference, source, never }) =>
      never
        ? `"${task}" reads ${reference}, and runs only where "${source}" did not succeed.`
        : `"${task}" reads ${reference}, and can run where "${source}" did not succeed.`,
    why: 'A task that failed, was skipped or was not chosen by a branch has no output; reading it then fails the task.',
    remedy: ({ source, reference, never, kind }) =>
      never
        ? `Leave ${reference} out: it is never there.`
        : `Say what stands for it, \`expr(() => maybe(${reference}) ?? 'none')\`, with \`maybe\` from 'dagwright', or ${kind === 'teardown' ? `place a teardown for "${source}" alone` : `let the task need "${source}": the trigger rule all_success`}.`,
  }),
  DAG035: entry<{ branch: string; chosen: string; downstreams: readonly string[] }>({
    severity: 'error',
    title: 'A branch chooses a task that is not right downstream of it',
    message: ({ branch, chosen }) => `The branch "${branch}" chooses "${chosen}", which is not right downstream of it.`,
    why: 'A branch decides which of the tasks right behind it run; it has no say over others.',
    remedy: ({ branch, chosen, downstreams }) =>
      // Within a group, ids begin with the group's.
      `${didYouMean(downstreams.find((one) => one.endsWith(`.${chosen}`)) ?? chosen, downstreams)}Write \`.after(${branch})\` at the task that it is to choose${downstreams.length ? `; right downstream are ${downstreams.join(', ')}` : ''}.`,
  }),
  DAG036: entry<{ name: string; tasks: readonly string[] }>({
    severity: 'error',
    title: 'Names that are one when they are shortened',
    message: ({ name, tasks }) =>
      `States of ${tasks.map((task) => `"${task}"`).join(' and ')} would all be named "${name}".`,
    why: 'A state’s name has at most 80 characters and is unique in its machine. A task of several states names each after its id and what it does, and a long id is cut for that.',
    remedy: () => 'Give these tasks shorter ids, or ids that differ in their first 50 characters.',
  }),
};

/** What to write where a reference was used as a value that is known. */
function insteadOfUse(use: string): string {
  const whole =
    'Put it whole into a template literal, `s3://${dag.env.lake}/x`, or pass it on as it is. For text that is never a reference write a constant.';
  if (use.startsWith('an operand') || use === 'a number')
    return 'It is computed when the run gets there: write `expr(() => …)` around the whole of it, or `() => …` where a branch takes its condition. To join texts write a template literal, `s3://${dag.env.lake}/x`.';
  if (use === 'a list' || /^a value with "\.(map|filter|forEach|flatMap|reduce|entries|keys|values)"$/.test(use))
    return 'How many items it has is known when it runs, and there are no tasks for each of them yet: pass the list on whole, read items by their position, `list[0]`, or go through it in the task that it is given to.';
  if (use === 'a value with ".length"') return `Write it in an expression, \`expr(() => list.length)\`. ${whole}`;
  return whole;
}
