import { parseExpressionAt } from 'acorn';
import { arrow } from '../../authoring/expressions/index.ts';
import type { SyntaxNode } from '../../authoring/expressions/syntax.ts';
import { expr, maybe, type TaskRef } from '../../authoring/index.ts';
import { newEvaluation, type ParsedFile, type Template, template, withLoading } from '../../authoring/internal.ts';
import type { Answer, Form, Read } from './values.ts';

/** A task's answer as an author has it. */
type Output = Answer;

/** How an author writes each form of the oracle of values. */
const WRITTEN: Record<Form, (output: Output) => unknown> = {
  value: ({ Id }) => Id,
  whole: (output) => output,
  text: ({ Count, Nested }) => `the ${Count} of ${Nested.Deep}`,
  alone: ({ Count }) => `${Count}`,
  object: ({ Nested }) => Nested,
  nested: ({ Nested }) => Nested.Deep,
  lists: ({ List, One, Lists }) => [List, One, Lists],
  falsy: ({ Zero, No, Nil }) => ({ zero: Zero, no: No, nil: Nil }),
  json: ({ Nested, Id, List, One, Lists, Nil }) =>
    JSON.stringify({ nested: Nested, id: Id, list: List, one: One, lists: Lists, nil: Nil }),
  item: ({ Nested }) => Nested.Items[1]!.Name,
  computed: (output) => computed('() => output.Count * 2 + 1', output),
  computedText: (output) => computed('() => `${output.Id}-${output.List[0]}`', output),
  computedObject: (output) => computed('() => ({ all: output, id: output.Id })', output),
  orElse: (output) => computed("() => maybe(output.Id) ?? 'none'", output),
  orZero: (output) => computed('() => output.Count ?? 0', output),
  deepOr: (output) => computed("() => maybe(output)?.Nested.Deep ?? 'none'", output),
  itemOr: (output) => computed("() => maybe(output.Nested)?.Items[0].Name ?? 'none'", output),
  wholeOr: (output) => computed("() => output ?? 'none'", output),
  ifThere: (output) => computed('() => maybe(output.Count) !== undefined ? output.Count * 2 : -1', output),
  isThere: (output) => computed("() => maybe(output) === undefined ? 'gone' : 'there'", output),
  decision: (output) => output,
  decisionOr: (output) => computed("() => maybe(output) ?? 'none'", output),
};

/** Work whose call has what is read, in a list, for its payload. */
export function reading(reads: readonly Read[], handles: readonly TaskRef[]): Template {
  const payload = reads.map(({ of, form }) => WRITTEN[form]((handles[of] as unknown as { output: Output }).output));
  return template({
    service: 'lambda',
    kind: 'lambda.invoke',
    lower: () => ({
      start: '',
      states: {
        '': {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'f', Payload: { reads: payload } },
          End: true,
        },
      },
    }),
    permissions: () => [],
  });
}

/** What a decision finds for itself in an answer. */
export function goOf(handle: TaskRef, id: string, guarded: boolean): unknown {
  const { output } = handle as unknown as { output: Output };
  // What is not there lets nothing go on.
  return guarded ? computed(`() => maybe(output.Go)?.${id} ?? 9`, output) : output.Go[id];
}

function computed(source: string, output: unknown): unknown {
  return expr(arrowOf(source, { output, maybe }));
}

const parsed = new Map<string, ParsedFile>();

/** An arrow from its text, as the loader hands it over: Node's inspector, which tells of others, takes its time. */
export function arrowOf(source: string, captured: { readonly [name: string]: unknown }): () => never {
  if (!parsed.has(source)) {
    const syntax = parseExpressionAt(source, 0, { ecmaVersion: 'latest' }) as unknown as SyntaxNode;
    const placeOf = () => ({ file: 'dag.ts', line: 1, column: 1 });
    parsed.set(source, { source, arrows: new Map([[0, syntax]]), placeOf });
  }
  const thunks = Object.entries(captured).map(([name, value]): [string, () => unknown] => [name, () => value]);
  return withLoading({ evaluation: newEvaluation(parsed) }, () =>
    arrow(() => undefined as never, Object.fromEntries(thunks), source, 0),
  );
}
