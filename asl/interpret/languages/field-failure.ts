import { StateFailure } from '../state-failure.ts';
import { inState, type Visit } from '../visit.ts';
import { failed } from './jsonata.ts';

/** The failure of a state one of whose fields has a value that it must not have. */
export function fieldFailure(visit: Visit, field: string, text: string): StateFailure {
  return visit.language === 'JSONata'
    ? failed(visit, field, text)
    : new StateFailure('States.Runtime', inState(visit, text));
}
