import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Denial } from './denial.ts';

/** What a person is told of the calls that were denied, with the statement that each lacks. */
export function denialDiagnostics(denials: readonly Denial[]): Diagnostic[] {
  return denials.map(({ state, role, policy, action, resource, missing, because, whenStopped }) => {
    const said = {
      state,
      role,
      policy,
      action,
      resource,
      because: because.map(({ statement, reason }) => `statement ${statement + 1}: ${reason}`),
      ...(missing !== undefined && { missing: JSON.stringify(missing) }),
    };
    return whenStopped ? diagnose('SIM023', said) : diagnose('SIM022', said);
  });
}
