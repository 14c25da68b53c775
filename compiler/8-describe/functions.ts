import { builtIn, functionName, type Permission } from '../../authoring/internal.ts';
import type { ManifestFunction } from '../../manifest/manifest.ts';
import type { FunctionPackage } from '../../packaging/package.ts';
import { usesBuckets } from '../../tasks/s3-access.ts';
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
      ...usesBuckets({ input, environment }, (bucket) => dag.env[bucket]?.kind === 'bucket'),
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
