import { isObject, type Json, type JsonObject } from '../../asl/json/value.ts';
import type { ServicesIam } from '../../asl/services/iam/index.ts';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { loadIam } from './authorize.ts';
import { Guard, type GuardedRole, type GuardOptions } from './guard.ts';
import type { KnownTags } from './known-tags.ts';
import { filledPolicy, type Values } from './placeholders.ts';
import type { NamedPolicy, PolicyText } from './policies.ts';
import { policyFaults } from './policy-faults.ts';
import type { Place } from './requests.ts';
import { standIns } from './stand-ins.ts';

/** What a run holds its calls against. */
export interface Guarding {
  /** What asks for it, as the user calls it. */
  readonly what: string;
  readonly place: Place;
  readonly services: ServicesIam;
  /** The machine's role: its name, and the file that its policy was read from. */
  readonly machine: { readonly name: string; readonly file: string; readonly policy: unknown };
  /** What a compiled DAG declares, its roles and their policies among it, and the file that says so. */
  readonly declared?: { readonly file: string; readonly env: { readonly [name: string]: Declared } };
  readonly values: Values;
  readonly tags?: KnownTags;
  readonly onDecision?: GuardOptions['onDecision'];
  readonly onDenial?: GuardOptions['onDenial'];
}

export interface Declared {
  readonly kind: string;
  readonly policy?: PolicyText;
}

/**
 * Makes the guard of a run.
 * @throws Stop with CLI006 where the package that decides is not installed, with SIM021 where a policy is none
 */
export async function openGuard({
  what,
  place,
  services,
  machine,
  declared,
  values,
  tags,
  onDecision,
  onDenial,
}: Guarding): Promise<Guard> {
  const iam = await loadIam(what);
  const policy = asPolicy(machine);
  const known = { ...standIns(policy, place), ...values };
  const own: GuardedRole = {
    name: machine.name,
    policies: [{ name: machine.file, policy }],
  };
  const roles = declared === undefined ? new Map<string, GuardedRole>() : rolesOf(declared, values);
  for (const { name, policy: text } of [own, ...roles.values()].flatMap(({ policies }) => policies)) {
    const whole = filledPolicy(text, { ...place, ...known });
    const faults = [...(await iam.faults(whole)), ...policyFaults(whole)];
    if (faults.length > 0)
      throw new Stop(
        faults.map((detail) => diagnose('SIM021', { file: name, detail })),
        1,
      );
  }
  return new Guard({
    iam,
    place,
    services,
    machine: own,
    role: (name) => roles.get(name),
    values: known,
    ...(declared && { placeholders: Object.keys(declared.env) }),
    ...(tags && { tags }),
    ...(onDecision && { onDecision }),
    ...(onDenial && { onDenial }),
  });
}

/** As much of a policy as is looked at before IAM's own check. */
function asPolicy({ file, policy }: Guarding['machine']): PolicyText {
  const statements = isObject(policy as Json) ? [(policy as JsonObject).Statement].flat() : [];
  if (statements.length > 0 && statements.every((one) => isObject(one as Json)))
    return { ...(policy as PolicyText), Statement: statements as unknown as PolicyText['Statement'] };
  throw new Stop(diagnose('SIM021', { file, detail: 'it has no statements' }), 1);
}

/** The declared roles whose policies are known, by the names that they have here; one may be declared under several names. */
function rolesOf({ file, env }: NonNullable<Guarding['declared']>, values: Values): Map<string, GuardedRole> {
  const roles = new Map<string, GuardedRole>();
  for (const [declared, { kind, policy }] of Object.entries(env)) {
    if (kind !== 'role' || policy === undefined) continue;
    const name = (values[declared] ?? declared).replace(/^.*[:/]/, '');
    const named: NamedPolicy = { name: `${file}: ${declared}`, policy };
    roles.set(name, { name, policies: [...(roles.get(name)?.policies ?? []), named] });
  }
  return roles;
}
