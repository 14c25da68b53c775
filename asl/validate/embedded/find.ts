import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { isStateMachine, machineOf, machinesOf } from './cloudformation.ts';
import { type Container, DEFINITION_FIELDS } from './definition.ts';
import { inlineOrText, serverlessConfiguration, serverlessMachinesFile } from './serverless.ts';
import { terraformMachines } from './terraform.ts';

/**
 * The definitions that a document holds, where it is none itself: a template of CloudFormation, SAM or CDK, the
 * configuration of the Serverless Framework, what Terraform says in JSON, the answer of DescribeStateMachine. Undefined
 * where the document can only be a definition.
 */
export function definitionsIn(value: Json): Container | undefined {
  if (!isObject(value) || value.States !== undefined || value.StartAt !== undefined) return undefined;
  return (
    cloudFormationTemplate(value) ??
    serverlessMachinesFile(value) ??
    terraformMachines(value) ??
    (isStateMachine(value)
      ? { what: 'a resource of CloudFormation', embedded: machineOf('', value, '') }
      : undefined) ??
    describedMachine(value)
  );
}

/** What a template of CloudFormation has besides its resources. */
const TEMPLATE_FIELDS = ['AWSTemplateFormatVersion', 'Transform'];

/** A template, or a configuration of the Serverless Framework, which may have fields of a template. */
function cloudFormationTemplate(value: JsonObject): Container | undefined {
  const { Resources: resources } = value;
  if (isObject(resources)) return { what: 'a CloudFormation template', embedded: machinesOf(resources, '/Resources') };
  if (Array.isArray(resources))
    return {
      what: 'a document with a list of Resources (in a CloudFormation template they are an object)',
      embedded: [],
    };
  return (
    serverlessConfiguration(value) ??
    (resources !== undefined || TEMPLATE_FIELDS.some((field) => value[field] !== undefined)
      ? { what: 'a CloudFormation template', embedded: [] }
      : undefined)
  );
}

/** The answer of DescribeStateMachine and its like: a definition under a field, with the machine's name and type beside it. */
function describedMachine(value: JsonObject): Container | undefined {
  const field = DEFINITION_FIELDS.find((one) => value[one] !== undefined);
  if (field === undefined) return undefined;
  const name = [value.name, value.stateMachineName, value.StateMachineName].find((one) => typeof one === 'string');
  return {
    what: `a document that has a definition under ${field}`,
    embedded: [
      {
        machine: String(name ?? ''),
        express: (value.type ?? value.Type) === 'EXPRESS',
        at: `/${field}`,
        is: inlineOrText(value[field]!),
      },
    ],
  };
}
