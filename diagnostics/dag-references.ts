import { entry } from './diagnostic.ts';

/** DAG070 to DAG084: references, and texts that were meant to hold one. */
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
};
