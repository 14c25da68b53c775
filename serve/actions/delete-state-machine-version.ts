import type { DeleteStateMachineVersionInput, DeleteStateMachineVersionOutput } from '@aws-sdk/client-sfn';
import { readMachineArn } from '../arn.ts';
import { aliasesOf, isVersion } from '../machines/find.ts';
import { ApiError } from '../protocol/api-error.ts';
import type { Action } from '../world.ts';

/** Deletes a version that no alias refers to; deleting what does not exist is no error. */
export const deleteStateMachineVersion: Action<
  DeleteStateMachineVersionInput,
  DeleteStateMachineVersionOutput
> = async (input, { store }) => {
  const arn = input.stateMachineVersionArn as string;
  const { machineArn, qualifier } = readMachineArn(arn);
  if (qualifier === undefined || !isVersion(qualifier)) {
    throw new ApiError('InvalidArn', `Invalid Arn: 'Not the ARN of a version: ${arn}'`);
  }
  return store.write(() => {
    const using = aliasesOf(machineArn, store)
      .filter(({ routing }) => routing.some(({ stateMachineVersionArn }) => stateMachineVersionArn === arn))
      .map(({ name }) => name);
    if (using.length > 0) {
      throw new ApiError(
        'ConflictException',
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${using.join(', ')}]`,
      );
    }
    void store.versions.remove([machineArn, Number(qualifier)]);
    return {};
  });
};
