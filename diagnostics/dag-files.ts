import { entry } from './diagnostic.ts';
import { didYouMean, nearestFew } from './did-you-mean.ts';

/** Up to so many exports of an entry are all named; of more, so many that are near. */
const MANY = 12;
const NEAR = 5;

/** DAG140 to DAG144, DAG161 to DAG163: diagnostics about DAG files: how they end, what they import, what they leave out. */
export const DAG_FILES = {
  DAG140: entry<{ file: string; call: string }>({
    severity: 'error',
    title: 'A DAG file that ends the process',
    message: ({ file, call }) => `${file} calls ${call}.`,
    why: 'A DAG file runs once, within the compiler: it would end the compiler, and with it the other DAGs.',
    remedy: () => 'Leave the call out; what is wrong is said with `throw new Error(…)`.',
  }),
  DAG141: entry<{ file: string }>({
    severity: 'error',
    title: 'A DAG file that never ends',
    message: ({ file }) => `${file} waits with \`await\` for something that never comes.`,
    why: 'A DAG file runs once, when it is compiled, and its DAGs are read when it has ended.',
    remedy: () => 'A DAG file only declares: leave the `await` out, or see to it that what it waits for ends.',
  }),
  DAG142: entry<{ file: string }>({
    severity: 'warning',
    title: 'A file that is passed over',
    message: ({ file }) => `${file} is no TypeScript and is passed over.`,
    why: 'DAG files are the *.ts files of the folder: the arrows of expressions are read from their source.',
    remedy: ({ file }) =>
      file.endsWith('.py')
        ? 'A DAG is written in TypeScript: docs/airflow.md says what becomes of what Airflow has. Move this one out of this folder.'
        : `Rename it to ${file.replace(/\.[cm]?[jt]sx?$/i, '.ts')}, or move it out of this folder.`,
  }),
  DAG143: entry<{ dag: string }>({
    severity: 'warning',
    title: 'A DAG that is not exported',
    message: ({ dag }) => `The DAG "${dag}" is not exported, so it is not compiled.`,
    why: 'Compiled are the DAGs that a file exports, one by one or in an array.',
    remedy: () => 'Write `export const other = new Dag(…)`, or `export default [dag, other]`.',
  }),
  DAG145: entry<{ file: string; time: string }>({
    severity: 'error',
    title: 'A DAG file that runs for too long',
    message: ({ file, time }) => `${file} ran for ${time}, and was stopped.`,
    why: 'A DAG file runs once, when it is compiled, and its DAGs are read when it has ended. A loop that never ends would keep the compiler from its end.',
    remedy: () =>
      'Look for a loop that does not end. Where the file does need its time, `compile --import-timeout <seconds>` gives it more.',
  }),
  DAG161: entry<{ dag: string; near: string; other: string }>({
    severity: 'error',
    title: 'Two DAGs whose ids differ in case alone',
    message: ({ dag, near, other }) => `The ids "${dag}" and "${near}", of ${other}, differ in case alone.`,
    why: 'On macOS and Windows both would be written to one folder of dist/: the one over the other.',
    remedy: () => 'Give one of them another id.',
  }),
  DAG162: entry<{ dag: string; files: readonly string[] }>({
    severity: 'error',
    title: 'A DAG that several files export',
    message: ({ dag, files }) => `The DAG "${dag}", which is made here, is exported by ${files.join(', ')}.`,
    why: 'Each file is run by itself, so that each makes a DAG of its own of this id, and all would be written to one folder of dist/.',
    remedy: () =>
      'Export it from one file alone. What several files share is a function that makes a DAG, `export const daily = (id: string) => …`, in a file that exports none.',
  }),
  DAG163: entry<{ link: string }>({
    severity: 'warning',
    title: 'A link that leads nowhere',
    message: ({ link }) => `${link} is a link that leads nowhere.`,
    why: 'Links to files and folders are followed; a DAG may be missing here.',
    remedy: () => 'Mend the link, or remove it.',
  }),
  DAG144: entry<{ entry: string; name: string; known: readonly string[]; instead?: string | undefined }>({
    severity: 'error',
    title: 'An import that the package does not have',
    message: ({ entry, name }) =>
      name === 'default' ? `${entry} has no default export.` : `${entry} exports no "${name}".`,
    why: 'What is not there cannot be imported.',
    remedy: ({ entry, name, known, instead }) => {
      const near = instead === undefined ? didYouMean(name, known) : `${instead} `;
      const all =
        known.length <= MANY
          ? `There are: ${known.join(', ')}.`
          : `${near === '' ? `Nearest are: ${nearestFew(name, known, NEAR).join(', ')}. ` : ''}An editor lists all ${known.length} between the braces; docs/services.md goes through the services.`;
      return `${name === 'default' ? `Write \`import { ${known[0]} } from '${entry}'\`. ` : near}${all}`;
    },
  }),
};
