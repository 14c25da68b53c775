export { type Asked, type Decision, type Denied, type Iam, loadIam, type Near, type Unmet } from './authorize.ts';
export { denialText } from './denial-text.ts';
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
export { type AwsCall, type Circumstances, type Place, requestsOf } from './requests.ts';
export { requestTags, type Tags, tagsIn } from './tags.ts';
