import { type Permission, type Template, template } from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { madeHere } from '../checked.ts';
import { readsAssets } from '../s3-access.ts';
import { onOurs } from './cluster-access.ts';
import type { Cluster } from './cluster-handle.ts';
import { emr } from './service.ts';

export interface StepOutput {
  readonly StepId: string;
}

const ADD_STEP = 'arn:aws:states:::elasticmapreduce:addStep.sync';

/** A step of a cluster. */
interface AddedStep {
  readonly cluster: Cluster;
  /** Default: the task's id. */
  readonly name?: string | undefined;
  /** What it runs, in AddJobFlowSteps' words. */
  readonly runs: object;
  /** Files of the project that it reads. */
  readonly assets: readonly string[];
  /** What it does with the cluster's role besides reading these. */
  needs(): readonly Permission[];
}

/** What every template is that submits a step. A step's failure ends neither the cluster nor the steps beside it. */
export function addStep(kind: string, { cluster, name, runs, assets, needs }: AddedStep): Template<StepOutput> {
  const made = madeHere(cluster);
  return template({
    service: 'emr',
    kind,
    assets,
    outputShape: answerShape(ADD_STEP, ['StepId']),
    sample: emr.samples.step,
    lower: ({ task }) =>
      callFragment(ADD_STEP, {
        ClusterId: made ? made.output.ClusterId : cluster,
        Step: { Name: name ?? task, ActionOnFailure: 'CONTINUE', HadoopJarStep: runs },
      }),
    permissions: () => [],
    ...(made && {
      roles: () => [{ role: { lentBy: made.id }, permissions: [...readsAssets(assets), ...needs()] }],
      // A cluster that is there already does not carry the tag.
      conditions: onOurs,
    }),
  });
}
