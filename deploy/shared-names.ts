import type { Caller } from '../aws/caller.ts';
import { Stop } from '../diagnostics/index.ts';
import type { Environment } from '../project/environment.ts';
import type { Built } from './built.ts';
import { type Desired, desiredOf } from './desired/desired.ts';
import { leftoversIn } from './leftovers.ts';

/**
 * What a DAG's machine makes in two environments under one name, because the DAG names it: in one account and region it is one thing, which
 * the environment that runs last gives its own role and path. Names that the DAG does not give are called after the machine. Nothing is asked
 * of AWS; an environment that cannot be read here, or is known to be of another account, is left out.
 */
export function sharedNames(
  built: Built,
  { environment, resources, names }: Desired,
  others: readonly Environment[],
  caller: Caller,
): string[] {
  const own = madeBy(resources.find(({ arn }) => arn === names.machineArn));
  if (own.size === 0) return [];
  return others.flatMap((other) => {
    const isElsewhere = other.region !== environment.region || (other.account ?? caller.account) !== caller.account;
    if (isElsewhere || other.prefix === environment.prefix) return [];
    const theirs = madeBy(machineIn(built, other, caller));
    return [...own].filter((name) => theirs.has(name)).map((name) => sharedNote(name, other));
  });
}

function sharedNote(name: string, { name: other }: Environment): string {
  return `the ${name} is made in the environment "${other}", too: in one account it is one for both. Take its name from \`env\` to have one for each`;
}

function machineIn(built: Built, environment: Environment, caller: Caller): Desired['resources'][number] | undefined {
  try {
    const { resources, names } = desiredOf(built, environment, { ...caller, region: environment.region });
    return resources.find(({ arn }) => arn === names.machineArn);
  } catch (error) {
    // What is wrong with another environment is said when it is deployed to.
    if (error instanceof Stop) return undefined;
    throw error;
  }
}

/** `crawler gold` */
function madeBy(machine: Desired['resources'][number] | undefined): Set<string> {
  return new Set(leftoversIn(machine?.properties.definition).map(({ title, name }) => `${title} ${name}`));
}
