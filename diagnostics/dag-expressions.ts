import { entry } from './diagnostic.ts';

const plural = (kind: string): string => (kind === 'any' ? 'a value of unknown kind' : `${article(kind)} ${kind}`);
const article = (kind: string): string => (/^[aeiou]/.test(kind) ? 'an' : 'a');

/** DAG040 to DAG059: what stands in an arrow that is translated and cannot be. */
export const DAG_EXPRESSIONS = {
  DAG040: entry<{ text: string }>({
    severity: 'error',
    title: 'An expression that waits',
    message: ({ text }) => `${text} is asynchronous or a generator.`,
    why: 'The arrow is never run: it is translated to JSONata, which computes its value at once.',
    remedy: () => 'Remove `async` and `await`; what must be waited for is a task, and the arrow reads its output.',
  }),
  DAG041: entry<{ text: string }>({
    severity: 'error',
    title: 'An expression with statements',
    message: ({ text }) => `The arrow has statements: ${text}`,
    why: 'It is translated to one JSONata expression.',
    remedy: () =>
      'Write `() => value`. Use `a ? b : c` in place of `if`; declare constants outside, or give a part a name with `const part = expr(() => …)`.',
  }),
  DAG042: entry<{ text: string; what: string; instead: string }>({
    severity: 'error',
    title: 'Syntax that cannot be translated',
    message: ({ text, what }) => `${text}: ${what} cannot be translated to JSONata.`,
    why: 'The arrow is never run: it becomes a JSONata expression of the machine.',
    remedy: ({ instead }) => instead,
  }),
  DAG043: entry<{ text: string }>({
    severity: 'error',
    title: 'An expression that changes something',
    message: ({ text }) => `${text} changes a value.`,
    why: 'The arrow is never run; JSONata only computes.',
    remedy: () => 'Compute a new value: `a + 1` in place of `a++`.',
  }),
  DAG044: entry<{ text: string }>({
    severity: 'error',
    title: 'A call of a function that JSONata does not have',
    message: ({ text }) => `${text}(…) cannot be called where the machine runs.`,
    why: 'Of functions, an expression has Number, String and Boolean.',
    remedy: () =>
      'Call it outside the arrow, `const x = …`, and let the arrow use the result; what depends on params or outputs, write out or compute in a task.',
  }),
  DAG045: entry<{ reference: string; method: string }>({
    severity: 'error',
    title: 'A method that cannot be translated',
    message: ({ reference, method }) => `${reference}: .${method}(…) cannot be translated.`,
    why: 'Of methods, an expression has .includes(…) of texts and lists.',
    remedy: ({ method }) =>
      INSTEAD[method] ?? 'Compute it in a task, or outside the arrow where the value is known there.',
  }),
  DAG046: entry<{ left: string; right: string }>({
    severity: 'error',
    title: 'A + that may add or join',
    message: ({ left, right }) => `${left} + ${right}: nobody knows whether these are numbers or texts.`,
    why: 'JavaScript decides when it runs; JSONata has one operator for each.',
    remedy: ({ left, right }) =>
      `Write \`Number(${left}) + Number(${right})\` to add, or a template, \`\${${left}}\${${right}}\`, to join.`,
  }),
  DAG047: entry<{ text: string; operator: string; kinds: readonly string[] }>({
    severity: 'error',
    title: 'An operator over kinds of values that it does not fit',
    message: ({ text, operator, kinds }) => `${text}: ${operator} does not take ${kinds.map(plural).join(' and ')}.`,
    why: 'JavaScript would convert them silently; JSONata fails when it runs.',
    remedy: () => 'Convert it where you mean to: `Number(value)`, `String(value)`, `Boolean(value)`.',
  }),
  DAG048: entry<{ text: string; kind: string }>({
    severity: 'error',
    title: 'Lists or objects compared',
    message: ({ text, kind }) => `${text} compares ${plural(kind)}.`,
    why: 'JavaScript asks whether both are the same object, JSONata whether they look alike.',
    remedy: () => 'Compare their fields: `a.id === b.id`; for a list its `.length`.',
  }),
  DAG049: entry<{ text: string; operator: string }>({
    severity: 'error',
    title: 'A loose comparison',
    message: ({ text, operator }) => `${text}: ${operator} converts what it compares.`,
    why: 'JSONata compares without converting.',
    remedy: ({ operator }) => `Write \`${operator}=\`.`,
  }),
  DAG050: entry<{ text: string; value: string }>({
    severity: 'error',
    title: 'A value in an expression that is not JSON',
    message: ({ text, value }) => `${text} is ${value}, which has no place in JSONata.`,
    why: 'What an arrow captures stands in the machine as a literal.',
    remedy: () =>
      'Capture text, a finite number, a boolean, null, a list or a plain object; of a task read its output, `task.output.field`.',
  }),
  DAG051: entry<{ name: string; detail: string }>({
    severity: 'error',
    title: 'A name that stands for nothing',
    message: ({ name, detail }) => `${name} ${detail}.`,
    why: 'What an arrow captures is read when the arrow is given to the DAG.',
    remedy: () => 'Declare it above the arrow, and check its spelling.',
  }),
  DAG052: entry<{ text: string; reference: string }>({
    severity: 'error',
    title: 'An .includes of something that may be a text or a list',
    message: ({ reference }) => `${reference}.includes(…): nobody knows whether this is a text or a list.`,
    why: 'JSONata has one operator for each.',
    remedy: ({ reference }) => `Write \`String(${reference}).includes(…)\` or \`[...${reference}].includes(…)\`.`,
  }),
  DAG053: entry<{ text: string; kind: string }>({
    severity: 'error',
    title: 'A list or an object as text',
    message: ({ text, kind }) => `${text} puts ${plural(kind)} into text.`,
    why: 'JavaScript would write "[object Object]" or join a list with commas; JSONata writes JSON.',
    remedy: () => 'Put its fields into the text, or hand the value to the task as it is.',
  }),
  DAG054: entry<{ text: string }>({
    severity: 'error',
    title: 'An expression with parameters',
    message: ({ text }) => `The arrow has a parameter, ${text}.`,
    why: 'It is never called: it reads params and outputs by the names around it.',
    remedy: () => 'Write `() => …`, and use `dag.params` and `task.output` in it.',
  }),
  DAG055: entry<{ detail: string }>({
    severity: 'error',
    title: 'A function whose source cannot be read',
    message: ({ detail }) => `This function cannot be translated: ${detail}.`,
    why: 'An expression is translated from its source text and the values that it captures.',
    remedy: () =>
      'Write the arrow where it is given, `expr(() => …)`, in a file that `dagwright compile` loads; elsewhere Node’s inspector must be allowed.',
  }),
  DAG056: entry<{ text: string; key: string }>({
    severity: 'error',
    title: 'A key that is not known when the DAG is compiled',
    message: ({ text, key }) => `${text}: ${key} is no position or name that is known now.`,
    why: 'Positions are whole numbers from 0 and fields of new objects have fixed names; a field of an object may be named by a text.',
    remedy: () => 'Use a constant, or for a field a param that is a text: `options[dag.params.name]`.',
  }),
  DAG057: entry<{ reference: string; kind: string; field: string }>({
    severity: 'error',
    title: 'A field of a value that has none',
    message: ({ reference, kind, field }) => `${reference} is ${plural(kind)} and has no "${field}".`,
    why: 'Its kind is known from the param’s declaration or from the expression.',
    remedy: () => 'Texts and lists have .length and .includes(…), lists have positions, objects have fields.',
  }),
  DAG058: entry<{ value: string }>({
    severity: 'error',
    title: 'A value where an arrow is needed',
    message: ({ value }) => `Expected an arrow, \`() => …\`, and got ${value}.`,
    why: 'A bare value was computed when the DAG was compiled; an arrow is translated, and computed when it runs.',
    remedy: () => 'Write `() =>` in front of it.',
  }),
};

/** What to write in place of a method. */
const INSTEAD: { readonly [method: string]: string } = {
  at: 'Write `list[0]`: a position that is known.',
  concat: 'Write a template, or `[...a, ...b]`.',
  every: 'Compare the items one by one with `&&`, or compute it in a task.',
  filter: 'Compute the list in a task, and read its output.',
  find: 'Compute it in a task, or read it at a position that is known: `list[0]`.',
  includes: 'Give it one argument.',
  indexOf: 'Write `.includes(value)`.',
  join: 'Write a template with the items, or compute the text in a task.',
  map: 'Write the items out, `[f(list[0]), f(list[1])]`, or compute the list in a task.',
  some: 'Write `list.includes(value)`, or compute it in a task.',
  startsWith: 'Write `.includes(…)` where that says the same, or compute it in a task.',
  endsWith: 'Write `.includes(…)` where that says the same, or compute it in a task.',
  toString: 'Write `String(value)`.',
  valueOf: 'Use the value itself.',
};
