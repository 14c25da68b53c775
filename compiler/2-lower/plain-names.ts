import { type DagModel, readInQuotes, variableInQuotes } from '../../authoring/internal.ts';
import type { PlainNames } from './values.ts';

/**
 * What was meant by `${lake}` in plain quotes, where `lake` is an env value, a param or a task of the DAG, a variable of its file, or
 * written as one is read.
 */
export function plainNames({ env, params, tasks, names }: DagModel): PlainNames {
  const ids = new Set(tasks.map(({ id }) => id));
  return (inner) => {
    const read = readInQuotes(inner);
    if (read !== undefined) return read;
    if (Object.hasOwn(env, inner)) return `\${dag.env.${inner}}`;
    if (Object.hasOwn(params, inner)) return `\${dag.params.${inner}}`;
    if (ids.has(inner)) return `\${${inner.replaceAll(/\W/g, '_')}.output.X}`;
    return variableInQuotes(inner, names);
  };
}
