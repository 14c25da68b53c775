import { walk } from '../../json/pointer.ts';
import { looksLikeCall } from '../../json-path/call.ts';
import { INTRINSICS } from '../../json-path/intrinsics.ts';
import { unknownMember } from '../../language/context-object.ts';
import { isKeyLater } from '../draft.ts';
import { evaluated } from '../expressions.ts';
import type { StateNode } from '../machine.ts';
import { isMapPath, type PathText, pathTexts } from '../paths.ts';
import type { Report, Rule } from '../rule.ts';

/** AWS: "The value for the field … must be a valid JSONPath or a valid intrinsic function call". */
export const paths: Rule = {
  purpose: 'Every path is JSONPath, every intrinsic function exists, and neither stands where it is only text.',
  check(machine, report) {
    for (const text of pathTexts(machine)) checkPath(text, report);
    for (const state of machine.states) if (state.language === 'JSONPath') literalPaths(state, report);
  },
};

function checkPath(
  { state, path, field, role, value, fault, intrinsic, arity, literal, reference, context }: PathText,
  report: Report,
): void {
  const mayCall = role === 'payload' || role === 'text';
  if (fault !== undefined) {
    const mark = { within: fault.position };
    // AWS does not look at these two of a Wait.
    if (
      state.type === 'Wait' &&
      role === 'path' &&
      typeof value === 'string' &&
      /^[\w.]+$/.test(value) &&
      field !== 'InputPath' &&
      field !== 'OutputPath'
    ) {
      report('ASL053', { field, value }, path);
      return;
    }
    if (intrinsic !== undefined) report('ASL049', { detail: `${field}: ${fault.detail}` }, path, mark);
    else
      report(
        'ASL048',
        { field, detail: `${JSON.stringify(value)} is not a path: ${fault.detail}`, intrinsic: mayCall },
        path,
        mark,
      );
    return;
  }
  const wrong = context && role !== 'reference' ? unknownMember(context) : undefined;
  if (wrong !== undefined) report('ASL097', { member: `$$.${wrong.path}`, suggestion: wrong.suggestion }, path);
  if (arity !== undefined) report('ASL049', { detail: `${field}: ${arity.detail}` }, path, { within: arity.position });
  if (literal !== undefined)
    report('ASL057', { detail: `${field}: ${literal.detail}` }, path, { within: literal.position });
  if (role === 'reference' && typeof value === 'string' && value.trimStart().startsWith('$$'))
    report('ASL048', { field, detail: 'the context object cannot be written to', intrinsic: false }, path);
  else if (role === 'reference' && (intrinsic !== undefined || reference === false))
    report('ASL048', { field, detail: `${JSON.stringify(value)} names more than one place`, intrinsic: false }, path);
  if (role === 'text' && intrinsic !== undefined && intrinsic !== '' && !mayGiveText(intrinsic))
    report('ASL049', { detail: `${field} must be text, and ${intrinsic} gives something else` }, path);
}

function mayGiveText(name: string): boolean {
  const known = INTRINSICS.get(name);
  return known?.gives === 'text' || known?.mayGiveText === true;
}

/** AWS warns of these itself: NO_DOLLAR, NO_PATH, PASS_RESULT_IS_STATIC. */
function literalPaths(state: StateNode, report: Report): void {
  for (const { value, path } of evaluated(state))
    walk(value, path, (text, at, key) => {
      if (typeof text !== 'string' || !looksLikePath(text) || key?.endsWith('.$') || isMapPath(state, at)) return;
      if (key !== undefined && !isKeyLater(key)) report('ASL050', { key }, at);
      else if (state.type === 'Fail') report('ASL056', { field: at.slice(at.lastIndexOf('/') + 1) }, at);
    });
  if (state.type === 'Pass' && state.json.Result !== undefined)
    walk(state.json.Result, `${state.path}/Result`, (_, at, key) => {
      if (key?.endsWith('.$')) report('ASL051', {}, at, { onKey: true });
    });
}

function looksLikePath(text: string): boolean {
  return /^\$\$?[.[]/.test(text) || looksLikeCall(text);
}
