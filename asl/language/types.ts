import type { Json, JsonObject } from '../json/value.ts';

/**
 * The Amazon States Language as plain data.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export type QueryLanguage = 'JSONPath' | 'JSONata';

export interface StateMachine extends States {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly Version?: string;
  /** Seconds that an execution may take. */
  readonly TimeoutSeconds?: number;
}

/** What a machine, a branch of a Parallel and a Map's processor have in common. */
export interface States {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

export type State = Task | Parallel | MapState | Choice | Wait | Pass | Succeed | Fail;
export type StateType = State['Type'];

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  /** JSONata: the state's output; any JSON, expressions within strings. */
  readonly Output?: Json;
  readonly Assign?: JsonObject;
}
interface Onward {
  readonly Next?: string;
  readonly End?: true;
}
interface Robust {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}
interface JsonPathResult {
  readonly Parameters?: Json;
  readonly ResultSelector?: JsonObject;
  readonly ResultPath?: string | null;
}

export interface Retrier {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}
export interface Catcher {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
}

export interface Task extends Common, Onward, Robust, JsonPathResult {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
  readonly Credentials?: JsonObject;
}
export interface Parallel extends Common, Onward, Robust, JsonPathResult {
  readonly Type: 'Parallel';
  readonly Arguments?: Json;
  readonly Branches: readonly States[];
}
export interface MapState extends Common, Onward, Robust, JsonPathResult {
  readonly Type: 'Map';
  readonly ItemProcessor?: States & {
    readonly ProcessorConfig?: {
      readonly Mode?: 'INLINE' | 'DISTRIBUTED';
      readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
    };
  };
  readonly Iterator?: States;
  readonly Items?: Json;
  readonly ItemsPath?: string;
  readonly ItemSelector?: Json;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ItemReader?: JsonObject;
  readonly ItemBatcher?: JsonObject;
  readonly ResultWriter?: JsonObject;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
  readonly Label?: string;
}
export interface Choice extends Common {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}
/** JSONata rules have `Condition`; JSONPath rules have `Variable` and one operator, or `And`, `Or`, `Not`. */
export interface ChoiceRule {
  readonly Comment?: string;
  readonly Condition?: string | boolean;
  readonly Next?: string;
  readonly Output?: Json;
  readonly Assign?: JsonObject;
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
  readonly Variable?: string;
  readonly [operator: string]: unknown;
}
export interface Wait extends Common, Onward {
  readonly Type: 'Wait';
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}
export interface Pass extends Common, Onward {
  readonly Type: 'Pass';
  readonly Result?: Json;
  readonly ResultPath?: string | null;
  readonly Parameters?: Json;
}
export interface Succeed extends Common {
  readonly Type: 'Succeed';
}
export interface Fail {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly Error?: string;
  readonly Cause?: string;
  readonly ErrorPath?: string;
  readonly CausePath?: string;
}
