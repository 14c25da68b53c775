import type { ValidateStateMachineDefinitionDiagnostic } from '@aws-sdk/client-sfn';
import { isError } from '../../aws/errors.ts';
import type { Check } from '../check.ts';
import { machinesOf } from '../machines.ts';
import { expectThat } from '../verdict.ts';

/** AWS's own validator on every machine of the repository. */
export const definitions: Check = {
  number: 1,
  name: 'definitions',
  title: 'Step Functions finds no error in any machine of dist/ and of the test cases',
  makes: 'nothing',
  most: 0,
  why: 'ValidateStateMachineDefinition costs nothing',
  minutes: 5,
  async run({ account, repository, part, keep, signal }) {
    const sfn = await account.clients.sfn();
    const machines = await machinesOf(repository, account.caller);
    const found: Record<string, readonly ValidateStateMachineDefinitionDiagnostic[]> = {};
    await part(`${machines.length} machines`, async () => {
      const refused: string[] = [];
      for (const { file, content } of machines) {
        signal.throwIfAborted();
        const asked = { definition: JSON.stringify(content), type: 'STANDARD', severity: 'WARNING' } as const;
        const { result, diagnostics = [] } = await sfn.validateStateMachineDefinition(asked);
        if (diagnostics.length > 0) found[file] = diagnostics;
        if (result === 'FAIL') refused.push(file);
      }
      expectThat(refused.length === 0, `It refuses ${refused.length} of ${machines.length}: ${refused.join(', ')}.`);
    });
    keep('diagnostics by file', found);

    await part('a machine with a fault is refused', async () => {
      const definition = JSON.stringify({ StartAt: 'a', States: { a: { Type: 'Pass', Next: 'nowhere' } } });
      const { result, diagnostics = [] } = await sfn
        .validateStateMachineDefinition({ definition, type: 'STANDARD' })
        .catch((error: unknown) => {
          if (isError(error, 'ValidationException')) return { result: 'FAIL' as const, diagnostics: [] };
          throw error;
        });
      keep('diagnostics of a machine with a fault', diagnostics);
      expectThat(result === 'FAIL', 'A state whose Next does not exist is not refused.');
    });
  },
};
