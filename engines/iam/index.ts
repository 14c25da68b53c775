export { type Asked, type Decision, type Denied, type Iam, loadIam, type Near, type Unmet } from './authorize.ts';
export { type Because, type Denial, missingStatement } from './denial.ts';
export { denialDiagnostics } from './denial-diagnostics.ts';
export { denialText } from './denial-text.ts';
export { type Access, type As, Guard, type GuardedRole, type GuardOptions } from './guard.ts';
export { KnownTags } from './known-tags.ts';
export { type Guarding, openGuard } from './open-guard.ts';
export { filledIn, filledPolicy, type Values } from './placeholders.ts';
export type {
  Context,
  IamRequest,
  NamedPolicy,
  Policies,
  PolicyKind,
  PolicyText,
  StatementAt,
  StatementText,
} from './policies.ts';
export { policyBeside } from './read-policy.ts';
export { type AwsCall, type Circumstances, type Place, requestsOf } from './requests.ts';
export { standIns } from './stand-ins.ts';
export { requestTags, type Tags, tagsIn } from './tags.ts';
export { taskRequests } from './task-requests.ts';
