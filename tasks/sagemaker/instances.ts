import { type Charge, type ChecksOf, required, wholeNumber } from '../../authoring/internal.ts';
import { type Conflict, filledValues, formed, type OtherNames } from '../checked.ts';

/** On what a job runs. */
export interface Instances {
  /** `ml.m5.xlarge` */
  readonly instanceType: string;
  /** Default 1. */
  readonly instanceCount?: number;
}

/** Where a job is in the account's own network; default: SageMaker's. */
export interface Network {
  readonly subnets?: readonly string[];
  readonly securityGroups?: readonly string[];
}

export const instanceType = formed('a type of instance as SageMaker has them, `ml.m5.xlarge`', (text) =>
  /^ml\.[\w-]+\.[\w-]+$/.test(text),
);

export const INSTANCES: ChecksOf<Instances> = {
  instanceType: required(instanceType),
  instanceCount: wholeNumber(1, 100),
};
export const NETWORK: ChecksOf<Network> = { subnets: filledValues, securityGroups: filledValues };

/** The parameter of calls that holds the network. */
export function vpcOf({
  subnets,
  securityGroups,
}: Network): { readonly Subnets: unknown; readonly SecurityGroupIds: unknown } | undefined {
  return subnets && { Subnets: subnets, SecurityGroupIds: securityGroups };
}

/** SageMaker takes both or neither. */
export function halfNetwork({ subnets, securityGroups }: Network): Conflict[] {
  if ((subnets === undefined) === (securityGroups === undefined)) return [];
  const [given, missing] = subnets === undefined ? ['securityGroups', 'subnets'] : ['subnets', 'securityGroups'];
  return [
    {
      detail: `${given} is given without ${missing}`,
      instead: 'Write both, or neither: then it is not in your network.',
    },
  ];
}

const NETWORK_PARTS = 'Its parts are fields of their own here: `subnets` and `securityGroups`.';
const CONFIG = 'Its parts are fields of their own here, `instanceType`, `role` …';

/** What SageMaker's calls and Airflow's operators name what every job has. */
export const NAMES_OF_JOBS: OtherNames = {
  rolearn: 'role',
  executionrolearn: 'role',
  imageuri: 'image',
  trainingimage: 'image',
  instances: 'instanceCount',
  instance: 'instanceType',
  volumesizeingb: 'volumeGb',
  volumesize: 'volumeGb',
  env: 'environment',
  vpcconfig: NETWORK_PARTS,
  networkconfig: NETWORK_PARTS,
  stoppingcondition: 'It is an option of the task here: `dag.task(id, template, { executionTimeout: … })`.',
  config: CONFIG,
  resourceconfig: 'Its parts are fields of their own here: `instanceType`, `instanceCount` and `volumeGb`.',
  processingresources: 'Its parts are fields of their own here: `instanceType`, `instanceCount` and `volumeGb`.',
  transformresources: 'Its parts are fields of their own here: `instanceType` and `instanceCount`.',
  waitforcompletion: 'The task waits for the end, which costs nothing: leave it out.',
  deferrable: 'The task waits for the end, which costs nothing: leave it out.',
  printlog: '`dagwright logs` shows what a job wrote: leave it out.',
  checkifjobexists: 'A name is taken by no other job here: leave it out.',
  actionifjobexists: 'A name is taken by no other job here: leave it out.',
};

/** What instances take; their hours go by how long a job is. */
export function instanceCharge({ instanceType: type, instanceCount = 1 }: Instances): Charge {
  return {
    what: `${instanceCount} × ${type}, by the second`,
    open: 'prices of SageMaker’s instances are not among those that are known here',
    source: 'https://aws.amazon.com/sagemaker/ai/pricing/',
  };
}
