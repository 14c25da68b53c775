import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', '));

/** Diagnostics about the environments in dagwright.yaml. */
export const CFG = {
  CFG001: entry<{ known: readonly string[] }>({
    severity: 'error',
    title: 'No environment is named',
    message: ({ known }) =>
      known.length === 0
        ? 'dagwright.yaml has no environments.'
        : 'dagwright.yaml has several environments and no defaultEnv.',
    why: 'An environment says where on AWS the DAGs go, and with which values.',
    remedy: ({ known }) =>
      known.length === 0
        ? 'Write `environments:` with a name, its `region` and its `artifacts` bucket; docs/deploy.md has an example.'
        : `Choose one with --env (there are ${list(known)}), or write \`defaultEnv:\`.`,
  }),
  CFG002: entry<{ name: string; known: readonly string[] }>({
    severity: 'error',
    title: 'There is no such environment',
    message: ({ name }) => `dagwright.yaml has no environment "${name}".`,
    why: 'An environment says where on AWS the DAGs go, and with which values.',
    remedy: ({ name, known }) => `${didYouMean(name, known)}There are ${list(known)}.`,
  }),
  CFG003: entry<{ key: string; detail: string }>({
    severity: 'error',
    title: 'A setting of dagwright.yaml is wrong',
    message: ({ key, detail }) => `${key} ${detail}.`,
    why: 'A setting that is passed over silently would be worse.',
    remedy: () => 'Mend the line; docs/deploy.md lists all settings.',
  }),
  CFG004: entry<{ variable: string; key: string }>({
    severity: 'error',
    title: 'A variable of the environment is not set',
    message: ({ variable, key }) => `${key} needs the environment variable ${variable}, which is not set.`,
    why: 'dagwright.yaml takes what differs between people and machines from the environment.',
    remedy: ({ variable }) => `Set it (\`export ${variable}=…\`), or write the value in its place.`,
  }),
  CFG005: entry<{ key: string; kind: string }>({
    severity: 'error',
    title: 'A secret stands in the configuration',
    message: ({ key, kind }) => `${key} looks like ${kind}.`,
    why: 'What stands here lands in the state machine, in logs and in pull requests, where many can read it.',
    remedy: () =>
      'Put it into Secrets Manager or SSM and write a reference: `{ secretsManager: name }` or `{ ssm: name }`.',
  }),
  CFG006: entry<{ name: string; kind: string; environment: string; dag: string; description?: string | undefined }>({
    severity: 'error',
    title: 'A value of the environment is missing',
    message: ({ name, kind, environment, dag, description }) =>
      `The environment "${environment}" has no env.${name}, a ${kind} that "${dag}" needs${description ? `: ${description}` : ''}.`,
    why: 'The machine and its policy have a placeholder for it.',
    remedy: ({ name, kind, environment }) =>
      `Write under environments: ${environment}: env: the line \`${name}: ${kind === 'bucket' ? 'some-bucket-name' : kind === 'role' ? 'some-role-name' : 'some-value'}\`.`,
  }),
  CFG007: entry<{ name: string; kind: string; value: string; environment: string; dag: string }>({
    severity: 'error',
    title: 'A value is not of its kind',
    message: ({ name, kind, value, environment }) =>
      `environments.${environment}.env.${name} is "${value}", which is no name of a ${kind}.`,
    why: 'Buckets and roles are named, so that the policy can name them too.',
    remedy: ({ kind }) =>
      kind === 'bucket'
        ? 'Write the bucket’s name without s3:// and without a path.'
        : 'Write the name of a role of this account, `service-role/x` with its path, or its ARN.',
  }),
  CFG008: entry<{ name: string; kind: string; environment: string; dag: string }>({
    severity: 'error',
    title: 'A role cannot be made',
    message: ({ name, environment, dag }) =>
      `environments.${environment}.env.${name} is managed, but the manifest of "${dag}" does not say what the role is for.`,
    why: 'To make a role, deploy must know which service assumes it and what it must be allowed.',
    remedy: ({ name }) => `Name a role that exists: \`${name}: some-role-name\`.`,
  }),
};
