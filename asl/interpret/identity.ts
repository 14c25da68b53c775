import type { JsonObject } from '../json.ts';
import { uuidFrom } from '../jsonata/index.ts';
import type { InterpretOptions } from './options.ts';
import { isoTimestamp } from './timestamp.ts';

const ANYWHERE = 'arn:aws:states:us-east-1:123456789012';

/** Who an execution is: what its context object says of it and of its machine, and the region that its events name. */
export interface Identity {
  readonly execution: JsonObject;
  readonly stateMachine: JsonObject;
  readonly region: string;
}

/** Takes names from ARNs and ARNs from names, whichever are given. */
export function identityOf(options: InterpretOptions, input: JsonObject['input'], startedAt: number): Identity {
  const { executionArn, stateMachineArn, redrive, random } = options;
  const machineName = options.machineName ?? lastOf(stateMachineArn) ?? 'StateMachine';
  const name = options.name ?? nameIn(executionArn) ?? uuidFrom(random);
  const id = executionArn ?? `${ANYWHERE}:${executionPart(options, `${machineName}:${name}`)}`;
  return {
    execution: {
      Id: id,
      Input: input ?? {},
      StartTime: isoTimestamp(startedAt),
      Name: name,
      RoleArn: options.roleArn ?? 'arn:aws:iam::123456789012:role/StateMachine',
      RedriveCount: redrive?.count ?? 0,
      ...(redrive !== undefined && { RedriveTime: isoTimestamp(options.clock.now()) }),
    },
    stateMachine: { Id: stateMachineArn ?? `${ANYWHERE}:stateMachine:${machineName}`, Name: machineName },
    region: id.split(':')[3] || 'us-east-1',
  };
}

/** Executions of an Express workflow may have one name; an id of its own tells each from the others. */
function executionPart({ type, random }: InterpretOptions, name: string): string {
  return type === 'EXPRESS' ? `express:${name}:${uuidFrom(random)}` : `execution:${name}`;
}

/** `…:execution:<machine>:<name>`, `…:express:<machine>:<name>:<id>`. */
function nameIn(arn: string | undefined): string | undefined {
  return arn?.split(':')[5] === 'express' ? arn.split(':')[7] : lastOf(arn);
}

function lastOf(arn: string | undefined): string | undefined {
  return arn?.slice(arn.lastIndexOf(':') + 1);
}
