/** A role as dagwright.yaml may name it: by its name, with its path, or by its ARN. */
const ROLE = /^(?:arn:[\w-]+:iam::(\d{12}):role)?\/?((?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64})$/;

/**
 * The role's name with its path, which is what ARNs end with and what services take that are given a name: `service-role/x`. Undefined
 * where the text names no role.
 * @example
 * roleName('arn:aws:iam::111122223333:role/service-role/x') // 'service-role/x'
 */
export function roleName(text: string): string | undefined {
  return ROLE.exec(text)?.[2];
}

/** The account that a role's ARN names; undefined of a name. */
export function roleAccount(text: string): string | undefined {
  return ROLE.exec(text)?.[1];
}
