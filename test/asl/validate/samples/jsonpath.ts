import type { JsonObject } from '../../../../asl/json/value.ts';

const lambdaRetry = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
};
const failed = (next: string) => [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: next }];

/** Machines as sample projects have them, in JSONPath: what a tool fills in stands as `${Name}` in each. */
export const JSONPATH: { readonly [name: string]: JsonObject } = {
  'Lambda orchestration': {
    Comment: 'Buys or sells stock, and has somebody confirm to it',
    StartAt: 'Check Stock Price',
    States: {
      'Check Stock Price': {
        Type: 'Task',
        Resource: '${CheckStockPriceLambda}',
        Next: 'Generate Buy/Sell recommendation',
      },
      'Generate Buy/Sell recommendation': {
        Type: 'Task',
        Resource: '${GenerateBuySellRecommendationLambda}',
        ResultPath: '$.recommended_type',
        Retry: [lambdaRetry],
        Next: 'Request Human Approval',
      },
      'Request Human Approval': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: {
          QueueUrl: '${RequestHumanApprovalSqs}',
          MessageBody: { 'Input.$': '$', 'TaskToken.$': '$$.Task.Token' },
        },
        ResultPath: null,
        Next: 'Buy or Sell?',
      },
      'Buy or Sell?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.recommended_type', StringEquals: 'buy', Next: 'Buy Stock' },
          { Variable: '$.recommended_type', StringEquals: 'sell', Next: 'Sell Stock' },
        ],
      },
      'Buy Stock': { Type: 'Task', Resource: '${BuyStockLambda}', Next: 'Report Result' },
      'Sell Stock': { Type: 'Task', Resource: '${SellStockLambda}', Next: 'Report Result' },
      'Report Result': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sns:publish',
        Parameters: { TopicArn: '${ReportResultSnsTopic}', Message: { 'Input.$': '$' } },
        End: true,
      },
    },
  },
  'a job poller': {
    StartAt: 'Submit Job',
    States: {
      'Submit Job': {
        Type: 'Task',
        Resource: '${SubmitJobFunction.Arn}',
        ResultPath: '$.guid',
        Next: 'Wait X Seconds',
        Retry: [lambdaRetry],
      },
      'Wait X Seconds': { Type: 'Wait', SecondsPath: '$.wait_time', Next: 'Get Job Status' },
      'Get Job Status': {
        Type: 'Task',
        Resource: '${CheckJobFunction.Arn}',
        InputPath: '$.guid',
        ResultPath: '$.status',
        Next: 'Job Complete?',
      },
      'Job Complete?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.status', StringEquals: 'FAILED', Next: 'Job Failed' },
          { Variable: '$.status', StringEquals: 'SUCCEEDED', Next: 'Get Final Job Status' },
        ],
        Default: 'Wait X Seconds',
      },
      'Job Failed': { Type: 'Fail', Cause: 'AWS Batch Job Failed', Error: 'DescribeJob returned FAILED' },
      'Get Final Job Status': { Type: 'Task', Resource: '${CheckJobFunction.Arn}', InputPath: '$.guid', End: true },
    },
  },
  'a callback by SQS, SNS and Lambda': {
    StartAt: 'Start Task And Wait For Callback',
    States: {
      'Start Task And Wait For Callback': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: {
          QueueUrl: '${SQSQueue}',
          MessageBody: { MessageTitle: 'Task started by Step Functions.', 'TaskToken.$': '$$.Task.Token' },
        },
        TimeoutSeconds: 3600,
        HeartbeatSeconds: 60,
        Next: 'Notify Success',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Notify Failure' }],
      },
      'Notify Success': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sns:publish',
        Parameters: { Message: 'Callback received.', TopicArn: '${SNSTopic}' },
        End: true,
      },
      'Notify Failure': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::lambda:invoke.waitForTaskToken',
        Parameters: { FunctionName: '${Tell}', Payload: { 'token.$': '$$.Task.Token', topic: '${SNSTopic}' } },
        End: true,
      },
    },
  },
  'a container on Fargate': {
    StartAt: 'Run Fargate Task',
    TimeoutSeconds: 3600,
    States: {
      'Run Fargate Task': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::ecs:runTask.sync',
        Parameters: {
          LaunchType: 'FARGATE',
          Cluster: '${ECSCluster.Arn}',
          TaskDefinition: '${TaskDefinition}',
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              Subnets: ['${Subnet1}', '${Subnet2}'],
              SecurityGroups: ['${Group}'],
              AssignPublicIp: 'ENABLED',
            },
          },
          Overrides: {
            ContainerOverrides: [
              {
                Name: '${Container}',
                Command: ['sh', '-c', 'python main.py'],
                Environment: [
                  { Name: 'DAY', 'Value.$': '$.day' },
                  { Name: 'BUCKET', Value: '${Bucket}' },
                ],
              },
            ],
          },
        },
        Next: 'Notify Success',
        Catch: failed('Notify Failure'),
      },
      'Notify Success': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sns:publish',
        Parameters: { Message: 'Fargate Task started by Step Functions succeeded', TopicArn: '${Topic}' },
        End: true,
      },
      'Notify Failure': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sns:publish',
        Parameters: { 'Message.$': "States.Format('It failed in ${Stage}: {}', $.error.Cause)", TopicArn: '${Topic}' },
        Next: 'Failed',
      },
      Failed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  },
  'Batch jobs, fanned out': {
    StartAt: 'Generate batch job',
    States: {
      'Generate batch job': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::lambda:invoke',
        OutputPath: '$.Payload',
        Parameters: { FunctionName: '${GenerateBatchJobMap}', 'Payload.$': '$' },
        Next: 'Fan out batch jobs',
      },
      'Fan out batch jobs': {
        Type: 'Map',
        ItemsPath: '$.jobs',
        MaxConcurrency: 10,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Submit Batch Job',
          States: {
            'Submit Batch Job': {
              Type: 'Task',
              Resource: 'arn:${AWS::Partition}:states:::batch:submitJob.sync',
              Parameters: {
                JobName: '${Stack}-job',
                JobQueue: '${BatchJobQueue}',
                JobDefinition: '${BatchJobDefinition}',
                'Parameters.$': '$.parameters',
                ContainerOverrides: { Environment: [{ Name: 'A', Value: '${A}' }] },
              },
              Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 }],
              End: true,
            },
          },
        },
        ResultPath: null,
        End: true,
      },
    },
  },
  'Glue, a crawler and Athena': {
    StartAt: 'Run Glue Job',
    States: {
      'Run Glue Job': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::glue:startJobRun.sync',
        Parameters: {
          JobName: '${GlueJob}',
          Arguments: { '--day.$': '$.day', '--bucket': '${Bucket}' },
          WorkerType: 'G.1X',
          NumberOfWorkers: 4,
        },
        ResultPath: '$.job',
        Next: 'Start Crawler',
      },
      'Start Crawler': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::aws-sdk:glue:startCrawler',
        Parameters: { Name: '${Crawler}' },
        ResultPath: null,
        Next: 'Get Crawler',
      },
      'Get Crawler': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::aws-sdk:glue:getCrawler',
        Parameters: { Name: '${Crawler}' },
        ResultSelector: { 'state.$': '$.Crawler.State' },
        ResultPath: '$.crawler',
        Next: 'Ready?',
      },
      'Ready?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.crawler.state', StringEquals: 'READY', Next: 'Query' }],
        Default: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 30, Next: 'Get Crawler' },
      Query: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::athena:startQueryExecution.sync',
        Parameters: {
          'QueryString.$': "States.Format('SELECT * FROM ${Database}.${Table} WHERE day = \\'{}\\'', $.day)",
          WorkGroup: '${WorkGroup}',
          QueryExecutionContext: { Database: '${Database}' },
          ResultConfiguration: { OutputLocation: 's3://${Bucket}/athena/' },
        },
        ResultPath: '$.query',
        Next: 'Results',
      },
      Results: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::athena:getQueryResults',
        Parameters: { 'QueryExecutionId.$': '$.query.QueryExecution.QueryExecutionId' },
        End: true,
      },
    },
  },
  'a cluster of EMR': {
    StartAt: 'Should_Create_Cluster',
    States: {
      Should_Create_Cluster: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.CreateCluster', BooleanEquals: true, Next: 'Create_A_Cluster' },
          { Variable: '$.CreateCluster', BooleanEquals: false, Next: 'Step_One' },
        ],
        Default: 'Create_A_Cluster',
      },
      Create_A_Cluster: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::elasticmapreduce:createCluster.sync',
        Parameters: {
          Name: 'WorkflowCluster',
          VisibleToAllUsers: true,
          ReleaseLabel: 'emr-5.28.0',
          Applications: [{ Name: 'Hive' }, { Name: 'Spark' }],
          ServiceRole: '${ServiceRole}',
          JobFlowRole: '${JobFlowRole}',
          LogUri: 's3://${LogBucket}/logs/',
          Instances: {
            Ec2SubnetId: '${Subnet}',
            KeepJobFlowAliveWhenNoSteps: true,
            InstanceFleets: [
              {
                Name: 'MASTER',
                InstanceFleetType: 'MASTER',
                TargetOnDemandCapacity: 1,
                InstanceTypeConfigs: [{ InstanceType: 'm4.xlarge' }],
              },
              {
                InstanceFleetType: 'CORE',
                TargetOnDemandCapacity: 1,
                InstanceTypeConfigs: [{ InstanceType: '${CoreType}' }],
              },
            ],
          },
        },
        ResultPath: '$.CreateClusterResult',
        Next: 'Merge_Results',
      },
      Merge_Results: {
        Type: 'Pass',
        Parameters: { 'CreateCluster.$': '$.CreateCluster', 'ClusterId.$': '$.CreateClusterResult.ClusterId' },
        Next: 'Step_One',
      },
      Step_One: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::elasticmapreduce:addStep.sync',
        Parameters: {
          'ClusterId.$': '$.ClusterId',
          Step: {
            Name: 'The first step',
            ActionOnFailure: 'CONTINUE',
            HadoopJarStep: {
              Jar: 'command-runner.jar',
              Args: [
                'hive-script',
                '--run-hive-script',
                '--args',
                '-f',
                's3://${AWS::Region}.elasticmapreduce.samples/cloudfront/code/Hive_CloudFront.q',
              ],
            },
          },
        },
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 }],
        ResultPath: '$.firstStep',
        Catch: failed('Terminate_Cluster'),
        Next: 'Terminate_Cluster',
      },
      Terminate_Cluster: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::elasticmapreduce:terminateCluster.sync',
        Parameters: { 'ClusterId.$': '$.ClusterId' },
        End: true,
      },
    },
  },
  'records from DynamoDB to SQS': {
    StartAt: 'Seed the DynamoDB Table',
    States: {
      'Seed the DynamoDB Table': {
        Type: 'Task',
        Resource: '${SeedingFunction.Arn}',
        ResultPath: '$.List',
        Next: 'For Loop Condition',
      },
      'For Loop Condition': {
        Type: 'Choice',
        Choices: [{ Not: { Variable: '$.List[0]', StringEquals: 'DONE' }, Next: 'Read Next Message from DynamoDB' }],
        Default: 'Succeed',
      },
      'Read Next Message from DynamoDB': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::dynamodb:getItem',
        Parameters: { TableName: '${DDBTable}', Key: { MessageId: { 'S.$': '$.List[0]' } } },
        ResultPath: '$.DynamoDB',
        Next: 'Send Message to SQS',
      },
      'Send Message to SQS': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sqs:sendMessage',
        Parameters: { 'MessageBody.$': '$.DynamoDB.Item.Message.S', QueueUrl: '${SQSQueue}' },
        ResultPath: '$.SQS',
        Next: 'Pop Element from List',
      },
      'Pop Element from List': { Type: 'Pass', Parameters: { 'List.$': '$.List[1:]' }, Next: 'For Loop Condition' },
      Succeed: { Type: 'Succeed' },
    },
  },
  'items written and updated in DynamoDB': {
    StartAt: 'Put',
    States: {
      Put: {
        Type: 'Task',
        Resource: '${DDBPutItem}',
        Parameters: {
          TableName: '${DDBTable}',
          Item: { Id: { 'S.$': '$.id' }, at: { 'S.$': '$$.State.EnteredTime' }, n: { N: '1' } },
          ConditionExpression: 'attribute_not_exists(Id)',
        },
        ResultPath: null,
        Catch: [{ ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], ResultPath: null, Next: 'Update' }],
        End: true,
      },
      Update: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::dynamodb:updateItem',
        Parameters: {
          TableName: '${DDBTable}',
          Key: { Id: { 'S.$': '$.id' } },
          UpdateExpression: 'SET #n = #n + :one',
          ExpressionAttributeNames: { '#n': 'n' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
        End: true,
      },
    },
  },
  'Map over rows, with what was before it': {
    StartAt: 'Read messages from SQS Queue',
    States: {
      'Read messages from SQS Queue': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::lambda:invoke',
        OutputPath: '$.Payload',
        Parameters: { FunctionName: '${ReadFromSQSQueueLambda}' },
        Next: 'Are there messages to process?',
      },
      'Are there messages to process?': {
        Type: 'Choice',
        Choices: [{ Variable: '$', StringEquals: 'No messages', Next: 'Finish' }],
        Default: 'Process messages',
      },
      'Process messages': {
        Type: 'Map',
        ItemsPath: '$',
        Parameters: { 'MessageNumber.$': '$$.Map.Item.Index', 'MessageDetails.$': '$$.Map.Item.Value' },
        Iterator: {
          StartAt: 'Write message to DynamoDB',
          States: {
            'Write message to DynamoDB': {
              Type: 'Task',
              Resource: 'arn:${AWS::Partition}:states:::dynamodb:putItem',
              Parameters: {
                TableName: '${Table}',
                ReturnConsumedCapacity: 'TOTAL',
                Item: { MessageId: { 'S.$': '$.MessageDetails.MessageId' }, Body: { 'S.$': '$.MessageDetails.Body' } },
              },
              ResultPath: '$.MessageDetails.Body',
              Next: 'Publish message to SNS topic',
            },
            'Publish message to SNS topic': {
              Type: 'Task',
              Resource: 'arn:${AWS::Partition}:states:::sns:publish',
              InputPath: '$.MessageDetails',
              Parameters: {
                Subject: 'Message from Step Functions!',
                'Message.$': 'States.JsonToString($)',
                TopicArn: '${Topic}',
              },
              End: true,
            },
          },
        },
        Next: 'Finish',
      },
      Finish: { Type: 'Succeed' },
    },
  },
  'a distributed Map over a CSV': {
    StartAt: 'Map',
    States: {
      Map: {
        Type: 'Map',
        Label: 'Map',
        MaxConcurrency: 1000,
        ToleratedFailurePercentage: 5,
        ItemReader: {
          Resource: 'arn:${AWS::Partition}:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
          Parameters: { Bucket: '${InputBucket}', 'Key.$': '$.key' },
        },
        ItemBatcher: { MaxItemsPerBatch: 50, BatchInput: { table: '${Table}' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'Process',
          States: {
            Process: {
              Type: 'Task',
              Resource: 'arn:${AWS::Partition}:states:::lambda:invoke',
              OutputPath: '$.Payload',
              Parameters: { 'Payload.$': '$', FunctionName: '${Function}:$LATEST' },
              Retry: [{ ...lambdaRetry, JitterStrategy: 'FULL', MaxDelaySeconds: 30 }],
              End: true,
            },
          },
        },
        ResultWriter: {
          Resource: 'arn:${AWS::Partition}:states:::s3:putObject',
          Parameters: { Bucket: '${ResultsBucket}', Prefix: 'results' },
        },
        End: true,
      },
    },
  },
  'a distributed Map over the objects of a bucket': {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemReader: {
          Resource: 'arn:${AWS::Partition}:states:::s3:listObjectsV2',
          Parameters: { Bucket: '${Bucket}', Prefix: 'in/' },
        },
        ItemSelector: { 'key.$': '$$.Map.Item.Value.Key', bucket: '${Bucket}' },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Copy',
          States: {
            Copy: {
              Type: 'Task',
              Resource: 'arn:${AWS::Partition}:states:::aws-sdk:s3:copyObject',
              Parameters: {
                Bucket: '${Other}',
                'Key.$': '$.key',
                'CopySource.$': "States.Format('{}/{}', $.bucket, $.key)",
              },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  },
  'an execution within another': {
    StartAt: 'Start new workflow and continue',
    States: {
      'Start new workflow and continue': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::states:startExecution',
        Parameters: {
          StateMachineArn: '${NestingPatternAnotherStateMachine}',
          Input: { NeedCallback: false, 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' },
        },
        Next: 'Start in parallel',
      },
      'Start in parallel': {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'Start new workflow and wait for completion',
            States: {
              'Start new workflow and wait for completion': {
                Type: 'Task',
                Resource: 'arn:${AWS::Partition}:states:::states:startExecution.sync:2',
                Parameters: {
                  StateMachineArn: '${Another}',
                  Input: { NeedCallback: false, 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' },
                },
                OutputPath: '$.Output',
                End: true,
              },
            },
          },
          {
            StartAt: 'Start new workflow and wait for callback',
            States: {
              'Start new workflow and wait for callback': {
                Type: 'Task',
                Resource: 'arn:${AWS::Partition}:states:::states:startExecution.waitForTaskToken',
                Parameters: {
                  StateMachineArn: '${Another}',
                  Input: {
                    NeedCallback: true,
                    'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id',
                    'TaskToken.$': '$$.Task.Token',
                  },
                },
                End: true,
              },
            },
          },
        ],
        End: true,
      },
    },
  },
  'events put to EventBridge': {
    StartAt: 'Put',
    States: {
      Put: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::events:putEvents',
        Parameters: {
          Entries: [
            {
              EventBusName: '${Bus}',
              Source: 'my.app.${Stage}',
              DetailType: 'MessageFromStepFunctions',
              Detail: { 'id.$': '$.id', 'StartTime.$': '$$.Execution.StartTime' },
            },
          ],
        },
        End: true,
      },
    },
  },
  'a call of API Gateway': {
    StartAt: 'Add Pet to Store',
    States: {
      'Add Pet to Store': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::apigateway:invoke',
        Parameters: {
          ApiEndpoint: '${Api}.execute-api.${AWS::Region}.amazonaws.com',
          Method: 'POST',
          Stage: '${Stage}',
          Path: 'pets',
          RequestBody: { 'NewPet.$': '$.NewPet' },
          Headers: { 'Content-Type': ['application/json'] },
          AuthType: 'IAM_ROLE',
        },
        ResultSelector: { 'ResponseBody.$': '$.ResponseBody' },
        Next: 'Pet was Added Successfully?',
      },
      'Pet was Added Successfully?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.ResponseBody.errors', IsPresent: true, Next: 'Failure' }],
        Default: 'Success',
      },
      Failure: { Type: 'Fail' },
      Success: { Type: 'Succeed' },
    },
  },
  'a request over HTTP': {
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::http:invoke',
        Parameters: {
          'ApiEndpoint.$': "States.Format('https://${Host}/customers/{}', $.id)",
          Method: 'POST',
          Authentication: { ConnectionArn: '${Connection.Arn}' },
          Headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: { ArrayFormat: 'INDICES' } },
          RequestBody: { 'name.$': '$.name' },
        },
        Retry: [
          {
            ErrorEquals: ['States.Http.StatusCode.429', 'States.Http.StatusCode.503'],
            BackoffRate: 2,
            IntervalSeconds: 1,
            MaxAttempts: 3,
            JitterStrategy: 'FULL',
          },
        ],
        End: true,
      },
    },
  },
  'a model that is trained and deployed with SageMaker': {
    StartAt: 'Train model (XGBoost)',
    States: {
      'Train model (XGBoost)': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sagemaker:createTrainingJob.sync',
        Parameters: {
          AlgorithmSpecification: { TrainingImage: '${Image}', TrainingInputMode: 'File' },
          OutputDataConfig: { S3OutputPath: 's3://${Bucket}/models' },
          StoppingCondition: { MaxRuntimeInSeconds: 86400 },
          ResourceConfig: { InstanceCount: 1, InstanceType: 'ml.m4.xlarge', VolumeSizeInGB: 30 },
          RoleArn: '${Role.Arn}',
          InputDataConfig: [
            {
              DataSource: {
                S3DataSource: {
                  S3DataDistributionType: 'ShardedByS3Key',
                  S3DataType: 'S3Prefix',
                  S3Uri: 's3://${Bucket}/csv/train.csv',
                },
              },
              ChannelName: 'train',
              ContentType: 'text/csv',
            },
          ],
          HyperParameters: { objective: 'reg:logistic', num_round: '${Rounds}' },
          'TrainingJobName.$': '$$.Execution.Name',
        },
        Next: 'Save Model',
      },
      'Save Model': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sagemaker:createModel',
        Parameters: {
          PrimaryContainer: {
            Image: '${Image}',
            Environment: {},
            'ModelDataUrl.$': '$.ModelArtifacts.S3ModelArtifacts',
          },
          ExecutionRoleArn: '${Role.Arn}',
          'ModelName.$': '$.TrainingJobName',
        },
        Next: 'Batch transform',
      },
      'Batch transform': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::sagemaker:createTransformJob.sync',
        Parameters: {
          'ModelName.$': '$$.Execution.Name',
          TransformInput: {
            CompressionType: 'None',
            ContentType: 'text/csv',
            DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://${Bucket}/csv/test.csv' } },
          },
          TransformOutput: { S3OutputPath: 's3://${Bucket}/output' },
          TransformResources: { InstanceCount: 1, InstanceType: 'ml.m4.xlarge' },
          'TransformJobName.$': '$$.Execution.Name',
        },
        End: true,
      },
    },
  },
  'a chain of prompts with Bedrock': {
    StartAt: 'Invoke model',
    States: {
      'Invoke model': {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::bedrock:invokeModel',
        Parameters: {
          ModelId: 'arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/cohere.command-text-v14',
          Body: { 'prompt.$': '$.prompt_one', max_tokens: 250 },
          ContentType: 'application/json',
          Accept: '*/*',
        },
        ResultPath: '$.result_one',
        ResultSelector: { 'result_one.$': '$.Body.generations[0].text' },
        Next: 'Add to context',
      },
      'Add to context': {
        Type: 'Pass',
        Parameters: { 'text.$': "States.Format('{}\n{}', $.result_one.result_one, $.prompt_two)" },
        End: true,
      },
    },
  },
  'processes that wait for each other, by tags and tokens': {
    StartAt: 'Get',
    QueryLanguage: 'JSONPath',
    States: {
      Get: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::aws-sdk:dynamodb:query',
        Parameters: {
          TableName: '${Table}',
          KeyConditionExpression: 'pk = :p',
          ExpressionAttributeValues: { ':p': { 'S.$': '$.id' } },
        },
        ResultPath: '$.found',
        Next: 'Any?',
      },
      'Any?': {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.found.Count', NumericGreaterThan: 0 },
              { Variable: '$.found.Items[0]', IsPresent: true },
            ],
            Next: 'Secret',
          },
          { Variable: '$.day', StringMatches: '${Year}-*', Next: 'Secret' },
          { Variable: '$.at', TimestampLessThanPath: '$$.Execution.StartTime', Next: 'Secret' },
        ],
        Default: 'Until',
      },
      Secret: {
        Type: 'Task',
        Resource: 'arn:${AWS::Partition}:states:::aws-sdk:secretsmanager:getSecretValue',
        Parameters: { SecretId: '${Secret}' },
        Credentials: { RoleArn: '${OtherAccountRole}' },
        Assign: { 'secret.$': '$.SecretString' },
        ResultPath: null,
        Next: 'Use',
      },
      Use: {
        Type: 'Pass',
        Parameters: { 'a.$': '$secret', 'b.$': 'States.ArrayPartition($.list, 4)', 'c.$': 'States.UUID()' },
        End: true,
      },
      Until: { Type: 'Wait', TimestampPath: '$.at', Next: 'Activity' },
      Activity: { Type: 'Task', Resource: '${Activity}', TimeoutSeconds: 300, HeartbeatSeconds: 60, End: true },
    },
  },
};
