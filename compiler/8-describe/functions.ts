import { builtIn, type FunctionCode, functionName, type Permission } from '../../authoring/internal.ts';
import type { ManifestFunction } from '../../manifest/manifest.ts';
import type { FunctionPackage } from '../../packaging/package.ts';
import { readsAndWritesBuckets } from '../../tasks/s3-access.ts';
import { walkValues } from '../2-lower/values.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { DeployVocabulary } from '../6-emit/resolve.ts';
import { patternOfTokens, resolved } from './policy/calls.ts';
import { policyDocument } from './policy/policy.ts';

/** The functions that are published with the machine, with what each runs on and what its role must be allowed, sorted by task. */
export function functionsOf(
  { model: dag, tasks }: Graph,
  packages: ReadonlyMap<string, FunctionPackage>,
  words: DeployVocabulary,
): ManifestFunction[] {
  const textOf = patternOfTokens(words, (text) => text);
  return [...packages].map(([task, { sha256, handler }]) => {
    const code = tasks.get(task)!.model.template.code!;
    const { input, permissions, role, environment, layers, ...same } = code;
    const name = functionName(task);
    const needed = [
      ...writesLogs(name),
      ...usesBuckets(code, (bucket) => dag.env[bucket]?.kind === 'bucket'),
      ...permissions,
    ];
    return {
      task,
      name,
      sha256,
      handler,
      ...same,
      ...(environment && { environment: resolved(environment, textOf) }),
      ...(layers && { layers: resolved(layers, textOf) }),
      ...(role === undefined
        ? { policy: policyDocument(needed.map((permission) => resolved(permission, textOf))) }
        : { role: resolved(role, textOf) }),
    };
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
function writesLogs(name: string): Permission[] {
  const group = `arn:${builtIn('partition')}:logs:${builtIn('region')}:${builtIn('account')}:log-group:/aws/lambda/${builtIn('machine')}_${name}`;
  return [
    { actions: ['logs:CreateLogGroup'], resources: [group] },
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${group}:*`] },
  ];
}

/** Reading and writing in the buckets that its input and its environment name: values of the DAG's env, and paths `s3://bucket/…`. */
function usesBuckets({ input, environment }: FunctionCode, isBucket: (name: string) => boolean): Permission[] {
  const given = { ...(input !== undefined && { input }), ...(environment && { environment }) };
  const { reads } = walkValues(given as never, '', {});
  const named = reads.flatMap(({ kind, path: [name] }) =>
    kind === 'env' && isBucket(name!) ? [`s3://\${${name}}/`] : [],
  );
  return readsAndWritesBuckets([...named.sort(), ...textsIn(given)]);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
