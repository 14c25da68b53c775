import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import type { StateType } from '../../../asl/language/types.ts';
import { validate } from '../../../asl/validate/validate.ts';

/** Every field on every type of state, and every value that it may and may not have: whether the definition is refused. */

const pass: JsonObject = { Type: 'Pass', End: true };
const one = (state: JsonObject, more: JsonObject = {}): JsonObject => ({ StartAt: 'A', States: { A: state }, ...more });
const states = (A: JsonObject, more: JsonObject = {}): JsonObject => ({
  StartAt: 'A',
  States: { A, B: pass },
  ...more,
});
const inner = (name: string): JsonObject => ({ StartAt: name, States: { [name]: pass } });
const task = (more: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f' },
  End: true,
  ...more,
});
const map = (more: JsonObject = {}, mode = 'DISTRIBUTED'): JsonObject => {
  const config: JsonObject = mode === 'INLINE' ? { Mode: mode } : { Mode: mode, ExecutionType: 'STANDARD' };
  return { Type: 'Map', ItemProcessor: { ...inner('I'), ProcessorConfig: config }, End: true, ...more };
};
const rule = (fields: JsonObject): JsonObject => ({
  StartAt: 'C',
  States: { C: { Type: 'Choice', Choices: [{ Next: 'A', ...fields }] }, A: { Type: 'Succeed' } },
});
const refused = (definition: Json, express = false): boolean =>
  validate(JSON.stringify(definition), { express }).some(({ severity }) => severity === 'error');

/** Which of the values are refused, as text. */
function refusedOf(values: readonly Json[], make: (value: Json) => Json): string[] {
  return values.filter((value) => refused(make(value))).map((value) => JSON.stringify(value));
}
/** `good` are taken and `bad` are refused. */
function verdicts(good: readonly Json[], bad: readonly Json[], make: (value: Json) => Json): void {
  expect(refusedOf([...good, ...bad], make)).toEqual(bad.map((value) => JSON.stringify(value)));
}

const JSONPATH: { readonly [T in StateType]: JsonObject } = {
  Task: task(),
  Pass: pass,
  Wait: { Type: 'Wait', Seconds: 1, End: true },
  Succeed: { Type: 'Succeed' },
  Fail: { Type: 'Fail' },
  Choice: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'B' }] },
  Parallel: { Type: 'Parallel', Branches: [inner('P')], End: true },
  Map: map({}, 'INLINE'),
};
const { Parameters: _, ...jsonataTask } = task({ Arguments: { FunctionName: 'f' } });
const JSONATA: { readonly [T in StateType]: JsonObject } = {
  ...JSONPATH,
  Task: jsonataTask,
  Choice: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] },
};
const ALL = 'Task Pass Wait Succeed Fail Choice Parallel Map';
const FLOWING = 'Task Pass Wait Parallel Map';

/** Field, value, the types of state that have it. */
const JSONPATH_FIELDS: readonly (readonly [string, Json, string])[] = [
  ['Comment', 'c', ALL],
  ['QueryLanguage', 'JSONPath', ALL],
  ['InputPath', '$', 'Task Pass Wait Succeed Choice Parallel Map'],
  ['OutputPath', '$', 'Task Pass Wait Succeed Choice Parallel Map'],
  ['ResultPath', '$.a', 'Task Pass Parallel Map'],
  ['Parameters', { FunctionName: 'f' }, 'Task Pass Parallel Map'],
  ['ResultSelector', { a: 1 }, 'Task Parallel Map'],
  ['Assign', { x: 1 }, 'Task Pass Wait Choice Parallel Map'],
  ['Result', 1, 'Pass'],
  ['Next', 'B', FLOWING],
  ['End', true, FLOWING],
  ['Retry', [{ ErrorEquals: ['X'] }], 'Task Parallel Map'],
  ['Catch', [{ ErrorEquals: ['X'], Next: 'B' }], 'Task Parallel Map'],
  ['Default', 'B', 'Choice'],
  ['Choices', [{ Variable: '$.a', IsNull: true, Next: 'B' }], 'Choice'],
  ['Error', 'e', 'Fail'],
  ['Cause', 'c', 'Fail'],
  ['ErrorPath', '$.e', 'Fail'],
  ['CausePath', '$.c', 'Fail'],
  ['Seconds', 1, 'Wait'],
  ['Resource', 'arn:aws:states:::lambda:invoke', 'Task'],
  ['Credentials', { RoleArn: 'arn:aws:iam::123456789012:role/r' }, 'Task'],
  ['TimeoutSeconds', 5, 'Task'],
  ['HeartbeatSeconds', 5, 'Task'],
  ['Branches', [inner('Q')], 'Parallel'],
  ['ItemsPath', '$.a', 'Map'],
  ['ItemSelector', {}, 'Map'],
  ['MaxConcurrency', 1, 'Map'],
  ['Label', 'l', 'Map'],
  ['Variable', '$.a', ''],
  ['Version', '1.0', ''],
  ['Arguments', {}, ''],
  ['Output', 1, ''],
  ['Items', [1], ''],
];
const JSONATA_FIELDS: readonly (readonly [string, Json, string])[] = [
  ['Output', '{% 1 %}', 'Task Pass Wait Succeed Choice Parallel Map'],
  ['Assign', { x: 1 }, 'Task Pass Wait Choice Parallel Map'],
  ['Arguments', { FunctionName: 'f' }, 'Task Parallel'],
  ['Items', '{% [1] %}', 'Map'],
  ['ItemSelector', {}, 'Map'],
  ['Condition', true, ''],
  ...['InputPath', 'OutputPath', 'ResultPath', 'ItemsPath', 'TimeoutSecondsPath', 'ErrorPath'].map(
    (field) => [field, '$.a', ''] as const,
  ),
  ...['Parameters', 'ResultSelector', 'Result'].map((field) => [field, {}, ''] as const),
];

function typesWith(field: string, value: Json, bases: { readonly [T in StateType]: JsonObject }, more: JsonObject) {
  return Object.entries(bases)
    .filter(([type, base]) => {
      const { End, ...rest } = base;
      const state = { ...(field === 'Next' ? rest : base), [field]: value };
      const usesB = field === 'Next' || field === 'Default' || field === 'Catch' || type === 'Choice';
      return !refused(usesB ? states(state, more) : one(state, more));
    })
    .map(([type]) => type)
    .sort();
}

describe('fields', () => {
  it.each(JSONPATH_FIELDS)('%s in JSONPath', (field, value, types) => {
    expect(typesWith(field, value, JSONPATH, {})).toEqual(types.split(' ').filter(Boolean).sort());
  });
  it.each(JSONATA_FIELDS)('%s in JSONata', (field, value, types) => {
    const more = { QueryLanguage: 'JSONata' };
    expect(typesWith(field, value, JSONATA, more)).toEqual(types.split(' ').filter(Boolean).sort());
  });
});

describe('numbers', () => {
  const retry = (field: string) => (value: Json) => one(task({ Retry: [{ ErrorEquals: ['X'], [field]: value }] }));
  const on = (state: (field: JsonObject) => JsonObject, field: string) => (value: Json) =>
    one(state({ [field]: value }));
  const wait = (more: JsonObject): JsonObject => ({ Type: 'Wait', End: true, ...more });
  const notWhole: Json[] = [-1, 1.5, '1', null, true];
  it.each<[string, Json[], Json[], (value: Json) => Json]>([
    ['TimeoutSeconds', [1, 99_999_999], [0, 100_000_000, ...notWhole], on(task, 'TimeoutSeconds')],
    ['HeartbeatSeconds', [1, 99_999_999], [0, 100_000_000, ...notWhole], on(task, 'HeartbeatSeconds')],
    ['Seconds', [0, 99_999_999], [100_000_000, ...notWhole], on(wait, 'Seconds')],
    ['IntervalSeconds', [1, 99_999_999], [0, 100_000_000, ...notWhole], retry('IntervalSeconds')],
    ['MaxAttempts', [0, 99_999_999], [100_000_000, ...notWhole], retry('MaxAttempts')],
    ['BackoffRate', [1, 2.5], [0.9, 0, -1, '2', null], retry('BackoffRate')],
    ['MaxDelaySeconds', [1, 31_622_399], [0, 31_622_400, ...notWhole], retry('MaxDelaySeconds')],
    ['MaxConcurrency', [0, 1_000], notWhole, on(map, 'MaxConcurrency')],
    ['ToleratedFailureCount', [0, 1_000], notWhole, on(map, 'ToleratedFailureCount')],
    ['ToleratedFailurePercentage', [0, 1.5, 100], [-1, 101, '1', null], on(map, 'ToleratedFailurePercentage')],
  ])('%s', (_field, good, bad, make) => {
    verdicts(good, bad, make);
  });

  it('are expressions in JSONata, or numbers', () => {
    for (const field of ['TimeoutSeconds', 'HeartbeatSeconds'])
      verdicts([5, '{% 5 %}'], ['5', '$.a', '{% 5'], (value) =>
        one({ ...jsonataTask, [field]: value }, { QueryLanguage: 'JSONata' }),
      );
  });

  it.each(['TimeoutSeconds', 'HeartbeatSeconds'])('%sPath', (field) => {
    verdicts(['$.a', '$$.Execution.Input.a', '$v'], ['a', 5, null, '$.a['], on(task, `${field}Path`));
    expect(refused(one(task({ [field]: 5, [`${field}Path`]: '$.a' })))).toBe(true);
  });
});

describe('choice rules', () => {
  const kinds: readonly (readonly [string, Json, Json[]])[] = [
    ['String', 'x', [1, true, null, {}, []]],
    ['Numeric', 1.5, ['1', true, null]],
    ['Timestamp', '2026-01-01T00:00:00Z', [1, 'x', '2026-01-01', '2026-01-01T00:00:00', '2026-01-01 00:00:00Z', null]],
  ];
  const operators = kinds.flatMap(([kind, good, bad]) =>
    ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'].map(
      (comparison) => [kind + comparison, good, bad] as const,
    ),
  );
  it.each(operators)('%s, and with Path', (operator, good, bad) => {
    verdicts([good], bad, (value) => rule({ Variable: '$.a', [operator]: value }));
    verdicts(['$.b', '$$.Execution.Id'], ['b', '', 1, null], (value) =>
      rule({ Variable: '$.a', [`${operator}Path`]: value }),
    );
    expect(refused(rule({ [operator]: good }))).toBe(true);
  });
  it.each(['BooleanEquals', 'IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'])(
    '%s',
    (operator) => {
      verdicts([true, false], ['true', 1, null], (value) => rule({ Variable: '$.a', [operator]: value }));
    },
  );
  it('And, Or and Not', () => {
    const test = { Variable: '$.a', IsNull: true };
    for (const field of ['And', 'Or'])
      verdicts([[test], [test, { Not: test }]], [[], test, [{}], [{ ...test, Next: 'A' }]], (value) =>
        rule({ [field]: value }),
      );
    verdicts([test, { And: [test] }], [[test], {}, { ...test, Next: 'A' }], (Not) => rule({ Not }));
    expect(refused(rule({ ...test, And: [test] }))).toBe(true);
  });
  it('a Condition', () => {
    verdicts([true, '{% $a = 1 %}'], ['true', '$.a', '{% true', 1, null, {}], (Condition) =>
      Object.assign(rule({ Condition }), { QueryLanguage: 'JSONata' }),
    );
  });
});

it('timestamps', () => {
  verdicts(
    [
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.123456789Z',
      '2026-01-01T00:00:00+01:00',
      '2028-02-29T00:00:00-05:00',
    ],
    [
      ...['2026-13-01T00:00:00Z', '2026-01-32T00:00:00Z', '2026-02-29T00:00:00Z', '2026-01-01T24:00:00Z'],
      ...['2026-01-01T00:60:00Z', '2026-01-01T00:00:00', '2026-01-01T00:00Z', '2026-01-01', '20260101T000000Z'],
      ...['2026-01-01T00:00:00z', '2026-01-01t00:00:00Z', '2026-01-01T00:00:00+0100', '$.a', ''],
      5,
      null,
    ],
    (Timestamp) => one({ Type: 'Wait', Timestamp, End: true }),
  );
});

describe('paths', () => {
  it('of input and output', () => {
    const good = [
      '$',
      '$.a',
      "$['a b']",
      '$$',
      '$$.Execution.Id',
      '$..a',
      '$.a[*]',
      '$.a[0:2]',
      '$.a[?(@.b == 1)]',
      null,
    ];
    for (const field of ['InputPath', 'OutputPath'])
      verdicts(good, ['a', '', '$.', '$.a[', '$a b', '.a', 5, true, {}], (path) => one({ ...pass, [field]: path }));
  });
  it('of results name one place', () => {
    verdicts(
      ['$', '$.a.b', "$['a']", '$.a[0]', null],
      ['a', '$.a[*]', '$..a', '$.a[0,1]', '$.a[0:1]', '$.a[?(@.b)]', '$$.a', "$.a['b','c']", '', 5],
      (ResultPath) => one({ ...pass, ResultPath }),
    );
  });
  it('and intrinsic functions', () => {
    verdicts(
      [
        ...[
          "States.Format('{}', $.a)",
          "States.Format('it\\'s \\{\\}')",
          "States.Array(1, -2.5e3, 'a', $.b, true, null)",
        ],
        ...['States.UUID()', 'States.MathRandom(1, 5, 7)', "States.Hash($.a, 'MD5')", 'States.Array($$.Execution.Id)'],
        ...['States.ArrayLength($.a[*].b)', 'States.Array($.a[?(@.b == 1)])'],
      ],
      [
        ...[
          'States.Foo()',
          "States.format('a')",
          'States.Format',
          'States.Format(',
          "States.Format('a'",
          'States.Array(a)',
        ],
        ...[
          "States.Format('a'))",
          "States.Format('a',)",
          'States.Format("a")',
          "States.Format('\\n')",
          'States.Array([1])',
        ],
        ...['States.MathAdd(1)', 'States.UUID(1)', "Format('a')", '', 'a.b', '$.a[', '$[]', '$$$'],
        ...[5, null, true, {}],
      ],
      (call) => one({ ...pass, Parameters: { 'a.$': call } }),
    );
  });
  it('functions within each other, to the depth of ten', () => {
    const deep = (depth: number) => 'States.Array('.repeat(depth) + '$.a' + ')'.repeat(depth);
    verdicts([deep(10)], [deep(11)], (call) => one({ ...pass, Parameters: { 'a.$': call } }));
  });
});

describe('resources', () => {
  const call = (Resource: Json): JsonObject => one({ Type: 'Task', Resource, Parameters: {}, End: true });
  const integration = (rest: string): string => `arn:aws:states:::${rest}`;
  it('functions and activities, in every partition', () => {
    const f = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    verdicts(
      [
        ...[f, `${f}:1`, `${f}:$LATEST`, `${f}:prod`, 'arn:aws-cn:lambda:cn-north-1:123456789012:function:f'],
        ...['arn:aws-us-gov:states:us-gov-west-1:123456789012:activity:a', 'arn:aws-us-gov:states:::lambda:invoke'],
        ...['${Function}', 'arn:${AWS::Partition}:states:::lambda:invoke', 'foo:bar', 'arn:aws:lambda:::function:f'],
      ],
      [
        ...['', 'f', 'arn', `${f}:`, `${f}:a:b`, `${f} x`, '${Function', f.replace('function', 'layer')],
        ...['arn:aws:states:us-east-1:123456789012:stateMachine:m', 'arn:${AWS::Partition}:states:::lambda:invok'],
        ...[5, null, {}],
      ],
      call,
    );
  });
  it('optimized integrations, their actions and their patterns', () => {
    const good = [
      ...['apigateway:invoke.waitForTaskToken', 'athena:startQueryExecution.sync', 'batch:submitJob.sync'],
      ...['bedrock:createModelCustomizationJob.sync', 'codebuild:startBuild.sync', 'databrew:startJobRun.sync'],
      ...['dynamodb:updateItem', 'ecs:runTask.sync', 'ecs:runTask.waitForTaskToken', 'eks:runJob.sync', 'eks:call'],
      ...['elasticmapreduce:addStep.sync', 'emr-containers:startJobRun.sync', 'emr-serverless:startJobRun.sync'],
      ...[
        'events:putEvents.waitForTaskToken',
        'glue:startJobRun.sync',
        'http:invoke',
        'lambda:invoke.waitForTaskToken',
      ],
      ...['mediaconvert:createJob.sync', 'sagemaker:createTrainingJob.sync', 'sns:publish.waitForTaskToken'],
      ...['sqs:sendMessage.waitForTaskToken', 'states:startExecution.sync:2', 'states:startExecution.waitForTaskToken'],
    ];
    const bad = [
      ...[
        'lambda',
        'lambda:',
        'lambda:Invoke',
        'lambda:invoke.sync',
        'lambda:invoke.',
        'lambda:invoke.waitForTasktoken',
      ],
      ...['glue:startJobRun.sync:2', 'glue:startCrawler', 's3:getObject', 'dynamodb:query', 'dynamodb:putItem.sync'],
      ...['dynamodb:putItem.waitForTaskToken', 'sns:publish.sync', 'athena:startQueryExecution.waitForTaskToken'],
      ...['batch:submitJob.waitForTaskToken', 'http:invoke.waitForTaskToken', 'aws-sdk:s3', 'aws-sdk:s3:GetObject'],
      ...['aws-sdk:s3:getObject.sync', 'aws-sdk:eventbus:putEvents'],
    ];
    verdicts(good.map(integration), bad.map(integration), call);
    expect(good.filter((rest) => refused(call(integration(rest)), true))).toEqual(
      good.filter((rest) => rest.includes('.')),
    );
  });
  it('services of the SDK by their names in Java', () => {
    const names = [
      ...[
        'sfn:startExecution',
        'eventbridge:putEvents',
        'cloudwatchlogs:createLogStream',
        'costexplorer:getCostAndUsage',
      ],
      ...['cognitoidentityprovider:adminGetUser', 'databasemigration:startReplicationTask', 'emr:runJobFlow'],
      ...['elasticloadbalancingv2:describeTargetHealth', 'iotdataplane:publish', 'rdsdata:executeStatement'],
      ...['resourcegroupstaggingapi:getResources', 'lexruntimev2:recognizeText', 'timestreamwrite:writeRecords'],
    ];
    expect(
      names.filter((name) =>
        refused(
          one(
            { Type: 'Task', Resource: integration(`aws-sdk:${name}`), Arguments: '{% $states.input %}', End: true },
            { QueryLanguage: 'JSONata' },
          ),
        ),
      ),
    ).toEqual([]);
  });
});

it('Labels', () => {
  const bad = [...' ?*<>{}[]:;,\\|^~$#%&`"/\t\u0085'].map((character) => `a${character}`);
  verdicts(['a', 'a-b_c.d', 'x'.repeat(40)], ['', 'x'.repeat(41), ...bad, 5, null], (Label) => one(map({ Label })));
});

it('names of variables', () => {
  verdicts(
    ['a', '_a', 'ä1', '名', 'x'.repeat(80)],
    ['1a', 'a b', 'a-b', '', 'states', 'x'.repeat(81), '$a', 'a.b'],
    (name) => one({ ...pass, Assign: { [String(name)]: 1 } }),
  );
});
