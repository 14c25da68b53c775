/** How IAM sees the calls of a service, where the call itself does not say it. */
export interface ServiceIam {
  /** The first part of its actions: `elasticmapreduce`. */
  readonly prefix: string;
  /** Who assumes the roles in its parameters, where it is not the service itself; null where nobody does by the call. */
  readonly assumedBy?: string | null;
  /** Parameters that hold a role, at whatever depth, and who assumes it. Other parameters are roles by their names (`executionRoleArn`). */
  readonly passedRoles?: { readonly [field: string]: string };
  /** Who assumes these roles without naming the account on whose behalf: a condition on it in the role's trust would refuse everybody. */
  readonly namesNoSource?: readonly string[];
  /** On behalf of what these assume roles, where AWS documents it: `aws:SourceArn` in the role's trust, with the placeholders of the place. */
  readonly sources?: { readonly [principal: string]: string };
  /** By partition, who assumes roles there under another name. */
  readonly principals?: { readonly [partition: string]: { readonly [principal: string]: string } };
  /** Calls that hand on roles which no parameter names, by IAM's action: `RunTask` those of the task definition. */
  readonly handsOnFrom?: { readonly [action: string]: HandsOn };
  /** Names in its ARNs that parameters bear under another name. */
  readonly arnNames?: { readonly [placeholder: string]: ArnName };
  /** Keys of conditions whose value a parameter bears under another name. */
  readonly keyNames?: { readonly [key: string]: Pick<ArnName, 'parameters' | 'part'> };
  /** What the service does with the caller's leave besides an action, by its name: it asks IAM for that as well. */
  readonly alsoNeeded?: { readonly [action: string]: readonly AlsoNeeded[] };
}

/** Where the roles stand that a call hands on. */
export interface HandsOn {
  /** `the task definition` */
  readonly from: string;
  /** Parameters without which the call hands on none. */
  readonly given?: readonly string[];
}

/** Another action that IAM is asked for. */
export interface AlsoNeeded {
  /** `elasticmapreduce:AddTags` */
  readonly action: string;
  /** With the placeholders of the place, and the call's parameters: `${ApplicationId}`; a parameter that it lacks is `*`. */
  readonly resource: string;
  /** A parameter without which it is not asked. */
  readonly given?: string;
  /** What conditions can ask for. */
  readonly context?: { readonly [key: string]: string };
  /** Who asks in the end: `ops.emr-serverless.amazonaws.com`. */
  readonly calledVia?: string;
}

/** Where a name in an ARN comes from. */
export interface ArnName {
  /** Parameters; the first that is there, or all of them. */
  readonly parameters: readonly string[];
  readonly all?: true;
  /** The part of the parameter that is the name: a pattern, and what of it to take; any name where it does not match. */
  readonly part?: readonly [pattern: string, name: string];
  /** What the service takes where a call with the parameter `given` has none of them. */
  readonly otherwise?: { readonly given: string; readonly name: string };
}

/** What services say of their calls, by the prefix of their actions. */
export type ServicesIam = ReadonlyMap<string, ServiceIam>;

/** @example servicesIam(SERVICES).get('glue')?.passedRoles */
export function servicesIam(services: readonly { readonly iam?: readonly ServiceIam[] }[]): ServicesIam {
  const byPrefix = new Map<string, ServiceIam>();
  for (const { iam = [] } of services)
    for (const one of iam) {
      const { arnNames } = byPrefix.get(one.prefix) ?? {};
      byPrefix.set(one.prefix, arnNames ? { ...one, arnNames: { ...arnNames, ...one.arnNames } } : one);
    }
  return byPrefix;
}
