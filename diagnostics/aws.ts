import { entry } from './diagnostic.ts';

/** Diagnostics about calls to AWS: permissions, accounts, failed calls. */
export const AWS = {
  AWS001: entry<{ detail: string; profile?: string | undefined }>({
    severity: 'error',
    title: 'There are no AWS credentials',
    message: ({ detail, profile }) =>
      `No AWS credentials were found${profile ? ` by the profile ${profile} (AWS_PROFILE)` : ''}: ${detail}.`,
    why: 'Every call to AWS is signed with them.',
    remedy: ({ profile }) =>
      profile
        ? `Log in (\`aws sso login --profile ${profile}\`), or set AWS_PROFILE to one of those that \`aws configure list-profiles\` prints.`
        : 'Log in (`aws sso login`, `aws configure`), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  }),
  AWS002: entry<{ detail: string; place?: { readonly region: string; readonly partition: string } }>({
    severity: 'error',
    title: 'AWS does not accept the credentials',
    message: ({ detail }) => `AWS does not accept the credentials: ${detail}.`,
    why: 'They have expired, were revoked, or are of another partition.',
    remedy: ({ place: { region, partition } = { region: '', partition: 'aws' } }) =>
      `Log in again${partition === 'aws' ? '' : `, to an account of the partition ${partition}: ${region} takes the credentials of no other`}. If the clock of this machine is wrong, set it.`,
  }),
  AWS003: entry<{ environment: string; expected: string; actual: string; caller: string }>({
    severity: 'error',
    title: 'The credentials are of another account',
    message: ({ environment, expected, actual, caller }) =>
      `The environment "${environment}" is of the account ${expected}; the credentials are of ${actual} (${caller}).`,
    why: 'What belongs to one account must not land in another.',
    remedy: () => 'Choose the right profile (AWS_PROFILE), or another environment with --env.',
  }),
  AWS004: entry<{ action: string; resource: string; caller?: string | undefined; detail?: string | undefined }>({
    severity: 'error',
    title: 'A permission is missing',
    message: ({ action, resource, caller, detail }) =>
      `${caller ?? 'The caller'} may not ${action} on ${resource}${detail ? ` (${detail})` : ''}.`,
    why: 'AWS refused the call. Nothing that needed it was done.',
    remedy: ({ action, resource, detail = '' }) =>
      DENIES.test(detail)
        ? `Whatever else allows ${action} is of no effect beside that policy: have it changed by whoever keeps it, or do as it asks. What organizations ask for can be said in the environment: \`tags\`, \`permissionsBoundary\`, \`rolePath\`, \`kmsKeys\`.`
        : `Allow ${action} on ${resource} to the caller, or take other credentials.`,
  }),
  AWS005: entry<{ service: string; operation: string; detail: string; region?: string; near?: string }>({
    severity: 'error',
    title: 'AWS cannot be reached',
    message: ({ service, operation, detail }) => `${service}: ${operation} got no answer: ${detail}.`,
    why: 'The call was tried several times.',
    remedy: ({ region, near = '' }) =>
      region === undefined
        ? 'Check the network, the region, and AWS_ENDPOINT_URL if it is set; then start the command again: it goes on where it was.'
        : `Check the region: none that is known is called ${region}. ${near}Else check the network, and AWS_ENDPOINT_URL if it is set.`,
  }),
  AWS006: entry<{ service: string; operation: string; name: string; detail: string }>({
    severity: 'error',
    title: 'AWS did not do it this time',
    message: ({ service, operation, name, detail }) => `${service}: ${operation} failed with ${name}: ${detail}.`,
    why: 'The service was busy or failed in itself; the call was tried several times.',
    remedy: () => 'Start the command again in a while: it goes on where it was.',
  }),
  AWS007: entry<{ service: string; operation: string; name: string; detail: string }>({
    severity: 'error',
    title: 'AWS refused a call',
    message: ({ service, operation, name, detail }) => `${service}: ${operation} was refused with ${name}: ${detail}.`,
    why: 'Tried again it would be refused again.',
    remedy: () => 'The message is AWS’s own; what it names must be mended.',
  }),
  AWS008: entry<{
    service: string;
    operation: string;
    role?: string | undefined;
    what: string;
    detail: string;
    seconds: number;
  }>({
    severity: 'error',
    title: 'A service cannot use a role',
    message: ({ service, operation, role, what, detail, seconds }) =>
      `${service}: ${operation} was refused because of the role ${role ?? 'that it was given'}: ${what}${seconds > 0 ? `, and did not become so in ${seconds} s` : ''}. AWS says: ${detail}.`,
    why: 'The caller may make the call; the service cannot do its work with the role. IAM spreads a role or a policy that was just written within seconds, seldom within minutes.',
    remedy: ({ role }) =>
      `If ${role ?? 'the role'} was written minutes ago, start the command again: it goes on where it was. Else look at the role’s trust policy and its policy, its permissions boundary and the service control policies of the account.`,
  }),
  AWS009: entry<{ service: string; operation: string; name: string; detail: string }>({
    severity: 'error',
    title: 'A quota is reached',
    message: ({ service, operation, name, detail }) => `${service}: ${operation} was refused with ${name}: ${detail}.`,
    why: 'The account may have no more of it, or what was sent is too large. What was done before this call stays done.',
    remedy: () =>
      'Remove what is no longer used, or ask for more (Service Quotas, in the console or `aws service-quotas`); then start the command again: it goes on where it was. What a deploy has made until here `dagwright destroy` removes.',
  }),
};

/** What IAM says of a policy against which no other one helps. */
const DENIES = /explicit deny|denies|(?:service|resource) control policy|permissions boundary/;
