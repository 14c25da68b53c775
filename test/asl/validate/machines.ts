import type { JsonObject } from '../../../asl/json/value.ts';

const retry = [
  {
    ErrorEquals: ['States.TaskFailed', 'Own'],
    IntervalSeconds: 2,
    MaxAttempts: 3,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];

/** Machines that nothing is to be said of: every type of state, every field that holds a value, in both query languages. */
export const MACHINES: { readonly [name: string]: JsonObject } = {
  'JSONPath states': {
    Comment: 'all of them',
    QueryLanguage: 'JSONPath',
    StartAt: 'Call',
    TimeoutSeconds: 600,
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        InputPath: '$.request',
        Parameters: {
          FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
          Payload: {
            'a.$': '$.a',
            b: 1,
            c: true,
            'd.$': "States.Format('{} of {}', $.a, $.b)",
            'e.$': 'States.MathAdd($.n, 1)',
            'run.$': '$$.Execution.Name',
          },
        },
        Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
        ResultSelector: { 'status.$': '$.Payload.status' },
        ResultPath: '$.call',
        OutputPath: '$',
        Assign: { 'status.$': '$.status', total: 1 },
        TimeoutSeconds: 60,
        HeartbeatSeconds: 30,
        Retry: retry,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }],
        Next: 'Decide',
      },
      Decide: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.a', StringEquals: 'x', Next: 'Shape' },
          { Variable: '$.n', NumericGreaterThan: 3, Next: 'Shape' },
          {
            And: [
              { Variable: '$.t', TimestampLessThan: '2026-01-01T00:00:00Z' },
              { Not: { Variable: '$.b', BooleanEquals: true } },
            ],
            Next: 'Pause',
          },
          { Variable: '$status', StringEqualsPath: '$.other', Next: 'Until' },
        ],
        Default: 'Pause',
      },
      Shape: { Type: 'Pass', Parameters: { 'day.$': '$.day', fixed: 'text' }, ResultPath: '$.shape', Next: 'Constant' },
      Constant: { Type: 'Pass', Result: { a: [1, 'b', null] }, ResultPath: '$.constant', Next: 'Pause' },
      Pause: { Type: 'Wait', SecondsPath: '$.delay', Next: 'Rest' },
      Rest: { Type: 'Wait', Seconds: 10, Next: 'Until' },
      Until: { Type: 'Wait', Timestamp: '2026-03-14T01:59:00Z', Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Left',
            States: {
              Left: {
                Type: 'Task',
                Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
                Parameters: { QueueUrl: 'https://sqs', MessageBody: { 'token.$': '$$.Task.Token' } },
                End: true,
              },
            },
          },
          {
            StartAt: 'Right',
            States: {
              Right: {
                Type: 'Task',
                Resource: 'arn:aws:states:::aws-sdk:glue:startJobRun',
                Parameters: { JobName: 'j', NumberOfWorkers: 4 },
                End: true,
              },
            },
          },
        ],
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        ItemsPath: '$[0].items',
        MaxConcurrency: 4,
        ItemSelector: { 'item.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        Next: 'Files',
      },
      Files: {
        Type: 'Map',
        Label: 'files',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 100 },
          Parameters: { Bucket: 'b', 'Key.$': '$.key' },
        },
        ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { 'a.$': '$.a' } },
        ToleratedFailurePercentage: 5,
        ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'p' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'File',
          States: { File: { Type: 'Pass', End: true } },
        },
        Next: 'Done',
      },
      Done: { Type: 'Succeed', OutputPath: '$' },
      Failed: { Type: 'Fail', ErrorPath: '$.error.Error', Cause: 'it failed' },
    },
  },
  'JSONata states': {
    QueryLanguage: 'JSONata',
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: {
          FunctionName: 'f',
          Payload: { a: '{% $states.input.a %}', b: "{% $uppercase('text') & $string($states.input.n + 2) %}" },
        },
        Credentials: { RoleArn: '{% $states.input.role %}' },
        TimeoutSeconds: '{% $states.input.seconds %}',
        HeartbeatSeconds: 30,
        Output: '{% $states.result.Payload %}',
        Assign: { status: "{% $states.result.Payload.status = 'ok' %}", total: 3 },
        Retry: retry,
        Catch: [
          {
            ErrorEquals: ['Own'],
            Output: { error: '{% $states.errorOutput.Error %}' },
            Assign: { status: false, total: 0 },
            Next: 'Failed',
          },
        ],
        Next: 'Decide',
      },
      Decide: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $total > 3 %}', Output: { big: true }, Assign: { seen: '{% $now() %}' }, Next: 'Shape' },
          { Condition: "{% $status and $states.context.Execution.Name = 'n' %}", Next: 'Pause' },
        ],
        Default: 'Until',
        Assign: { seen: 'never' },
      },
      Shape: { Type: 'Pass', Output: { rows: "{% $states.input.rows[kind = 'a'].{'id': id} %}", n: 1 }, Next: 'Pause' },
      Pause: { Type: 'Wait', Seconds: '{% $states.input.delay + 1 %}', Next: 'Until' },
      Until: { Type: 'Wait', Timestamp: '{% $states.input.at %}', Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Arguments: { a: '{% $states.input %}' },
        Branches: [
          {
            StartAt: 'Left',
            States: {
              Left: {
                Type: 'Task',
                Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
                Arguments: { QueueUrl: 'https://sqs', MessageBody: '{% $states.context.Task.Token %}' },
                End: true,
              },
            },
          },
          {
            StartAt: 'Right',
            States: { Right: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $total %}', End: true } },
          },
        ],
        Output: '{% $states.result[0] %}',
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        MaxConcurrency: 4,
        ItemSelector: { item: '{% $states.context.Map.Item.Value %}' },
        ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', Output: '{% $total + 1 %}', End: true } } },
        Next: 'Files',
      },
      Files: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:listObjectsV2',
          Arguments: { Bucket: 'b', Prefix: '{% $states.input.prefix %}' },
        },
        ItemBatcher: { MaxItemsPerBatch: '{% $states.input.size %}' },
        ToleratedFailureCount: 2,
        ResultWriter: { WriterConfig: { OutputType: 'JSON', Transformation: 'COMPACT' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'File',
          States: { File: { Type: 'Succeed', Output: '{% $states.input.Items %}' } },
        },
        End: true,
      },
      Failed: { Type: 'Fail', Error: '{% $states.input.error %}', Cause: 'it failed' },
    },
  },
};
