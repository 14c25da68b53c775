import type { TaskCall, TaskHandler, TaskReply } from '../../asl/interpret/options.ts';
import { isObject, type Json } from '../../asl/json/value.ts';
import { denialForm, type ServicesIam } from '../../asl/services/iam/index.ts';
import type { Decision, Denied, Iam } from './authorize.ts';
import { type Denial, denialOf } from './denial.ts';
import { denialText } from './denial-text.ts';
import { KnownTags } from './known-tags.ts';
import { filledIn, filledPolicy, type Values, valuesIn } from './placeholders.ts';
import type { Context, IamRequest, NamedPolicy } from './policies.ts';
import { type AwsCall, type Circumstances, type Place, requestsOf } from './requests.ts';
import { taskRequests } from './task-requests.ts';

/** A role, with the policies that are known of it. */
export interface GuardedRole {
  readonly name: string;
  readonly policies: readonly NamedPolicy[];
}

export interface GuardOptions {
  readonly iam: Iam;
  readonly place: Place;
  readonly services: ServicesIam;
  /** The machine's role. Its policies may hold placeholders. */
  readonly machine: GuardedRole;
  /** A role that tasks hand on, by its name; undefined where nothing is known of it: then what a service does with it is not decided. */
  readonly role?: (name: string) => GuardedRole | undefined;
  /** What stands for placeholders, in policies and in arguments; one that has no value stands for itself. */
  readonly values?: Values;
  /** Placeholders that policies may have beside those that they hold. */
  readonly placeholders?: readonly string[];
  /** The tags of what is there, where several guards share an account. */
  readonly tags?: KnownTags;
  /** Told of what is denied, each once. */
  readonly onDenial?: (denial: Denial) => void;
  /** Told of each request and how it was decided. */
  readonly onDecision?: (request: IamRequest, decision: Decision, call: TaskCall, role: GuardedRole) => void;
}

/** As whom a service acts: with the leave of who called it, or as a role that was handed to it. */
export type As = { readonly calledVia: string } | { readonly role: string; readonly session: string };

/** Decides what a service that does a task does then. */
export type Access = (call: TaskCall, as: As, asked: AwsCall) => Denial | undefined;

/** Holds the calls of tasks against the policies of the roles that make them, and remembers what was denied. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #tags: KnownTags;
  readonly #decided = new Map<string, Decision>();
  readonly #policies = new Map<string, readonly NamedPolicy[]>();
  readonly #denials: Denial[] = [];
  #machineName: string | undefined;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#tags = options.tags ?? new KnownTags();
  }

  /** What was denied so far, in order. */
  get denials(): readonly Denial[] {
    return this.#denials;
  }

  /** The tasks that the handler does, each only if the machine's role may call it. */
  guarding(tasks: TaskHandler): TaskHandler {
    const learn = (call: TaskCall, reply: TaskReply): TaskReply => {
      if ('result' in reply) this.#tags.learn(this.#filled(call.arguments, call), reply.result);
      return reply;
    };
    return (call) => {
      const denied = this.#refused(call);
      if (denied !== undefined) return denied;
      const reply = tasks(call);
      return reply instanceof Promise ? reply.then((known) => learn(call, known)) : learn(call, reply);
    };
  }

  /** Decides what a service does while it does a task; undefined where it may, or where nothing is known of the role. */
  readonly access: Access = (call, as, asked) => {
    const who = 'role' in as ? this.#handedOn(as, call) : this.#machine(call);
    if (who === undefined) return undefined;
    const calledVia = 'calledVia' in as ? { calledVia: [as.calledVia] } : {};
    const requests = requestsOf(asked, { ...this.#circumstances(), ...calledVia });
    return this.#firstDenial(requests, who, call);
  };

  #refused(call: TaskCall): TaskReply | undefined {
    const { resource, arguments: args, roleArn } = call;
    const given = this.#filled({ resource, arguments: args, ...(roleArn !== undefined && { roleArn }) }, call);
    const { called, rule, stopped } = taskRequests(given, {
      ...this.#circumstances(),
      machine: this.#values().machine ?? 'StateMachine',
    });
    const machine = this.#machine(call);
    const { error, suffix } = denialForm(given.resource);
    const denied = this.#firstDenial(called, machine, call);
    if (denied !== undefined) return { error, cause: `${denied.text}${suffix}` };
    const unheard = this.#firstDenial(rule, machine, call);
    if (unheard !== undefined)
      return { error, cause: `'${this.#roleArn(machine.role.name)}' is not authorized to create managed-rule.` };
    // Whether the execution is ever stopped is open: what it then could not end is said, and the task goes on.
    this.#firstDenial(stopped, machine, call, true);
    return undefined;
  }

  /** The first one fails the call. What else is denied on the same resource is in the statement that it lacks. */
  #firstDenial(
    requests: readonly IamRequest[],
    { arn, role }: Principal,
    call: TaskCall,
    whenStopped = false,
  ): Denial | undefined {
    const decided = (plain: IamRequest) => {
      const request = { ...plain, context: { ...this.#always(plain, role, call), ...plain.context } };
      const decision = this.#decide(request, arn, role);
      this.#options.onDecision?.(request, decision, call, role);
      return { request, decision };
    };
    for (const [index, one] of requests.entries()) {
      const { request, decision } = decided(one);
      if (decision.allowed) continue;
      const alike = requests.slice(index + 1).filter((other) => isAlike(one, other));
      const denial = denialOf({
        state: call.state,
        role: role.name,
        policy: role.policies.map(({ name }) => name).join(', '),
        principal: arn,
        request,
        alsoDenied: alike.filter((other) => !decided(other).decision.allowed).map(({ action }) => action),
        decision: decision as Denied,
        text: denialText(arn, request, decision as Denied),
        place: this.#options.place,
        hasPlaceholders: JSON.stringify(role.policies).includes('${account}'),
        values: valuesIn([role.policies, this.#placeholders()], this.#values()),
        ...(whenStopped && { whenStopped }),
      });
      if (!this.#denials.some((known) => isSame(known, denial))) {
        this.#denials.push(denial);
        this.#options.onDenial?.(denial);
      }
      return denial;
    }
    return undefined;
  }

  /**
   * Keys that every request of a role has. The time is that of the task's start; it is left out where no policy asks for it, so that a
   * decision holds for later calls.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
   */
  #always({ resource }: IamRequest, role: GuardedRole, call: TaskCall): Context {
    const { account } = this.#options.place;
    const state = isObject(call.context.State) ? call.context.State : {};
    const at = Date.parse(`${state.EnteredTime ?? ''}`);
    const asksForTime = this.#policiesOf(role).some(({ policy }) => TIME_KEY.test(JSON.stringify(policy)));
    return {
      'aws:PrincipalArn': this.#roleArn(role.name),
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalIsAWSService': 'false',
      'aws:ResourceAccount': resource.split(':')[4] || account,
      ...(asksForTime &&
        !Number.isNaN(at) && {
          'aws:CurrentTime': new Date(at).toISOString(),
          'aws:EpochTime': `${Math.floor(at / 1000)}`,
        }),
    };
  }

  #decide(request: IamRequest, arn: string, role: GuardedRole): Decision {
    const key = JSON.stringify([role.name, request]);
    const before = this.#decided.get(key);
    if (before !== undefined) return before;
    const identity = this.#policiesOf(role);
    // What belongs to another account has policies of its own, of which nothing is known here: they are taken to allow it.
    const { account } = this.#options.place;
    const decision = this.#options.iam.authorize({
      ...request,
      principal: arn,
      policies: { identity },
      account,
    });
    this.#decided.set(key, decision);
    return decision;
  }

  #policiesOf(role: GuardedRole): readonly NamedPolicy[] {
    const known = this.#policies.get(role.name);
    if (known !== undefined) return known;
    const filled = role.policies.map(({ name, policy }) => ({ name, policy: filledPolicy(policy, this.#values()) }));
    this.#policies.set(role.name, filled);
    return filled;
  }

  #machine(call: TaskCall): Principal {
    const execution = isObject(call.context.Execution) ? call.context.Execution : {};
    return this.#principal(this.#options.machine, `${execution.Name ?? 'execution'}`);
  }

  #handedOn({ role: given, session }: { readonly role: string; readonly session: string }, call: TaskCall) {
    const role = this.#options.role?.(this.#filled(given, call).replace(/^.*[:/]/, ''));
    return role && this.#principal(role, session);
  }

  #principal(role: GuardedRole, session: string): Principal {
    const { partition, account } = this.#options.place;
    return { arn: `arn:${partition}:sts::${account}:assumed-role/${role.name}/${session}`, role };
  }

  #roleArn(name: string): string {
    const { partition, account } = this.#options.place;
    return `arn:${partition}:iam::${account}:role/${name}`;
  }

  #circumstances(): Circumstances {
    const { place, services } = this.#options;
    return { place, services, tagsOf: (arn) => this.#tags.of(arn) };
  }

  /** The machine's name is the execution's, where nothing else is said of it. */
  #filled<T>(value: T, call: TaskCall): T {
    if (this.#machineName === undefined) {
      const machine = isObject(call.context.StateMachine) ? call.context.StateMachine : {};
      this.#machineName = `${(machine.Name as Json) ?? 'StateMachine'}`;
    }
    return this.#options.values === undefined ? value : filledIn(value, this.#values());
  }

  #placeholders(): readonly string[] {
    return (this.#options.placeholders ?? []).map((name) => `\${${name}}`);
  }

  #values(): Values {
    const { values = {}, place } = this.#options;
    return { ...place, ...(this.#machineName !== undefined && { machine: this.#machineName }), ...values };
  }
}

const TIME_KEY = /"aws:(CurrentTime|EpochTime)"/i;

interface Principal {
  /** Of the session in which the role acts. */
  readonly arn: string;
  readonly role: GuardedRole;
}

/** One statement may allow both. */
function isAlike(a: IamRequest, b: IamRequest): boolean {
  return a.resource === b.resource && JSON.stringify(a.context) === JSON.stringify(b.context);
}

function isSame(a: Denial, b: Denial): boolean {
  return a.state === b.state && a.role === b.role && a.action === b.action && a.resource === b.resource;
}
