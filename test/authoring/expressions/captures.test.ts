import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { type DagModel, MODEL, PLAN_WIDTH } from '../../../authoring/internal.ts';
import { loadDags } from '../../../compiler/1-load/load.ts';
import { resolve } from '../../../compiler/6-emit/resolve.ts';
import type { Diagnostic } from '../../../diagnostics/index.ts';
import imported, { faults } from './samples/dag.ts';
import { WORDS } from './translated.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** What each sample's task is given, as the machine has it. */
function bodiesOf(model: DagModel): unknown[] {
  return model.tasks
    .filter(({ id }) => id.startsWith('sample_'))
    .map(({ id, template }) => {
      const { states } = template.lower({ dag: model.id, task: id, timeoutSeconds: undefined, width: PLAN_WIDTH });
      const [state] = Object.values(states);
      return resolve((state as unknown as { Arguments: { MessageBody: unknown } }).Arguments.MessageBody, WORDS);
    });
}

const modelOf = (dag: unknown): DagModel => (dag as { [MODEL](): DagModel })[MODEL]();

/** What is said, and where. What is said of the call and not of the arrow stands where the stack says, which test runners change. */
const told = (faults: readonly Diagnostic[]): string[] =>
  faults.map(({ code, place }) =>
    ['DAG055', 'DAG058'].includes(code) ? code : `${code} ${basename(place!.file)}:${place!.line}:${place!.column}`,
  );

test('arrows are the same JSONata, with the same places, whether the loader or the inspector captured them', async () => {
  const {
    loaded: [loaded],
  } = await loadDags(join(here, 'samples'), here);
  const bodies = bodiesOf(modelOf(imported));
  expect(bodies).toHaveLength(32);
  expect(bodies[12]).toBe("{% [5, 6, 'one', 7, $params.count <= 6] %}");
  expect(bodiesOf(loaded!.model)).toEqual(bodies);

  expect(told(faults).slice(0, 3)).toEqual(['DAG046 dag.ts:71:26', 'DAG045 dag.ts:72:25', 'DAG045 dag.ts:72:53']);
  expect(told(faults)).toHaveLength(14);
  expect(told(loaded!.model.faults)).toEqual(told(faults));
});
