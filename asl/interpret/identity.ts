import { createHash } from 'node:crypto';
import type { JsonObject } from '../json/value.ts';
import { uuidFrom } from '../jsonata/index.ts';
import { isoTimestamp } from './clocks.ts';
import type { InterpretOptions } from './options.ts';

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

/** A version 3 UUID: always the same for the same names. So does the service name children and Maps without a label. */
export function nameUuid(...names: readonly (string | number)[]): string {
  const hex = createHash('md5').update(names.join('\n')).digest('hex');
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  // Joined, not concatenated: the engine keeps a concatenation as a tree of its parts, and a Map run has a name for each of its children.
  return [hex.slice(0, 8), hex.slice(8, 12), `3${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  );
}
