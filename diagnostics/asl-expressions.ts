import { entry } from './diagnostic.ts';

/** ASL040 to ASL069: query languages, expressions and variables. */
export const ASL_EXPRESSIONS = {
  ASL040: entry<{ field: string; language: string; other: string; instead?: string | undefined }>({
    severity: 'error',
    title: 'A field belongs to the other query language',
    message: ({ field, language, other }) =>
      `${field} is a field of ${other} states; this state's query language is ${language}.`,
    why: 'AWS refuses fields of the other query language (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ instead, other }) =>
      (instead === undefined ? '' : `Use ${instead} instead, or `) +
      (instead === undefined
        ? `Remove it, or set "QueryLanguage": "${other}" on the state.`
        : `set "QueryLanguage": "${other}" on the state.`),
  }),
  ASL041: entry<{ detail: string }>({
    severity: 'error',
    title: 'An expression is not JSONata',
    message: ({ detail }) => `This JSONata expression does not parse: ${detail}`,
    why: 'AWS parses every expression when the machine is made (INVALID_JSONATA_EXPRESSION).',
    remedy: () => 'Mend the expression at the place named.',
  }),
  ASL042: entry({
    severity: 'error',
    title: 'An expression does not end',
    message: () => 'This string begins with {% and does not end with %}.',
    why: 'AWS refuses half-open expressions.',
    remedy: () => 'End the string with %}, with nothing after it.',
  }),
  ASL043: entry<{ operator: string }>({
    severity: 'error',
    title: 'An operator is not of JSONata 2.0',
    message: ({ operator }) => `Step Functions' JSONata has no operator ${operator}.`,
    why: 'It is JSONata 2.0.6; ?? and ?: came later (AWS: INVALID_JSONATA_EXPRESSION).',
    remedy: ({ operator }) =>
      operator === '??' ? 'Write $exists(a) ? a : b.' : 'Write the middle of the condition: $boolean(a) ? a : b.',
  }),
  ASL044: entry({
    severity: 'error',
    title: '$eval is not available',
    message: () => "Step Functions' JSONata has no $eval.",
    why: 'AWS left it out.',
    remedy: () => 'Read JSON text with $parse.',
  }),
  ASL045: entry({
    severity: 'warning',
    title: 'An expression stands where it is only text',
    message: () => 'This {% … %} is taken as text: the state uses JSONPath.',
    why: 'Expressions are evaluated only in JSONata states.',
    remedy: () => 'Set "QueryLanguage": "JSONata" on the state, or remove the {% %}.',
  }),
  ASL046: entry({
    severity: 'warning',
    title: 'A string ends an expression that it did not begin',
    message: () => 'This string ends with %} and does not begin with {%: it is taken as text.',
    why: 'Only a string that begins with {% and ends with %} is an expression.',
    remedy: () => 'Begin the string with {%, with nothing before it.',
  }),
  ASL047: entry<{ key: string }>({
    severity: 'warning',
    title: 'A JSONPath key stands in a JSONata state',
    message: ({ key }) => `The key "${key}" keeps its .$ here: the state uses JSONata.`,
    why: 'Only JSONPath states read a path from a key that ends with .$.',
    remedy: () => 'Drop the .$ and write an expression {% … %}.',
  }),
  ASL048: entry<{ field: string; detail: string; intrinsic: boolean }>({
    severity: 'error',
    title: 'A path is not JSONPath',
    message: ({ field, detail }) => `${field}: ${detail}.`,
    why: 'AWS parses every path when the machine is made (SCHEMA_VALIDATION_FAILED).',
    remedy: ({ intrinsic }) =>
      intrinsic
        ? 'Write a JSONPath ("$.a.b", "$$.Execution.Id", "$variable") or an intrinsic function ("States.Format(…)").'
        : 'Write a JSONPath, such as "$.a.b".',
  }),
  ASL049: entry<{ detail: string }>({
    severity: 'error',
    title: 'An intrinsic function is called wrongly',
    message: ({ detail }) => `${detail}.`,
    why: 'AWS parses every intrinsic function when the machine is made (SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'See the list of intrinsic functions in the Step Functions documentation.',
  }),
  ASL050: entry<{ key: string }>({
    severity: 'warning',
    title: 'A path stands where it is only text',
    message: ({ key }) => `The value of "${key}" looks like a path, and is taken as text.`,
    why: 'Only a key that ends with .$ has its value read as a path (AWS warns: NO_DOLLAR).',
    remedy: ({ key }) => `Write "${key}.$" if a path is meant.`,
  }),
  ASL051: entry({
    severity: 'warning',
    title: "A Pass state's Result is constant",
    message: () => 'The Result of a Pass is taken as it stands; a path in it is text.',
    why: 'AWS warns of it too: PASS_RESULT_IS_STATIC.',
    remedy: () => 'Use Parameters instead of Result.',
  }),
  ASL052: entry<{ path: string; states: string }>({
    severity: 'warning',
    title: 'A path leads to what nothing produces',
    message: ({ path, states }) => `${path} is never there: what comes from ${states} has no such field.`,
    why: 'The state would fail with States.ParameterPathFailure or States.Runtime.',
    remedy: () => 'Check the path against what the states before produce.',
  }),
  ASL053: entry<{ field: string; value: string }>({
    severity: 'warning',
    title: 'A path does not begin with $',
    message: ({ field, value }) => `${field}: "${value}" does not begin with $.`,
    why: 'AWS takes it when the machine is made, and the state fails when it runs.',
    remedy: ({ value }) => `Write "$.${value}".`,
  }),
  ASL054: entry<{ name: string }>({
    severity: 'error',
    title: 'A JSONPath state stands in a JSONata machine',
    message: ({ name }) => `The state "${name}" asks for JSONPath in a machine whose QueryLanguage is JSONata.`,
    why: 'A state may go over to JSONata, not back (AWS: SCHEMA_VALIDATION_FAILED).',
    remedy: () => 'Set the QueryLanguage of the machine to JSONPath and that of the other states to JSONata.',
  }),
  ASL055: entry<{ field: string }>({
    severity: 'error',
    title: 'A part of $states cannot be read here',
    message: ({ field }) => `$states.${field} cannot be read here.`,
    why: 'AWS: reading $states.result or $states.errorOutput where they are not accessible is caught when the machine is made (UNSUPPORTED_JSONATA_EXPRESSION).',
    remedy: ({ field }) =>
      field === 'result'
        ? 'Read it in the Output or Assign of a Task, Parallel or Map; elsewhere read $states.input.'
        : 'Read it in the Output or Assign of a catcher.',
  }),
  ASL056: entry<{ field: string }>({
    severity: 'warning',
    title: 'A path stands in a field for text',
    message: ({ field }) => `The value of ${field} looks like a path, and is taken as text.`,
    why: 'Only a field whose name ends with Path has its value read as a path (AWS warns: NO_PATH).',
    remedy: ({ field }) => `Write ${field}Path if a path is meant.`,
  }),
  ASL057: entry<{ detail: string }>({
    severity: 'warning',
    title: 'An intrinsic function cannot take an argument',
    message: ({ detail }) => `${detail}.`,
    why: 'The state would fail when it runs, with States.IntrinsicFailure.',
    remedy: () => 'See the page of intrinsic functions in the Step Functions documentation for what each takes.',
  }),
  ASL058: entry<{ field: string; suggestion?: string | undefined }>({
    severity: 'error',
    title: '$states has no such part',
    message: ({ field }) => `$states.${field} does not exist.`,
    why: 'AWS refuses it when the machine is made (UNSUPPORTED_JSONATA_EXPRESSION).',
    remedy: ({ suggestion }) =>
      suggestion === undefined
        ? 'Read $states.input, $states.context, or where they are there $states.result and $states.errorOutput.'
        : `Did you mean $states.${suggestion}?`,
  }),
  ASL060: entry<{ name: string; outer: string }>({
    severity: 'error',
    title: 'A variable hides one of an outer scope',
    message: ({ name, outer }) => `The variable "${name}" is also assigned outside, by the state "${outer}".`,
    why: 'An inner scope reads outer variables and may not assign their names; AWS refuses the definition.',
    remedy: () => 'Choose another name inside, and hand the value out with Output.',
  }),
  ASL061: entry<{ name: string }>({
    severity: 'warning',
    title: 'A variable hides a built-in function',
    message: ({ name }) => `The variable "${name}" hides the function $${name}.`,
    why: `An expression that calls the function then fails when it runs (T1006).`,
    remedy: () => 'Choose another name.',
  }),
  ASL059: entry<{ name: string }>({
    severity: 'error',
    title: 'A name at the top of an expression',
    message: ({ name }) => `The expression reads "${name}" of nothing: at its top level there is no input.`,
    why: 'AWS refuses it (UNSUPPORTED_JSONATA_EXPRESSION): what a state is given is $states.input, and variables begin with $.',
    remedy: ({ name }) => `Write $states.input.${name}, or $${name} for a variable.`,
  }),
  ASL095: entry({
    severity: 'error',
    title: '$$ in an expression',
    message: () => "Step Functions' JSONata has no $$: an expression has no input of its own.",
    why: 'AWS refuses it (UNSUPPORTED_JSONATA_EXPRESSION). In JSONPath $$ is the context object.',
    remedy: () => 'Write $states.input for what the state is given, $states.context for the context object.',
  }),
  ASL096: entry<{ name: string }>({
    severity: 'warning',
    title: '$ at the top of an expression',
    message: () => '$ is nothing here: at the top level of an expression there is no input.',
    why: 'Its value is undefined; a field whose value is undefined fails the state.',
    remedy: () => 'Write $states.input. Within a path, a predicate or a function, $ is what is looked at.',
  }),
  ASL097: entry<{ member: string; suggestion?: string | undefined }>({
    severity: 'warning',
    title: 'The context object has no such field',
    message: ({ member }) => `${member} does not exist: the context object has no such field.`,
    why: 'Its value is undefined, or the path leads nowhere: the state fails when it runs.',
    remedy: ({ suggestion }) =>
      suggestion === undefined
        ? 'It has Execution, State, StateMachine, Task (with a token) and Map (within one).'
        : `Did you mean "${suggestion}"?`,
  }),
  ASL065: entry<{ name: string; outer: string }>({
    severity: 'warning',
    title: 'A variable is assigned inside and by the Catch around it',
    message: ({ name, outer }) =>
      `The variable "${name}" is also assigned by a Catch of "${outer}", which this state is in.`,
    why: 'AWS takes it, and the two are variables of different scopes.',
    remedy: () => 'Choose another name for one of them.',
  }),
  ASL062: entry<{ name: string; suggestion?: string | undefined; distributed: boolean }>({
    severity: 'warning',
    title: 'A variable is never assigned',
    message: ({ name, distributed }) =>
      distributed
        ? `$${name} is assigned outside of this distributed Map, whose states do not see it.`
        : `Nothing assigns the variable $${name} that is read here.`,
    why: 'Its value is undefined; a field whose value is undefined fails the state.',
    remedy: ({ suggestion, distributed }) =>
      distributed
        ? 'Hand the value in through ItemSelector or ItemBatcher.'
        : suggestion === undefined
          ? 'Assign it in a state before, or check the name.'
          : `Did you mean $${suggestion}?`,
  }),
  ASL063: entry<{ name: string }>({
    severity: 'warning',
    title: 'A variable is not assigned on every way',
    message: ({ name }) => `There is a way to this state on which nothing has assigned $${name}.`,
    why: 'Its value is then undefined; a field whose value is undefined fails the state.',
    remedy: ({ name }) => `Assign it at the start, or guard it: $exists($${name}) ? … : ….`,
  }),
  ASL064: entry<{ name: string; detail: string }>({
    severity: 'error',
    title: 'A variable cannot have this name',
    message: ({ name, detail }) => `"${name}" cannot be a variable: ${detail}.`,
    why: 'A name is a Unicode identifier of at most 80 characters; "states" is reserved.',
    remedy: () => 'Choose another name.',
  }),
};
