import { resourceFault } from '../../asl/services/iam/index.ts';
import type { PolicyText } from './policies.ts';

/**
 * What IAM refuses in a policy beyond its grammar, as clauses: operators that it does not have, resources that are no ARNs, names of
 * statements that are there twice.
 * @example
 * policyFaults({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'my-bucket' } })
 * // ['"my-bucket" is no resource (Statement[0].Resource): It is no ARN']
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function policyFaults({ Statement }: PolicyText): string[] {
  const seen = new Set<string>();
  return [Statement].flat().flatMap(({ Sid, Resource, NotResource, Condition = {} }, index) => {
    const at = `Statement[${index}]`;
    const isSecond = Sid !== undefined && seen.has(Sid);
    if (Sid !== undefined) seen.add(Sid);
    const resources = Object.entries({ Resource, NotResource }).flatMap(([name, given]) =>
      [given ?? []].flat().flatMap((text) => {
        const fault = resourceFault(text);
        return fault === undefined ? [] : [`"${text}" is no resource (${at}.${name}): ${fault}`];
      }),
    );
    const operators = Object.keys(Condition)
      .filter((operator) => !OPERATOR.test(operator))
      .map((operator) => `"${operator}" is no operator of a condition (${at}.Condition)`);
    return [...(isSecond ? [`two statements have the Sid "${Sid}" (${at}.Sid)`] : []), ...resources, ...operators];
  });
}

const OPERATOR =
  /^((ForAllValues|ForAnyValue):)?(String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/i;
