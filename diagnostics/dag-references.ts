import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** DAG070 to DAG084, DAG155, DAG156, DAG164 and DAG191: references, and texts that were meant to hold one. */
export const DAG_REFERENCES = {
  DAG070: entry<{ reference: string; key: string }>({
    severity: 'error',
    title: 'A position that no list has',
    message: ({ reference, key }) => `${reference}[${key}]: ${key} is no position in a list and no field's name.`,
    why: 'The machine would read a field of that name, which is never there. Positions are whole numbers from 0.',
    remedy: ({ reference }) =>
      `Write a position that is known, \`${reference}[0]\`; what depends on the length of a list, compute in a task.`,
  }),
  DAG071: entry<{ reference: string }>({
    severity: 'error',
    title: 'A value that may be missing, with nothing to stand for it',
    message: ({ reference }) => `${reference} may be missing, and nothing says what stands for it here.`,
    why: 'A field of a task, a text and most operators need a value; where there is none the run would fail.',
    remedy: ({ reference }) => {
      if (reference.startsWith('expr('))
        return "Say within it what stands for the value: `expr(() => maybe(task.output.X) ?? 'none')`.";
      const asked = /\bmaybe\(/.test(reference) ? reference : `maybe(${reference})`;
      return `Write \`expr(() => ${asked} ?? 'none')\`, or ask first, \`expr(() => ${asked} === undefined ? 'none' : …)\`.`;
    },
  }),
  DAG072: entry<{ what: string; use: string; instead: string }>({
    severity: 'error',
    title: 'A task, a DAG or a template used as a text or a number',
    message: ({ what, use }) => `${what} is ${use}; it is no value.`,
    why: 'JavaScript would write "[object Object]" or compute NaN, and no dependency would come of it.',
    remedy: ({ instead }) => instead,
  }),
  DAG073: entry<{ what: string; field: string; known: readonly string[]; instead?: string | undefined }>({
    severity: 'error',
    title: 'A member that is not there',
    message: ({ what, field }) => `${what} has no "${field}".`,
    why: 'JavaScript would give undefined: a text would say "undefined", and to call it would throw.',
    remedy: ({ field, known, instead }) =>
      [instead ?? didYouMean(field, known).trim(), known.length > 0 ? `There are: ${known.join(', ')}.` : '']
        .filter(Boolean)
        .join(' '),
  }),
  DAG074: entry<{ where: string; text: string; instead: string }>({
    severity: 'error',
    title: 'Jinja in a text',
    message: ({ where, text }) => `${where} holds ${text}, which is Airflow’s Jinja.`,
    why: 'Nothing renders templates here: the task would be given the text as it stands. Values are references in template literals.',
    remedy: ({ instead }) =>
      `${instead} A text that is meant to hold it for somebody else to fill in says so: \`verbatim('…')\` from 'dagwright'.`,
  }),
  DAG075: entry<{ where: string; text: string; instead: string }>({
    severity: 'warning',
    title: 'A template literal in plain quotes',
    message: ({ where, text }) => `${where} holds ${text} as it stands: it is no template literal.`,
    why: 'Only a text in back quotes is filled in; in plain quotes, and in a file, the task is given these very characters.',
    remedy: ({ text, instead }) =>
      `Write the text in back quotes, with \`${instead}\` in it. If ${text} is meant, say so: \`verbatim('…')\` from 'dagwright'.`,
  }),
  DAG155: entry<{ where: string; text: string; instead: string }>({
    severity: 'error',
    title: 'An expression of Step Functions’ in a text',
    message: ({ where, text }) => `${where} holds ${text}, which is an expression of Step Functions’.`,
    why: 'What a text holds is sent as it stands: the compiler escapes it, so that it is no expression in the machine.',
    remedy: ({ instead }) =>
      `${instead} A text that is meant to hold it as it stands says so: \`verbatim('…')\` from 'dagwright'.`,
  }),
  DAG156: entry<{ where: string; text: string }>({
    severity: 'warning',
    title: 'A value in a text that nobody fills in',
    message: ({ where, text }) => `${where} holds ${text} as it stands.`,
    why: 'Descriptions and tags are for people and known when the DAG is compiled: neither a deploy nor a run fills anything in.',
    remedy: () => 'Say it in words; what a run is given stands in its input and in its history.',
  }),
  DAG164: entry<{ where: string; text: string }>({
    severity: 'warning',
    title: 'A value that JavaScript did not have',
    message: ({ where, text }) => `${where} holds ${text}.`,
    why: 'This is what JavaScript writes into a text where a variable or a field has no value, or an object stands in place of a text.',
    remedy: () =>
      "Look at what the text is put together from: a misspelt field, a variable of the environment that is not set (`process.env.X`), an object for which `JSON.stringify(…)` or one of its fields was meant. A text that is meant to hold it says so: `verbatim('…')` from 'dagwright'.",
  }),
  DAG191: entry<{ where: string; kind: string }>({
    severity: 'error',
    title: 'A secret among the values of a task',
    message: ({ where, kind }) => `${where} looks like ${kind}.`,
    why: 'What a task is given stands in the state machine, in dist/, in pull requests and in the history of every run, where many can read it.',
    remedy: () =>
      'Put it into Secrets Manager, give the task the name of the secret, and read it where the work is done. Credentials of addresses on the web are those of a connection: `http.call({ connection, … })`. A secret that stood in a file is known: make it anew.',
  }),
  DAG076: entry<{ kind: string }>({
    severity: 'warning',
    title: 'A template that is never placed',
    message: ({ kind }) => `A template ${kind}(…) was made, and no task has it.`,
    why: 'A template is a value: nothing runs before `dag.task` places it.',
    remedy: () => 'Place it, `dag.task(id, template)`, or leave it out.',
  }),
};
