import { Stop } from '../../diagnostics/index.ts';
import { type Finding, missing } from './finding.ts';

/** Does what stops where something is missing: each diagnostic of it is a finding. */
export async function stopped(about: string, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.diagnostics.map((said) => missing(about, said));
  }
}
