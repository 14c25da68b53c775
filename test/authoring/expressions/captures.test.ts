import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { type DagModel, MODEL } from '../../../authoring/internal.ts';
import { loadDags } from '../../../compiler/1-load/load.ts';
import { resolve } from '../../../compiler/5-emit/resolve.ts';
import imported from './samples/dag.ts';
import { WORDS } from './translated.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** What each sample's task is given, as the machine has it. */
function bodiesOf(model: DagModel): unknown[] {
  return model.tasks
    .filter(({ id }) => id.startsWith('sample_'))
    .map(({ id, template }) => {
      const { states } = template.lower({ dag: model.id, task: id, timeoutSeconds: undefined, width: 1 });
      const [state] = Object.values(states);
      return resolve((state as unknown as { Arguments: { MessageBody: unknown } }).Arguments.MessageBody, WORDS);
    });
}

/** What is said of the call and not of the arrow stands where the stack says, which test runners' own code changes. */
const AT_THE_CALL = /^(DAG055|DAG058) .*/;

const modelOf = (dag: unknown): DagModel => (dag as { [MODEL](): DagModel })[MODEL]();

test('arrows are the same JSONata, with the same places, whether the loader or the inspector captured them', async () => {
  const [loaded] = await loadDags(join(here, 'samples'), here);
  const both = [loaded!.model, modelOf(imported)].map((model) =>
    bodiesOf(model).map((body) => (typeof body === 'string' ? body.replace(AT_THE_CALL, '$1') : body)),
  );
  expect(both[0]).toEqual(both[1]);
  const [translated, refused] = [both[0]!.slice(0, 18), both[0]!.slice(18)];
  expect(translated.every((text) => /^\{% .* %\}$/s.test(text as string))).toBe(true);
  expect(translated[12]).toBe("{% [5, 6, 'one', 7, $params.count <= 6] %}");
  expect(refused).toEqual([
    'DAG046 69:26',
    'DAG045 70:25, DAG045 70:53',
    'DAG042 71:39',
    'DAG041 74:5',
    'DAG012 78:26',
    'DAG053 79:43',
    'DAG040 80:19',
    'DAG040 81:19',
    'DAG053 82:43',
    'DAG047 83:27',
    '{% $params.count %}',
    'DAG055',
    'DAG055',
    'DAG058',
  ]);
});
