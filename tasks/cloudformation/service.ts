import type { Service } from '../service.ts';

const STACK = 'arn:aws:cloudformation:us-east-1:123456789012:stack/stack/01234567-89ab-cdef-0123-456789abcdef';

/** AWS CloudFormation, as plain data. */
export const cloudformation = {
  name: 'cloudformation',
  title: 'CloudFormation',
  integrations: ['cloudformation'],
  sdk: 'cloudformation',
  samples: {
    started: { StackId: STACK },
    stack: { Stacks: [{ StackId: STACK, StackName: 'stack', StackStatus: 'CREATE_COMPLETE', Outputs: [] }] },
    none: { Stacks: [] },
  },
  otherNames: {
    '^(?:create_?stack|update_?stack|deploy\\w*|stacks?)$':
      "`cloudformation.stack({ name, template: 's3://…/stack.yaml' })`",
    '^delete_?stack$': "`aws({ service: 'cloudformation', action: 'deleteStack', parameters: { StackName: … } })`",
  },
} as const satisfies Service;
