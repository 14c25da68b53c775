import { AliasRouting } from './alias-routing.ts';
import type { Endpoint } from './endpoint.ts';
import { type AwsCall, type AwsRequest, textOf } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';
import { type Ask, Revisions } from './revisions.ts';
import type { Roles } from './roles.ts';
import { StaleReads } from './stale-reads.ts';
import { requestFor } from './sub-request.ts';

/** Does calls at an endpoint, and lets what hears of them hear late: reads, publishing, an alias, the services that roles are handed to. */
export class Consistency {
  readonly #roles: Roles;
  readonly #revisions = new Revisions();
  readonly #routing = new AliasRouting();
  readonly #underWay = new Set<string>();
  #lag = 0;
  #stale = new StaleReads(0);

  constructor(roles: Roles, lag: number) {
    this.#roles = roles;
    this.lag = lag;
  }

  /** How many reads answer as of before a write. What is late already is forgotten. */
  set lag(times: number) {
    this.#lag = times;
    this.#stale = new StaleReads(times);
  }

  /** What a read answers that has not heard of a write yet. */
  staleAnswer(call: AwsCall): Answer | undefined {
    return this.#stale.answerTo(call);
  }

  /** Does a call, and remembers what changes by it. */
  async perform(call: AwsCall, request: AwsRequest, target: Endpoint): Promise<Answer> {
    const ask: Ask = (operation, parameters) => target.send(requestFor(request, call, { operation, parameters }));
    const role = textOf(call, 'RoleName');
    const writesRole = call.service === 'iam' && role !== '' && !/^(Get|List|Simulate)/.test(call.operation);
    const send =
      call.service === 'states'
        ? () => this.#alone(call, () => this.#states(call, request, target, ask))
        : () => target.send(request, call.service === 's3');
    return this.#stale.writing(
      call,
      ({ operation, parameter, of }) => ask(operation, { [parameter]: of }),
      writesRole ? () => this.#roles.changing(role, send) : send,
    );
  }

  /** One writing call on a machine at a time; another is refused while it is under way. */
  async #alone(call: AwsCall, write: () => Promise<Answer>): Promise<Answer> {
    const machine = WRITES.has(call.operation) ? machineOf(call) : undefined;
    if (machine === undefined) return write();
    if (this.#underWay.has(machine))
      return refusal(call, {
        code: 'ConflictException',
        message: `Another request on ${machine} is under way.`,
        status: 409,
      });
    this.#underWay.add(machine);
    try {
      return await write();
    } finally {
      this.#underWay.delete(machine);
    }
  }

  async #states(call: AwsCall, request: AwsRequest, target: Endpoint, ask: Ask): Promise<Answer> {
    if (this.#lag > 0 && call.operation === 'UpdateStateMachine') await this.#revisions.updating(call, this.#lag, ask);
    if (this.#lag > 0 && call.operation === 'UpdateStateMachineAlias') await this.#routing.moving(call, this.#lag, ask);
    const elsewhere = call.operation === 'StartExecution' ? this.#routing.started(call) : undefined;
    if (elsewhere !== undefined) return ask('StartExecution', elsewhere);
    const answer = (await this.#revisions.instead(call, ask)) ?? (await target.send(request));
    return this.#revisions.corrected(call, answer, ask);
  }

  forget(): void {
    this.#revisions.forget();
    this.#routing.forget();
    this.#stale.forget();
  }
}

const WRITES: ReadonlySet<string> = new Set([
  'CreateStateMachine',
  'UpdateStateMachine',
  'PublishStateMachineVersion',
  'DeleteStateMachineVersion',
]);

function machineOf(call: AwsCall): string {
  const arn = textOf(call, 'stateMachineArn') || textOf(call, 'stateMachineVersionArn').replace(/:\d+$/, '');
  return arn === '' ? textOf(call, 'name') : arn.slice(arn.lastIndexOf(':') + 1);
}
