import { expect, test } from '@jest/globals';
import { Dag, type LoweringContext } from '../../authoring/index.ts';
import { template } from '../../authoring/internal.ts';
import { compileDag } from '../../compiler/index.ts';
import { Stop } from '../../diagnostics/index.ts';

const RESOURCE = 'arn:aws:states:::aws-sdk:emr:runJobFlow';

/** A call whose arguments a test makes of what a template is told. */
function emrCall(argumentsOf: (context: LoweringContext) => object, onLower: () => void = () => {}) {
  return template<{ readonly JobFlowId: string }>({
    service: 'test',
    kind: 'test.call',
    lower: (context) => {
      onLower();
      return {
        start: '',
        states: { '': { Type: 'Task', Resource: RESOURCE, Arguments: argumentsOf(context), End: true } },
      };
    },
    permissions: () => [],
  });
}

type Machine = {
  readonly States: { readonly [name: string]: { readonly Arguments?: { readonly [name: string]: unknown } } };
};
const INSTANCES = { Instances: { InstanceCount: 1 } };

test('each template makes its states once, with the task’s own timeout', () => {
  const seen: (number | undefined)[] = [];
  const dag = new Dag('once');
  const calls = ['a', 'b'].map((id) =>
    dag.task(
      id,
      emrCall(({ timeoutSeconds }) => {
        seen.push(timeoutSeconds);
        return { Name: id, ...INSTANCES };
      }),
      { executionTimeout: '90s' },
    ),
  );
  expect(calls).toHaveLength(2);
  compileDag(dag);
  expect(seen).toEqual([90, 90]);
});

test('a width becomes the plan’s number, within its limit', () => {
  const dag = new Dag('wide');
  const cluster = (id: string, limit?: number) =>
    dag.task(
      id,
      emrCall(({ width }) => ({
        Name: id,
        ...INSTANCES,
        StepConcurrencyLevel: limit === undefined ? width : width.atMost(limit),
      })),
    );
  const [free, limited] = [cluster('free'), cluster('limited', 2)];
  for (const id of ['x', 'y', 'z'])
    dag.task(
      id,
      emrCall(() => ({ Name: `${free.output.JobFlowId} ${limited.output.JobFlowId}`, ...INSTANCES })),
    );
  const cleanup = dag.task(
    'last',
    emrCall(({ width }) => ({ Name: 'last', ...INSTANCES, StepConcurrencyLevel: width })),
  );
  for (const id of ['x', 'y', 'z'])
    cleanup.after(
      dag.task(
        `${id}2`,
        emrCall(() => ({ Name: id, ...INSTANCES })),
      ),
    );
  const machine = JSON.parse(compileDag(dag).files.get('step_function.json')!) as Machine;
  const text = JSON.stringify(machine);
  expect(
    [...text.matchAll(/"Name":"(free|limited|last)","Instances":\{[^}]*\},"StepConcurrencyLevel":(\d+)/g)]
      .map(([, name, n]) => [name, Number(n)])
      .sort(),
  ).toEqual([
    ['free', 3],
    ['last', 1],
    ['limited', 2],
  ]);
});

test('a width that is used as a number is refused with what to write', () => {
  const dag = new Dag('number');
  dag.task(
    'a',
    emrCall(({ width }) => ({ Name: 'a', ...INSTANCES, StepConcurrencyLevel: Number(width) + 1 })),
  );
  let error: unknown;
  try {
    compileDag(dag);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(Stop);
  const [{ code, message }] = (error as Stop).diagnostics as [Stop['diagnostics'][number]];
  expect(code).toBe('DAG108');
  expect(message).toContain('width.atMost(10)');
});
