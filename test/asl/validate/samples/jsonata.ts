import type { JsonObject } from '../../../../asl/json/value.ts';

const lambdaRetry = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 1,
  MaxAttempts: 3,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};
const jsonata = (startAt: string, states: JsonObject): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: startAt,
  States: states,
});
const call = 'arn:${AWS::Partition}:states:::';

/** Machines as sample projects have them, in JSONata: what a tool fills in stands as `${Name}` in each. */
export const JSONATA: { readonly [name: string]: JsonObject } = {
  'Lambda orchestration in JSONata': jsonata('Check Stock Price', {
    'Check Stock Price': {
      Type: 'Task',
      Resource: `${call}lambda:invoke`,
      Arguments: { FunctionName: '${CheckStockPrice}:$LATEST', Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload %}',
      Assign: { price: '{% $states.result.Payload.stock_price %}' },
      Retry: [lambdaRetry],
      Next: 'Recommend',
    },
    Recommend: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $price < ${Limit} %}', Next: 'Buy' },
        { Condition: "{% $price > 50 and '${Stage}' = 'prod' %}", Next: 'Sell' },
      ],
      Default: 'Done',
    },
    Buy: {
      Type: 'Task',
      Resource: `${call}lambda:invoke`,
      Arguments: { FunctionName: '${BuyStock}', Payload: { price: '{% $price %}', account: '${Account}' } },
      Output: '{% $states.result.Payload %}',
      Next: 'Report',
    },
    Sell: { Type: 'Task', Resource: '${SellStock}', Arguments: { price: '{% $price %}' }, Next: 'Report' },
    Report: {
      Type: 'Task',
      Resource: `${call}sns:publish`,
      Arguments: { TopicArn: '${Topic}', Message: "{% 'Stage ${Stage}: ' & $string($states.input) %}" },
      Next: 'Done',
    },
    Done: { Type: 'Succeed', Output: '{% $states.input %}' },
  }),
  'a container, awaited by its token': jsonata('Run', {
    Run: {
      Type: 'Task',
      Resource: `${call}ecs:runTask.waitForTaskToken`,
      Arguments: {
        Cluster: '${Cluster}',
        TaskDefinition: '${TaskDefinition}',
        LaunchType: 'FARGATE',
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['${Subnet}'] } },
        Overrides: {
          ContainerOverrides: [
            { Name: 'main', Environment: [{ Name: 'TASK_TOKEN', Value: '{% $states.context.Task.Token %}' }] },
          ],
        },
      },
      TimeoutSeconds: '{% $exists($states.input.timeout) ? $states.input.timeout : ${Timeout} %}',
      HeartbeatSeconds: 60,
      Catch: [
        {
          ErrorEquals: ['States.Timeout', 'States.HeartbeatTimeout'],
          Output: { error: '{% $states.errorOutput %}' },
          Assign: { failed: true },
          Next: 'Failed',
        },
      ],
      End: true,
    },
    Failed: {
      Type: 'Fail',
      Error: '{% $states.input.error.Error %}',
      Cause: "{% 'In ${Stage}: ' & $states.input.error.Cause %}",
    },
  }),
  'Glue and Athena in JSONata': jsonata('Job', {
    Job: {
      Type: 'Task',
      Resource: `${call}glue:startJobRun.sync`,
      Arguments: { JobName: '${Job}', Arguments: { '--day': '{% $states.input.day %}' } },
      Assign: { run: '{% $states.result.Id %}', day: '{% $states.input.day %}' },
      Next: 'Query',
    },
    Query: {
      Type: 'Task',
      Resource: `${call}athena:startQueryExecution.sync`,
      Arguments: {
        QueryString: `{% "SELECT count(*) FROM \${Database}.\${Table} WHERE day = DATE '" & $day & "'" %}`,
        WorkGroup: '${WorkGroup}',
        ResultConfiguration: { OutputLocation: "{% 's3://${Bucket}/' & $run & '/' %}" },
      },
      Output: '{% $states.result.QueryExecution.QueryExecutionId %}',
      Next: 'Rows',
    },
    Rows: {
      Type: 'Task',
      Resource: `${call}athena:getQueryResults`,
      Arguments: { QueryExecutionId: '{% $states.input %}' },
      Output: '{% $number($states.result.ResultSet.Rows[1].Data[0].VarCharValue) %}',
      End: true,
    },
  }),
  'Map in JSONata, with DynamoDB': jsonata('Each', {
    Each: {
      Type: 'Map',
      Items: '{% $states.input.orders[amount > ${Least}] %}',
      MaxConcurrency: 5,
      ItemSelector: { order: '{% $states.context.Map.Item.Value %}', index: '{% $states.context.Map.Item.Index %}' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Put',
        States: {
          Put: {
            Type: 'Task',
            Resource: `${call}dynamodb:putItem`,
            Arguments: {
              TableName: '${Table}',
              Item: {
                id: { S: '{% $states.input.order.id %}' },
                amount: { N: '{% $string($states.input.order.amount) %}' },
              },
            },
            Output: '{% $states.input.order.id %}',
            End: true,
          },
        },
      },
      Output: { ids: '{% $states.result %}', count: '{% $count($states.result) %}' },
      End: true,
    },
  }),
  'a distributed Map in JSONata': jsonata('Files', {
    Files: {
      Type: 'Map',
      ItemReader: {
        Resource: `${call}s3:getObject`,
        ReaderConfig: { InputType: 'JSONL', MaxItems: 1000 },
        Arguments: { Bucket: '${Bucket}', Key: "{% 'in/' & $states.input.day & '.jsonl' %}" },
      },
      ItemBatcher: { MaxItemsPerBatch: 100, BatchInput: { stage: '${Stage}' } },
      ToleratedFailurePercentage: '{% $states.input.tolerated %}',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Work',
        States: {
          Work: {
            Type: 'Task',
            Resource: `${call}lambda:invoke`,
            Arguments: { FunctionName: '${Function.Arn}', Payload: '{% $states.input %}' },
            Output: '{% $states.result.Payload %}',
            Retry: [lambdaRetry],
            End: true,
          },
        },
      },
      ResultWriter: {
        Resource: `${call}s3:putObject`,
        Arguments: { Bucket: '${Bucket}', Prefix: "{% 'out/' & $states.context.Execution.Name %}" },
        WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
      },
      End: true,
    },
  }),
  'nested executions in JSONata': jsonata('Child', {
    Child: {
      Type: 'Task',
      Resource: `${call}states:startExecution.sync:2`,
      Arguments: {
        StateMachineArn: '${Child}',
        Name: "{% $states.context.Execution.Name & '-child' %}",
        Input: {
          AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}',
          day: '{% $states.input.day %}',
        },
      },
      Output: '{% $states.result.Output %}',
      End: true,
    },
  }),
  'Bedrock in JSONata': jsonata('Ask', {
    Ask: {
      Type: 'Task',
      Resource: `${call}bedrock:invokeModel`,
      Arguments: {
        ModelId: '${ModelId}',
        ContentType: 'application/json',
        Body: {
          anthropic_version: 'bedrock-2023-05-31',
          max_tokens: 200,
          messages: [{ role: 'user', content: [{ type: 'text', text: "{% 'Sum this up: ' & $states.input.text %}" }] }],
        },
      },
      Output: '{% $states.result.Body.content[0].text %}',
      Assign: { answer: '{% $states.result.Body.content[0].text %}' },
      Next: 'Store',
    },
    Store: {
      Type: 'Task',
      Resource: `${call}aws-sdk:s3:putObject`,
      Arguments: { Bucket: '${Bucket}', Key: '{% $uuid() %}', Body: { text: '{% $answer %}' } },
      End: true,
    },
  }),
  'EventBridge, a schedule and SQS in JSONata': jsonata('Both', {
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Event',
          States: {
            Event: {
              Type: 'Task',
              Resource: `${call}events:putEvents`,
              Arguments: {
                Entries: [
                  {
                    Detail: { id: '{% $states.input.id %}', stage: '${Stage}' },
                    DetailType: 'Done',
                    EventBusName: '${Bus}',
                    Source: '${Source}',
                  },
                ],
              },
              End: true,
            },
          },
        },
        {
          StartAt: 'Later',
          States: {
            Later: {
              Type: 'Task',
              Resource: `${call}aws-sdk:scheduler:createSchedule`,
              Arguments: {
                Name: '{% $states.context.Execution.Name %}',
                FlexibleTimeWindow: { Mode: 'OFF' },
                ScheduleExpression: "{% 'at(' & $states.input.at & ')' %}",
                Target: { Arn: '${Target}', RoleArn: '${Role}' },
                ClientToken: '{% $uuid() %}',
              },
              End: true,
            },
          },
        },
        {
          StartAt: 'Queue',
          States: {
            Queue: {
              Type: 'Task',
              Resource: `${call}sqs:sendMessage`,
              Arguments: { QueueUrl: '${Queue}', MessageBody: '{% $states.input %}', MessageGroupId: '${Group}' },
              End: true,
            },
          },
        },
      ],
      Output: '{% $states.result[0] %}',
      End: true,
    },
  }),
  'HTTP and API Gateway in JSONata': jsonata('Get', {
    Get: {
      Type: 'Task',
      Resource: `${call}http:invoke`,
      Arguments: {
        ApiEndpoint: "{% 'https://${Host}/v1/' & $states.input.id %}",
        Method: 'GET',
        Authentication: { ConnectionArn: '${Connection}' },
        QueryParameters: { stage: '${Stage}' },
      },
      Output: '{% $states.result.ResponseBody %}',
      Next: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: '{% $states.input.delay + ${Extra} %}', Next: 'Post' },
    Post: {
      Type: 'Task',
      Resource: `${call}apigateway:invoke`,
      Arguments: {
        ApiEndpoint: '${Api}',
        Method: 'POST',
        Path: "{% '/' & $states.input.id %}",
        RequestBody: '{% $states.input %}',
      },
      End: true,
    },
  }),
  'Batch and SageMaker in JSONata': jsonata('Batch', {
    Batch: {
      Type: 'Task',
      Resource: `${call}batch:submitJob.sync`,
      Arguments: {
        JobName: '${Job}',
        JobQueue: '${Queue}',
        JobDefinition: '${Definition}',
        ContainerOverrides: {
          Command: ['python', '{% $states.input.script %}'],
          Environment: [{ Name: 'STAGE', Value: '${Stage}' }],
        },
      },
      Next: 'Process',
    },
    Process: {
      Type: 'Task',
      Resource: `${call}sagemaker:createProcessingJob.sync`,
      Arguments: {
        ProcessingJobName: "{% 'p-' & $states.context.Execution.Name %}",
        RoleArn: '${Role}',
        AppSpecification: { ImageUri: '${Account}.dkr.ecr.${AWS::Region}.amazonaws.com/${Image}' },
        ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeSizeInGB: 30 } },
      },
      End: true,
    },
  }),
  'a saga with compensation': jsonata('Reserve', {
    Reserve: {
      Type: 'Task',
      Resource: '${Reserve}',
      Assign: { id: '{% $states.result.id %}' },
      Catch: [{ ErrorEquals: ['SoldOut'], Next: 'Sold out' }],
      Next: 'Charge',
    },
    Charge: {
      Type: 'Task',
      Resource: '${Charge}',
      Arguments: { id: '{% $id %}', currency: '${Currency}' },
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: { cause: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
          Next: 'Release',
        },
      ],
      Next: 'Done',
    },
    Release: { Type: 'Task', Resource: '${Release}', Arguments: { id: '{% $id %}' }, Next: 'Sold out' },
    'Sold out': { Type: 'Fail', Error: 'Order.Failed', Cause: 'See ${Runbook}' },
    Done: { Type: 'Pass', Output: { id: '{% $id %}', url: '${Url}' }, End: true },
  }),
};
