import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

/** DAG153, DAG154, DAG166 to DAG169, DAG171 and DAG172: functions that a DAG brings along, and their code. */
export const DAG_FUNCTIONS = {
  DAG153: entry<{ owner: string; field: string; reference: string }>({
    severity: 'error',
    title: 'An environment variable that only a run would know',
    message: ({ owner, field, reference }) => `"${owner}": ${field} holds ${reference}, which only a run knows.`,
    why: 'A function’s environment is set when it is published, and is the same for all runs.',
    remedy: ({ reference }) =>
      `Give ${reference} to the call as \`input\`; constants and values of \`dag.env\` may stand in the environment.`,
  }),
  DAG154: entry<{ name: string; tasks: readonly string[] }>({
    severity: 'error',
    title: 'Two functions of one name',
    message: ({ name, tasks }) =>
      `The functions of ${tasks.map((task) => `"${task}"`).join(' and ')} would both be called "${name}".`,
    why: 'A function is named after its task, in letters, digits and underscores alone: so Lambda’s names and placeholders have it.',
    remedy: () => 'Rename one of the tasks.',
  }),
  DAG166: entry<{ name: string; value: string }>({
    severity: 'error',
    title: 'A value that cannot go with a function',
    message: ({ name, value }) => `The function takes "${name}" from around it, which is ${value}.`,
    why: 'The function is cut out of the DAG file and runs elsewhere: with it go the imports, the functions and the classes at the top of the file that it uses, and plain values.',
    remedy: ({ name }) =>
      `What a run decides is given as its input: \`lambda.typescript(async ({ ${name} }) => …, { input: { ${name}: … } })\`. What deploy knows goes into \`environment\`, a secret into Secrets Manager, of which the function is told the name.`,
  }),
  DAG167: entry<{ owner: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'Code of a function that cannot be found',
    message: ({ owner, detail }) => `${owner}: ${detail}.`,
    why: 'The code is an arrow that imports a module, of which `handler` names an export, or a function that is written in place.',
    remedy: ({ instead }) => instead,
  }),
  DAG168: entry<{ file: string; detail: string; hint?: string | undefined }>({
    severity: 'error',
    title: 'Code of a function that does not build',
    message: ({ file, detail }) => `${file}: ${detail}.`,
    why: 'A function is bundled with what it imports when the DAG is compiled.',
    remedy: ({ detail, hint }) =>
      hint ??
      (/^Could not resolve "[^./]/.test(detail)
        ? 'Install the package, or mend its name.'
        : 'Mend it at the place named; `npx tsc --noEmit` shows type errors too.'),
  }),
  DAG169: entry<{ file: string; handler: string; known: readonly string[]; isAsync: boolean }>({
    severity: 'error',
    title: 'A function that is not in its file, or that nobody waits for',
    message: ({ file, handler, isAsync }) =>
      isAsync
        ? `${file}: "${handler}" is an async function, for which what calls it does not wait.`
        : `${file} has no function "${handler}".`,
    why: '`handler` is the name of a function at the top of the file.',
    remedy: ({ handler, known, isAsync }) =>
      isAsync
        ? `Write a function beside it that returns \`asyncio.run(${handler}(event))\`, and name that one.`
        : `${didYouMean(handler, known)}${known.length === 0 ? 'It has none at all.' : `It has: ${known.join(', ')}.`}`,
  }),
  DAG171: entry<{ file: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'A file that cannot go with a function',
    message: ({ file, detail }) => `${file}: include: ${detail}.`,
    why: 'What `include` names is packaged with the function’s code, where it lies beside it as in the project.',
    remedy: ({ instead }) => instead,
  }),
  DAG172: entry<{ file: string; leftOut: readonly string[] }>({
    severity: 'warning',
    title: 'A file that does not go with the function that names it',
    message: ({ file, leftOut }) =>
      `${file} and its modules name ${leftOut.join(' and ')}, which ${leftOut.length === 1 ? 'does' : 'do'} not go with the code.`,
    why: 'Of a project only the modules that a function imports go with it: a file that it opens is not there where it runs.',
    remedy: ({ leftOut }) => `Write \`include: [${leftOut.map((name) => `'${name}'`).join(', ')}]\`.`,
  }),
};
