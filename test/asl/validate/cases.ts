import type { Json, JsonObject } from '../../../asl/json/value.ts';

/** A definition, or its text where the text is what matters, and what the validator says of it: `code path`. */
export interface Case {
  readonly name: string;
  readonly definition: JsonObject | string;
  readonly says: readonly string[];
  readonly express?: true;
}

const pass: JsonObject = { Type: 'Pass', End: true };
const next = (to: string, more: JsonObject = {}): JsonObject => ({ Type: 'Pass', Next: to, ...more });
const machine = (states: JsonObject, more: JsonObject = {}): JsonObject => ({
  StartAt: Object.keys(states)[0]!,
  States: states,
  ...more,
});
const one = (state: JsonObject, more: JsonObject = {}): JsonObject => machine({ A: state }, more);
const jsonata = (states: JsonObject): JsonObject => machine(states, { QueryLanguage: 'JSONata' });
const task = (more: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  End: true,
  ...more,
});
const sdk = (action: string, Parameters?: Json): JsonObject =>
  one(task({ Resource: `arn:aws:states:::aws-sdk:${action}`, ...(Parameters !== undefined && { Parameters }) }));
const output = (Output: Json): JsonObject => jsonata({ A: { Type: 'Pass', Output, End: true } });
const choice = (...Choices: JsonObject[]): JsonObject =>
  machine({ C: { Type: 'Choice', Choices: Choices.map((rule) => ({ Next: 'A', ...rule })) }, A: pass });
const parallel = (...branches: JsonObject[]): JsonObject => ({ Type: 'Parallel', Branches: branches, End: true });
const map = (more: JsonObject = {}, config?: JsonObject): JsonObject => ({
  Type: 'Map',
  ItemProcessor: { ...machine({ I: pass }), ...(config !== undefined && { ProcessorConfig: config }) },
  End: true,
  ...more,
});
const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };

export const CASES: readonly Case[] = [
  // The text
  { name: 'text that is not JSON', definition: '{"StartAt": }', says: ['ASL001 '] },
  { name: 'an empty text', definition: '', says: ['ASL001 '] },
  {
    name: 'a key twice',
    definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"End":true}}}',
    says: ['ASL002 /States/A/End'],
  },
  { name: 'more than 1 MB', definition: one(pass, { Comment: 'x'.repeat(1_048_576) }), says: ['ASL003 '] },
  { name: 'a list', definition: '[]', says: ['ASL005 '] },
  // Fields
  { name: 'no States', definition: { StartAt: 'A' }, says: ['ASL010 '] },
  { name: 'a state without Type', definition: one({ End: true }), says: ['ASL010 /States/A'] },
  { name: 'a Task without Resource', definition: one({ Type: 'Task', End: true }), says: ['ASL010 /States/A'] },
  { name: 'a field that does not exist', definition: one({ ...pass, Foo: 1 }), says: ['ASL011 /States/A/Foo'] },
  { name: 'a field of the wrong type', definition: one({ ...pass, Comment: 1 }), says: ['ASL012 /States/A/Comment'] },
  {
    name: 'a number out of range',
    definition: one(task({ TimeoutSeconds: 0 })),
    says: ['ASL012 /States/A/TimeoutSeconds'],
  },
  { name: 'a state that is no object', definition: machine({ A: 1 }), says: ['ASL012 /States/A'] },
  {
    name: 'text where JSONata wants a number',
    definition: jsonata({ A: task({ TimeoutSeconds: '10', Arguments: { FunctionName: 'f' } }) }),
    says: ['ASL012 /States/A/TimeoutSeconds'],
  },
  {
    name: 'two ways to say when',
    definition: one({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true }),
    says: ['ASL013 /States/A/Timestamp'],
  },
  { name: 'no way to say when', definition: one({ Type: 'Wait', End: true }), says: ['ASL014 /States/A'] },
  { name: 'an unknown type', definition: one({ Type: 'Tusk', End: true }), says: ['ASL015 /States/A/Type'] },
  {
    name: 'a day that does not exist',
    definition: one({ Type: 'Wait', Timestamp: '2026-02-29T00:00:00Z', End: true }),
    says: ['ASL016 /States/A/Timestamp'],
  },
  {
    name: 'a leap day',
    definition: one({ Type: 'Wait', Timestamp: '2028-02-29T23:59:60.5+01:00', End: true }),
    says: [],
  },
  {
    name: 'a heartbeat as long as the timeout',
    definition: one(task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 })),
    says: ['ASL017 /States/A/HeartbeatSeconds'],
  },
  // Flow
  { name: 'Next to nothing', definition: one(next('B')), says: ['ASL020 /States/A/Next'] },
  {
    name: 'Next out of a branch',
    definition: machine({ P: { ...parallel(machine({ A: next('B') })), End: false, Next: 'B' }, B: pass }),
    says: ['ASL020 /States/P/Branches/0/States/A/Next', 'ASL027 /States/P/End'],
  },
  { name: 'a state that nothing leads to', definition: machine({ A: pass, B: pass }), says: ['ASL021 /States/B'] },
  { name: 'a circle', definition: machine({ A: next('B'), B: next('A') }), says: ['ASL022 '] },
  {
    name: 'Next and End',
    definition: machine({ A: next('B', { End: true }), B: pass }),
    says: ['ASL023 /States/A/End'],
  },
  { name: 'neither Next nor End', definition: one({ Type: 'Pass' }), says: ['ASL024 /States/A'] },
  {
    name: 'a name twice',
    definition: one(parallel(machine({ B: pass }), machine({ B: pass }))),
    says: ['ASL025 /States/A/Branches/1/States/B'],
  },
  { name: 'a long name', definition: machine({ ['𝒳'.repeat(81)]: pass }), says: [`ASL026 /States/${'𝒳'.repeat(81)}`] },
  { name: 'a name of 80 characters outside of the BMP', definition: machine({ ['𝒳'.repeat(80)]: pass }), says: [] },
  {
    name: 'States.ALL with another',
    definition: one(task({ Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] })),
    says: ['ASL030 /States/A/Retry/0/ErrorEquals'],
  },
  {
    name: 'States.ALL before another',
    definition: one(task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] })),
    says: ['ASL031 /States/A/Retry/0/ErrorEquals'],
  },
  {
    name: 'an error of States that does not exist',
    definition: one(task({ Retry: [{ ErrorEquals: ['States.Timeouts'] }] })),
    says: ['ASL032 /States/A/Retry/0/ErrorEquals/0'],
  },
  {
    name: 'an error that nothing catches',
    definition: one(task({ Retry: [{ ErrorEquals: ['States.Runtime'] }] })),
    says: ['ASL033 /States/A/Retry/0/ErrorEquals/0'],
  },
  { name: 'a rule without comparison', definition: choice({ Variable: '$.a' }), says: ['ASL034 /States/C/Choices/0'] },
  {
    name: 'a rule with two',
    definition: choice({ Variable: '$.a', StringEquals: 'x', IsNull: true }),
    says: ['ASL035 /States/C/Choices/0'],
  },
  {
    name: 'a number compared with text',
    definition: choice({ Variable: '$.a', NumericEquals: '1' }),
    says: ['ASL036 /States/C/Choices/0/NumericEquals'],
  },
  {
    name: 'a Variable beside Not',
    definition: choice({ Variable: '$.a', Not: { Variable: '$.a', IsNull: true } }),
    says: ['ASL038 /States/C/Choices/0/Variable'],
  },
  {
    name: 'a nested rule with Next',
    definition: choice({ Not: { Variable: '$.a', IsNull: true, Next: 'A' } }),
    says: ['ASL037 /States/C/Choices/0/Not/Next'],
  },
  // Expressions
  {
    name: 'a JSONPath field in JSONata',
    definition: jsonata({ A: { ...pass, ResultPath: '$.a' } }),
    says: ['ASL040 /States/A/ResultPath'],
  },
  { name: 'a JSONata field in JSONPath', definition: one({ ...pass, Output: 1 }), says: ['ASL040 /States/A/Output'] },
  {
    name: 'a JSONPath state in a JSONata machine',
    definition: jsonata({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
    says: ['ASL054 /States/A/QueryLanguage'],
  },
  {
    name: 'a JSONata state in a JSONPath machine',
    definition: one({ ...pass, QueryLanguage: 'JSONata', Output: 1 }),
    says: [],
  },
  {
    name: 'Parameters of an ItemReader in JSONata',
    definition: jsonata({
      A: map(
        {
          ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: {}, ReaderConfig: { InputType: 'XML' } },
        },
        distributed,
      ),
    }),
    says: ['ASL040 /States/A/ItemReader/Parameters', 'ASL012 /States/A/ItemReader/ReaderConfig/InputType'],
  },
  {
    name: 'a result written to the context',
    definition: one({ ...pass, ResultPath: '$$.a' }),
    says: ['ASL048 /States/A/ResultPath'],
  },
  { name: 'broken JSONata', definition: output('{% $sum( %}'), says: ['ASL041 /States/A/Output'] },
  {
    name: 'a result where there is none',
    definition: jsonata({ A: task({ Arguments: { FunctionName: '{% $states.result.a %}' } }) }),
    says: ['ASL055 /States/A/Arguments/FunctionName'],
  },
  {
    name: 'a result and an error where they are',
    definition: jsonata({
      A: {
        ...task({ Arguments: { FunctionName: 'f' }, Output: { a: '{% $states.result.a %}' } }),
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B', Assign: { e: '{% $states.errorOutput.Cause %}' } }],
      },
      B: pass,
    }),
    says: [],
  },
  { name: 'a half-open expression', definition: output({ a: ['{% 1'] }), says: ['ASL042 /States/A/Output/a/0'] },
  { name: '??', definition: output('{% $states.input.a ?? 1 %}'), says: ['ASL043 /States/A/Output'] },
  { name: '?:', definition: output('{% $states.input.a ?: 1 %}'), says: ['ASL043 /States/A/Output'] },
  { name: '?? in a text', definition: output("{% 'what??' %}"), says: [] },
  { name: '$eval', definition: output("{% $eval('1') %}"), says: ['ASL044 /States/A/Output'] },
  {
    name: 'an expression in JSONPath',
    definition: one({ ...pass, Parameters: { a: '{% 1 %}' } }),
    says: ['ASL045 /States/A/Parameters/a'],
  },
  { name: 'an end without a beginning', definition: output('1 %}'), says: ['ASL046 /States/A/Output'] },
  { name: 'a JSONPath key in JSONata', definition: output({ 'a.$': '$.a' }), says: ['ASL047 /States/A/Output/a.$'] },
  {
    name: 'text that is no path',
    definition: one({ ...pass, InputPath: 'a b' }),
    says: ['ASL048 /States/A/InputPath'],
  },
  {
    name: 'a ResultPath to several places',
    definition: one({ ...pass, ResultPath: '$.a[*]' }),
    says: ['ASL048 /States/A/ResultPath'],
  },
  {
    name: 'an intrinsic that does not exist',
    definition: one({ ...pass, Parameters: { 'a.$': 'States.Foo()' } }),
    says: ['ASL049 /States/A/Parameters/a.$'],
  },
  {
    name: 'an escape that intrinsics do not have',
    definition: one({ ...pass, Parameters: { 'a.$': "States.Format('\\\"')" } }),
    says: ['ASL049 /States/A/Parameters/a.$'],
  },
  {
    name: 'an intrinsic with too few arguments',
    definition: one({ ...pass, Parameters: { 'a.$': 'States.MathAdd(1)' } }),
    says: ['ASL049 /States/A/Parameters/a.$'],
  },
  {
    name: 'a Cause that is no text',
    definition: one({ Type: 'Fail', CausePath: 'States.MathAdd(1, 2)' }),
    says: ['ASL049 /States/A/CausePath'],
  },
  {
    name: 'a path without .$',
    definition: one({ ...pass, Parameters: { a: '$.b' } }),
    says: ['ASL050 /States/A/Parameters/a'],
  },
  {
    name: 'a path in a Result',
    definition: one({ ...pass, Result: { 'a.$': '$.b' } }),
    says: ['ASL051 /States/A/Result/a.$'],
  },
  {
    name: 'a TimestampPath without $',
    definition: one({ Type: 'Wait', TimestampPath: 'when', End: true }),
    says: ['ASL053 /States/A/TimestampPath'],
  },
  {
    name: 'a path to what nothing produces',
    definition: machine({
      A: next('B', { Result: { a: { b: 1 } } }),
      B: next('C', { Parameters: { 'x.$': '$.a.c', 'y.$': '$.a.b' }, ResultPath: '$.r' }),
      C: { Type: 'Wait', SecondsPath: '$.r.z', End: true },
    }),
    says: ['ASL052 /States/B/Parameters/x.$', 'ASL052 /States/C/SecondsPath'],
  },
  {
    name: 'a path to what one of two ways produces',
    definition: machine({
      C: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'A' }], Default: 'B' },
      A: next('E', { Result: { a: 1 } }),
      B: next('E', { Result: { b: 1 } }),
      E: { ...pass, Parameters: { 'x.$': '$.a', 'y.$': '$.b', 'z.$': '$.items[0].x' } },
    }),
    says: ['ASL052 /States/E/Parameters/z.$'],
  },
  {
    name: 'a path to what an input, a task or a catcher may hold',
    definition: machine({
      A: { ...task({ ResultPath: '$.t' }), End: false, Next: 'B', Catch: [{ ErrorEquals: ['X'], Next: 'B' }] },
      B: { ...pass, Parameters: { 'x.$': '$.t.u', 'y.$': '$.input', 'z.$': '$.Cause' } },
    }),
    says: ['ASL027 /States/A/End'],
  },
  {
    name: 'a path in a field for text',
    definition: one({ Type: 'Fail', Error: '$.error', Cause: 'it cost $5' }),
    says: ['ASL056 /States/A/Error'],
  },
  {
    name: 'literals that intrinsics cannot take',
    definition: one({
      ...pass,
      Parameters: {
        'a.$': "States.MathAdd('1', 2)",
        'b.$': "States.Format('{} {}', $.a)",
        'c.$': "States.Format('\\{\\} {}', $.a)",
        'd.$': "States.Hash($.a, 'SHA-3')",
        'e.$': "States.ArrayLength(States.Array(1, 'b', null, true))",
        'f.$': "States.ArrayGetItem(States.StringSplit($.a, ','), 0)",
        'g.$': 'States.ArrayRange(1, 9, 0)',
        'h.$': 'States.JsonMerge($.a, $.b, true)',
      },
    }),
    says: ['a', 'b', 'd', 'g', 'h'].map((key) => `ASL057 /States/A/Parameters/${key}.$`),
  },
  {
    name: 'names at the top of expressions',
    definition: output({
      a: '{% phone %}',
      b: '{% 1 + $sum(items.price) %}',
      c: "{% $x ? {'k': [name]} : 2 %}",
      d: '{% $states.input.items[price > 1].{"k": name} %}',
      e: '{% $map($states.input.a, function($v) { $v.name }) %}',
      f: "{% [{'a': 1}].a %}",
      g: '{% $states.input.items^(price) %}',
    }),
    says: [
      'ASL059 /States/A/Output/a',
      'ASL059 /States/A/Output/b',
      'ASL059 /States/A/Output/c',
      'ASL062 /States/A/Output/c',
    ],
  },
  {
    name: 'a part that $states has not',
    definition: output('{% $states.inputs.a & $states.context.State.Name %}'),
    says: ['ASL058 /States/A/Output'],
  },
  {
    name: 'parts that $states has, and a $states of its own',
    definition: output({
      a: '{% $states.context.Execution.Input.anything.at.all & $states.context.Map.Item.Value.x %}',
      b: "{% $lookup($states, 'inputs') %}",
      c: '{% ($states := {"mine": 1}; $states.mine) %}',
      d: '{% $map([1], function($states) { $states.mine }) %}',
      e: '{% $states.context.*.Id %}',
      f: '{% $keys($states) %}',
    }),
    says: [],
  },
  {
    name: 'fields that the context object has not',
    definition: machine({
      A: { Type: 'Pass', Parameters: { 'a.$': '$$.Execution.Nmae', 'b.$': '$$.Execution.Input.any' }, Next: 'B' },
      B: {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: { a: '{% $states.context.Run.Id %}', b: '{% $states.context.State.Nmae %}' },
        End: true,
      },
    }),
    says: ['ASL097 /States/A/Parameters/a.$', 'ASL097 /States/B/Output/a', 'ASL097 /States/B/Output/b'],
  },
  {
    name: '$$ wherever it stands in an expression',
    definition: output({
      a: '{% $$ %}',
      b: '{% $states.input.rows[id = $$.id] %}',
      c: '{% $map([1], function($v) { $$ }) %}',
      d: "{% '$$' %}",
    }),
    says: ['ASL095 /States/A/Output/a', 'ASL095 /States/A/Output/b', 'ASL095 /States/A/Output/c'],
  },
  {
    name: '$ where it is nothing, and where it is something',
    definition: output({
      a: '{% $ %}',
      b: '{% $string($.a) %}',
      c: '{% $states.input.rows[$ > 1].($ & "") %}',
      d: '{% [1, 2] ~> $map(function($v) { $v }) %}',
    }),
    says: ['ASL096 /States/A/Output/a', 'ASL096 /States/A/Output/b'],
  },
  {
    name: 'the result of a Pass',
    definition: output('{% $states.result %}'),
    says: ['ASL055 /States/A/Output'],
  },
  { name: '$eval handed on', definition: output("{% $map(['1'], $eval) %}"), says: ['ASL062 /States/A/Output'] },
  // Variables
  {
    name: 'a name of an outer scope',
    definition: jsonata({
      S: next('P', { Assign: { x: 1 } }),
      P: parallel(machine({ A: { ...pass, Assign: { x: 2 } } })),
    }),
    says: ['ASL060 /States/P/Branches/0/States/A/Assign/x'],
  },
  {
    name: 'the same name in two branches',
    definition: jsonata({
      P: parallel(machine({ A: { ...pass, Assign: { x: 1 } } }), machine({ B: { ...pass, Assign: { x: 2 } } })),
    }),
    says: [],
  },
  {
    name: 'a name of an outer scope in a distributed Map',
    definition: jsonata({
      S: next('M', { Assign: { x: 1 } }),
      M: {
        ...map({}, distributed),
        ItemProcessor: { ...machine({ I: { ...pass, Assign: { x: 2 } } }), ProcessorConfig: distributed },
      },
    }),
    says: [],
  },
  {
    name: 'a name that only the Catch around assigns',
    definition: jsonata({
      P: {
        ...parallel(machine({ A: { ...pass, Assign: { x: 2 } } })),
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B', Assign: { x: 1 } }],
      },
      B: pass,
    }),
    says: ['ASL065 /States/P/Branches/0/States/A/Assign/x'],
  },
  {
    name: 'a name of a function',
    definition: jsonata({ A: { ...pass, Assign: { count: 1 } } }),
    says: ['ASL061 /States/A/Assign/count'],
  },
  { name: 'a variable that nothing assigns', definition: output('{% $x %}'), says: ['ASL062 /States/A/Output'] },
  { name: 'a variable of the expression itself', definition: output('{% ($x := 1; $x) %}'), says: [] },
  { name: 'a parameter', definition: output('{% $map([1], function($v, $i) { $v + $i }) %}'), says: [] },
  { name: 'variables of a path', definition: output('{% $states.input.a@$a#$i.b[c = $a.c].($i) %}'), says: [] },
  { name: 'a function handed on', definition: output("{% $map(['a'], $uppercase) %}"), says: [] },
  {
    name: 'a variable outside of a distributed Map',
    definition: jsonata({
      S: next('M', { Assign: { x: 1 } }),
      M: {
        ...map({}, distributed),
        ItemProcessor: { ...machine({ I: { ...pass, Output: '{% $x %}' } }), ProcessorConfig: distributed },
      },
    }),
    says: ['ASL062 /States/M/ItemProcessor/States/I/Output'],
  },
  {
    name: 'a JSONPath variable that nothing assigns',
    definition: one({ ...pass, Parameters: { 'a.$': "States.Format('{}', $x.y)" } }),
    says: ['ASL062 /States/A/Parameters/a.$'],
  },
  {
    name: 'a variable assigned on one of two ways',
    definition: jsonata({
      C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'S' }], Default: 'E' },
      S: next('E', { Assign: { x: 1 } }),
      E: { ...pass, Output: '{% $x %}' },
    }),
    says: ['ASL063 /States/E/Output'],
  },
  {
    name: 'a variable assigned on both ways, one of them a rule',
    definition: jsonata({
      C: {
        Type: 'Choice',
        Choices: [
          { Condition: true, Next: 'S' },
          { Condition: true, Next: 'E', Assign: { x: 1 } },
        ],
      },
      S: next('E', { Assign: { x: 1 } }),
      E: { ...pass, Output: '{% $x %}' },
    }),
    says: [],
  },
  {
    name: 'a variable that a loop assigns before it is read',
    definition: jsonata({
      S: next('C', { Assign: { i: 0 } }),
      C: { Type: 'Choice', Choices: [{ Condition: '{% $i < 3 %}', Next: 'L' }], Default: 'E' },
      L: next('C', { Assign: { i: '{% $i + 1 %}' } }),
      E: pass,
    }),
    says: [],
  },
  {
    name: 'a variable that a catcher does not assign',
    definition: jsonata({
      T: {
        ...task({ Arguments: { FunctionName: 'f' }, Assign: { x: 1 } }),
        Catch: [{ ErrorEquals: ['X'], Next: 'E' }],
      },
      E: { ...pass, Output: '{% $x %}' },
    }),
    says: ['ASL063 /States/E/Output'],
  },
  {
    name: 'a variable of which a part is compared with null before it is read',
    definition: jsonata({
      C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'S' }], Default: 'E' },
      S: next('E', { Assign: { x: { a: 1 } } }),
      E: { ...pass, Output: '{% $x.a != null ? $x.a : 0 %}' },
    }),
    says: [],
  },
  {
    name: 'a variable that is compared with something else does not count as looked at',
    definition: jsonata({
      C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'S' }], Default: 'E' },
      S: next('E', { Assign: { x: { a: 1 } } }),
      E: { ...pass, Output: '{% $x.a != 1 ? $x.a : 0 %}' },
    }),
    says: ['ASL063 /States/E/Output'],
  },
  {
    name: 'a variable that is looked at before it is read',
    definition: jsonata({
      C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'S' }], Default: 'E' },
      S: next('E', { Assign: { x: 1 } }),
      E: { ...pass, Output: '{% $exists($x) ? $x : 0 %}' },
    }),
    says: [],
  },
  {
    name: 'a variable read in a branch, assigned before it',
    definition: jsonata({
      S: next('P', { Assign: { x: 1 } }),
      P: parallel(machine({ A: { ...pass, Output: '{% $x %}' } })),
    }),
    says: [],
  },
  {
    name: '$states as a variable',
    definition: jsonata({ A: { ...pass, Assign: { states: 1 } } }),
    says: ['ASL064 /States/A/Assign/states'],
  },
  {
    name: 'a variable with a hyphen',
    definition: jsonata({ A: { ...pass, Assign: { 'a-b': 1 } } }),
    says: ['ASL064 /States/A/Assign/a-b'],
  },
  // Tasks
  {
    name: 'a Resource that is no ARN',
    definition: one(task({ Resource: 'lambda' })),
    says: ['ASL070 /States/A/Resource'],
  },
  {
    name: 'a placeholder that is not closed',
    definition: one(task({ Resource: '${x' })),
    says: ['ASL070 /States/A/Resource'],
  },
  { name: 'a placeholder', definition: one(task({ Resource: '${x}' })), says: ['ASL088 /States/A/Resource'] },
  {
    name: 'a placeholder for the partition, and what is called behind it',
    definition: one(task({ Resource: 'arn:${AWS::Partition}:states:::sqs:noSuchApi' })),
    says: ['ASL073 /States/A/Resource', 'ASL088 /States/A/Resource'],
  },
  {
    name: "the Serverless Framework's placeholders",
    definition: one(task({ Resource: 'arn:aws:lambda:#{AWS::Region}:#{AWS::AccountId}:function:f' })),
    says: ['ASL088 /States/A/Resource'],
  },
  {
    name: 'Credentials without a role, with none, and where they have no use',
    definition: machine({
      A: { ...task({ Credentials: {} }), End: false, Next: 'B' },
      B: { ...task({ Credentials: { RoleArn: 'r' } }), End: false, Next: 'C' },
      C: {
        ...task({ Resource: 'arn:aws:states:eu-west-1:123456789012:activity:a' }),
        Credentials: { 'RoleArn.$': '$.role' },
        End: false,
        Next: 'D',
      },
      D: { ...task({ Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' } }), End: false, Next: 'E' },
      E: task({ Credentials: { RoleArn: 5 } }),
    }),
    says: [
      ...['A', 'B', 'C', 'D'].map((name) => `ASL027 /States/${name}/End`),
      'ASL010 /States/A/Credentials',
      'ASL089 /States/B/Credentials/RoleArn',
      'ASL089 /States/C/Credentials',
      'ASL089 /States/E/Credentials/RoleArn',
    ],
  },
  {
    name: 'a Lambda alias',
    definition: one(task({ Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f:$LATEST' })),
    says: [],
  },
  { name: 'a URI that is no ARN', definition: one(task({ Resource: 'urn:x' })), says: ['ASL071 /States/A/Resource'] },
  {
    name: 'an optimized service that does not exist',
    definition: one(task({ Resource: 'arn:aws:states:::rds:x' })),
    says: ['ASL072 /States/A/Resource'],
  },
  { name: 'an SDK service that does not exist', definition: sdk('logs:x', {}), says: ['ASL072 /States/A/Resource'] },
  {
    name: 'an action that does not exist',
    definition: sdk('glue:GetCrawler', {}),
    says: ['ASL073 /States/A/Resource'],
  },
  {
    name: 'a pattern that does not exist',
    definition: sdk('glue:listCrawlers.sync', {}),
    says: ['ASL074 /States/A/Resource'],
  },
  {
    name: 'a token that nobody gets',
    definition: one(
      task({
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'q', MessageBody: 'm' },
      }),
    ),
    says: ['ASL075 /States/A/Resource'],
  },
  {
    name: 'a token that somebody gets',
    definition: one(
      task({
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' },
      }),
    ),
    says: [],
  },
  {
    name: 'an argument in camelCase',
    definition: sdk('sfn:startExecution', { StateMachineArn: 'a', input: '{}' }),
    says: ['ASL076 /States/A/Parameters/input'],
  },
  {
    name: "the API's own spelling",
    definition: sdk('rds:describeDBInstances', { DBInstanceIdentifier: 'a' }),
    says: ['ASL077 /States/A/Parameters/DBInstanceIdentifier'],
  },
  { name: 'a required argument', definition: sdk('glue:getCrawler', {}), says: ['ASL093 /States/A/Parameters'] },
  {
    name: 'a required argument of an optimized integration',
    definition: one(task({ Resource: 'arn:aws:states:::http:invoke', Parameters: { Method: 'GET' } })),
    says: ['ASL078 /States/A/Parameters'],
  },
  {
    name: 'a literal of the wrong type',
    definition: sdk('lambda:invoke', { FunctionName: 'f', Payload: 1 }),
    says: ['ASL085 /States/A/Parameters/Payload'],
  },
  {
    name: 'a number as the Payload of a function',
    definition: one(task({ Parameters: { FunctionName: 'f', Payload: 1 } })),
    says: ['ASL085 /States/A/Parameters/Payload'],
  },
  {
    name: 'literals that AWS converts, and what is computed',
    definition: sdk('sfn:sendTaskSuccess', { 'TaskToken.$': '$.token', Output: { 'a.$': '$.a', b: 1 } }),
    says: [],
  },
  {
    name: 'values that an enum does not have',
    definition: sdk('lambda:createFunction', {
      FunctionName: 'f',
      Role: 'r',
      Code: { 'S3Bucket.$': '$.bucket' },
      PackageType: 'zip',
      Architectures: ['arm64', 'x86'],
      TracingConfig: { Mode: 'On' },
    }),
    says: [
      'ASL112 /States/A/Parameters/PackageType',
      'ASL112 /States/A/Parameters/Architectures/1',
      'ASL112 /States/A/Parameters/TracingConfig/Mode',
    ],
  },
  {
    name: 'values of enums that are known later, or that another rule tells',
    definition: sdk('lambda:createFunction', {
      FunctionName: 'f',
      Role: 'r',
      Code: { 'S3Bucket.$': '$.bucket' },
      'PackageType.$': '$.type',
      Runtime: '${Runtime}',
      TracingConfig: { Mode: '$.mode' },
    }),
    says: ['ASL050 /States/A/Parameters/TracingConfig/Mode'],
  },
  {
    name: 'an enum that the model has for another thing',
    definition: sdk('sqs:receiveMessage', { QueueUrl: 'q', AttributeNames: ['SentTimestamp'] }),
    says: [],
  },
  {
    name: 'an enum of so many values that it grows every week',
    definition: sdk('ec2:describeInstanceTypes', { InstanceTypes: ['m99.large'] }),
    says: [],
  },
  {
    name: 'members and values within a structure that an optimized integration takes from another action',
    definition: one(
      task({
        Resource: 'arn:aws:states:::elasticmapreduce:addStep.sync',
        Parameters: {
          ClusterId: 'j',
          Step: { Name: 's', ActionOnFailure: 'CONTINU', HadoopJarStep: { Jar: 'j', Arg: [] } },
        },
      }),
    ),
    says: ['ASL112 /States/A/Parameters/Step/ActionOnFailure', 'ASL077 /States/A/Parameters/Step/HadoopJarStep/Arg'],
  },
  {
    name: 'members and values of an HTTP task',
    definition: one(
      task({
        Resource: 'arn:aws:states:::http:invoke',
        Parameters: {
          ApiEndpoint: 'https://a.example',
          Method: 'FETCH',
          InvocationConfig: { ConnectionARN: 'arn:aws:events:us-east-1:111122223333:connection/a/b' },
          Transform: { RequestBodyEncoding: 'JSON', RequestEncodingOptions: { ArrayFormat: 'LIST' } },
        },
      }),
    ),
    says: [
      'ASL112 /States/A/Parameters/Method',
      'ASL077 /States/A/Parameters/InvocationConfig/ConnectionARN',
      'ASL112 /States/A/Parameters/Transform/RequestBodyEncoding',
      'ASL112 /States/A/Parameters/Transform/RequestEncodingOptions/ArrayFormat',
    ],
  },
  {
    name: 'names and values within the arguments',
    definition: sdk('ecs:runTask', {
      TaskDefinition: 't',
      Count: '2',
      NetworkConfiguration: { AwsvpcConfiguration: { Subnet: ['s'], 'Subnets.$': '$.subnets' } },
      Overrides: { ContainerOverrides: [{ Environment: [{ name: 'A', Value: 1 }] }] },
      Tags: 'no',
    }),
    says: [
      'ASL092 /States/A/Parameters/Count',
      'ASL077 /States/A/Parameters/NetworkConfiguration/AwsvpcConfiguration/Subnet',
      'ASL077 /States/A/Parameters/Overrides/ContainerOverrides/0/Environment/0/name',
      'ASL092 /States/A/Parameters/Overrides/ContainerOverrides/0/Environment/0/Value',
      'ASL085 /States/A/Parameters/Tags',
    ],
  },
  {
    name: "keys of a map, attributes of DynamoDB, and the API's own spelling in an optimized integration",
    definition: one(
      task({
        Resource: 'arn:aws:states:::dynamodb:putItem',
        Parameters: { TableName: 't', Item: { id: { 'S.$': '$.id' }, done: { BOOL: true }, plain: 'text' } },
      }),
    ),
    says: [],
  },
  { name: 'a required argument from a path', definition: sdk('glue:getCrawler', { 'Name.$': '$.a' }), says: [] },
  { name: 'no arguments', definition: sdk('s3:listBuckets'), says: ['ASL079 /States/A'] },
  { name: 'a service that has ended', definition: sdk('qldb:listLedgers', {}), says: ['ASL084 /States/A/Resource'] },
  {
    name: "an argument that an optimized integration's API does not have",
    definition: one(task({ Parameters: { FunctionName: 'f', Input: 1 } })),
    says: ['ASL077 /States/A/Parameters/Input'],
  },
  // Maps and workflow types
  {
    name: 'a Label with a blank',
    definition: one(map({ Label: 'a b' }, distributed)),
    says: ['ASL080 /States/A/Label'],
  },
  {
    name: 'a Label twice',
    definition: machine({
      A: { ...map({ Label: 'l' }, distributed), End: false, Next: 'B' },
      B: {
        ...map({ Label: 'l' }, distributed),
        ItemProcessor: { ...machine({ J: pass }), ProcessorConfig: distributed },
      },
    }),
    says: ['ASL027 /States/A/End', 'ASL081 /States/B/Label'],
  },
  {
    name: 'tolerance in an inline Map',
    definition: one(map({ ToleratedFailureCount: 1 })),
    says: ['ASL082 /States/A/ToleratedFailureCount'],
  },
  {
    name: 'a distributed Map without ExecutionType',
    definition: one(map({}, { Mode: 'DISTRIBUTED' })),
    says: ['ASL083 /States/A/ItemProcessor/ProcessorConfig'],
  },
  {
    name: 'an ExecutionType in an inline Map',
    definition: one(map({}, { Mode: 'INLINE', ExecutionType: 'STANDARD' })),
    says: ['ASL082 /States/A/ItemProcessor/ProcessorConfig/ExecutionType'],
  },
  {
    name: 'a reader, a batcher and a writer as they should be',
    definition: one(
      map(
        {
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            Parameters: { Bucket: 'b', 'Key.$': '$.k' },
            ReaderConfig: {
              InputType: 'CSV',
              CSVHeaderLocation: 'GIVEN',
              CSVHeaders: ['a'],
              CSVDelimiter: 'PIPE',
              MaxItemsPath: '$.n',
            },
          },
          ItemBatcher: { MaxItemsPerBatchPath: '$.n', MaxInputBytesPerBatch: 262_144, BatchInput: { 'x.$': '$.x' } },
          ResultWriter: {
            Resource: 'arn:aws:states:::s3:putObject',
            Parameters: { Bucket: 'b', Prefix: 'p' },
            WriterConfig: { OutputType: 'JSONL', Transformation: 'FLATTEN' },
          },
        },
        distributed,
      ),
    ),
    says: [],
  },
  {
    name: 'a reader of headers that are not given, and of too many items',
    definition: one(
      map(
        {
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            Parameters: { Bucket: 'b' },
            ReaderConfig: {
              InputType: 'CSV',
              CSVHeaderLocation: 'GIVEN',
              ItemsPointer: '/a',
              MaxItems: 100_000_001,
              MaxRows: 1,
            },
          },
        },
        distributed,
      ),
    ),
    says: [
      'ASL010 /States/A/ItemReader/ReaderConfig',
      'ASL011 /States/A/ItemReader/ReaderConfig/MaxRows',
      'ASL078 /States/A/ItemReader/Parameters',
      'ASL086 /States/A/ItemReader/ReaderConfig/ItemsPointer',
      'ASL087 /States/A/ItemReader/ReaderConfig/MaxItems',
    ],
  },
  {
    name: 'headers beside FIRST_ROW',
    definition: one(
      map(
        {
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            Parameters: { Bucket: 'b', Key: 'k' },
            ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', CSVHeaders: ['a'] },
          },
        },
        distributed,
      ),
    ),
    says: ['ASL086 /States/A/ItemReader/ReaderConfig/CSVHeaders'],
  },
  {
    name: 'a reader and a writer without arguments, or with calls that they cannot make',
    definition: machine({
      A: {
        ...map(
          {
            ItemReader: { Resource: 'arn:aws-cn:states:::s3:getObject', ReaderConfig: { InputType: 'JSON' } },
            ResultWriter: { Resource: 'arn:aws-us-gov:states:::s3:putObject' },
          },
          distributed,
        ),
        End: false,
        Next: 'B',
      },
      B: {
        ...map(
          {
            ItemReader: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Key: 'k' } },
            ResultWriter: { Resource: 'arn:aws:states:::aws-sdk:s3:putObject', Parameters: { Bucket: 'b' } },
          },
          distributed,
        ),
        ItemProcessor: { ...machine({ J: pass }), ProcessorConfig: distributed },
      },
    }),
    says: [
      'ASL010 /States/A/ItemReader',
      'ASL010 /States/A/ResultWriter',
      'ASL027 /States/A/End',
      'ASL094 /States/B/ItemReader/Resource',
      'ASL094 /States/B/ResultWriter/Resource',
    ],
  },
  {
    name: 'a reader that sends messages, a batcher of no size and a writer of nothing',
    definition: one(
      map(
        { ItemReader: { Resource: 'arn:aws:states:::sqs:sendMessage' }, ItemBatcher: {}, ResultWriter: {} },
        distributed,
      ),
    ),
    says: ['ASL094 /States/A/ItemReader/Resource', 'ASL014 /States/A/ItemBatcher', 'ASL014 /States/A/ResultWriter'],
  },
  {
    name: 'a path that is none in a batcher',
    definition: one(map({ ItemBatcher: { MaxItemsPerBatchPath: 'n' } }, distributed)),
    says: ['ASL048 /States/A/ItemBatcher/MaxItemsPerBatchPath'],
  },
  {
    name: 'a writer without a place to write to',
    definition: one(map({ ResultWriter: { Parameters: { Bucket: 'b' } } }, distributed)),
    says: ['ASL010 /States/A/ResultWriter'],
  },
  {
    name: 'a job in an Express workflow',
    definition: one(task({ Resource: 'arn:aws:states:::glue:startJobRun.sync', Parameters: { JobName: 'j' } })),
    says: ['ASL090 /States/A/Resource'],
    express: true,
  },
  {
    name: 'an activity in the Express children of a Map',
    definition: one({
      ...map(),
      ItemProcessor: {
        ...machine({ I: task({ Resource: 'arn:aws:states:eu-west-1:123456789012:activity:a' }) }),
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      },
    }),
    says: ['ASL090 /States/A/ItemProcessor/States/I/Resource'],
  },
  {
    name: 'an hour in an Express workflow',
    definition: one({ Type: 'Wait', Seconds: 3600, End: true }),
    says: ['ASL091 /States/A/Seconds'],
    express: true,
  },
  {
    name: 'more than a thousand findings',
    definition: machine(
      Object.fromEntries(Array.from({ length: 1_100 }, (_, i) => [`s${i}`, { Type: 'Succeed', Foo: 1 }])),
    ),
    says: ['ASL004 '],
  },
];
