import { shortened } from './jinja.ts';

/** What users of Step Functions write in texts of a machine, and what to write for it here. */
export interface AslText {
  /** As it stands in the text. */
  readonly text: string;
  readonly instead: string;
}

/** JSONata within a text or as the whole of it. What only has the form of a statement, Liquid's or Twig's, is somebody else's. */
const JSONATA = /^\s*\{%(?!-?\s*\w+\s)[\s\S]*%\}\s*$|\{%(?=[^}]*\$)[\s\S]*?%\}/;
/** The context object of both query languages, and the intrinsic functions of JSONPath, as the whole of a text. */
const CONTEXT =
  /^\s*\$\$\.(?:Execution|StateMachine|State|Task|Map)\b[\w.[\]*]*\s*$|^\s*\$states\.(?:input|result|context|errorOutput)\b[\s\S]*$/;
const INTRINSIC =
  /^\s*States\.(?:Format|Array\w*|StringToJson|JsonToString|JsonMerge|Base64\w+|Hash|MathRandom|MathAdd|StringSplit|UUID)\([\s\S]*\)\s*$/;

/**
 * The first expression of Step Functions' in a text, in a list: what is in a text of a task is sent as it stands.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function aslIn(text: string): AslText[] {
  if (!text.includes('$') && !text.includes('{%') && !text.includes('States.')) return [];
  const [found] = [JSONATA, CONTEXT, INTRINSIC].flatMap((form) => form.exec(text)?.[0] ?? []);
  return found === undefined ? [] : [{ text: shortened(found.trim()), instead: insteadOf(found) }];
}

/** A name as JSONPath has it: `Message.$`. */
export function isPathName(name: string): boolean {
  return /[^$]\.\$$/.test(name);
}

const VALUES =
  'Values are references in template literals, `${dag.params.x}`, `${task.output.X}`; what is computed is `expr(() => …)`.';

function insteadOf(text: string): string {
  if (/\bTask\.Token\b/.test(text))
    return "Give it `taskToken` from 'dagwright', in a call with `pattern: 'callback'`.";
  if (/\$(?:now|millis)\(|StartTime\b|EnteredTime\b/.test(text))
    return 'Write `${dag.logicalDate}`, the moment that the run is for.';
  if (/errorOutput\b/.test(text))
    return "How a task ended is asked by a trigger rule, `{ triggerRule: 'one_failed' }`, on a task behind it.";
  const input = /(?:\$states\.input|Execution\.Input)\.(?:params\.)?(\w+)/.exec(text)?.[1];
  return input === undefined
    ? VALUES
    : `A run's input are its params: write \`\${dag.params.${input}}\`, and declare it, \`params: { ${input}: param.string() }\`.`;
}
