import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../asl/json/value.ts';
import { validate } from '../../../asl/validate/validate.ts';

/** Calls as AWS's pages of the integrations write them, nested as deep as they go: none of it is unknown, missing or of another type. */
const CALLS: readonly (readonly [resource: string, parameters: JsonObject])[] = [
  [
    'elasticmapreduce:createCluster.sync',
    {
      Name: 'ExampleCluster',
      VisibleToAllUsers: true,
      ReleaseLabel: 'emr-5.26.0',
      Applications: [{ Name: 'Hive' }],
      ServiceRole: 'EMR_DefaultRole',
      JobFlowRole: 'EMR_EC2_DefaultRole',
      LogUri: 's3://b/logs/',
      Instances: {
        KeepJobFlowAliveWhenNoSteps: true,
        InstanceFleets: [
          {
            Name: 'MyMasterFleet',
            InstanceFleetType: 'MASTER',
            TargetOnDemandCapacity: 1,
            InstanceTypeConfigs: [{ InstanceType: 'm5.xlarge' }],
          },
        ],
      },
    },
  ],
  [
    'elasticmapreduce:addStep.sync',
    {
      'ClusterId.$': '$.ClusterId',
      Step: { Name: 'x', ActionOnFailure: 'CONTINUE', HadoopJarStep: { Jar: 'command-runner.jar', Args: ['a'] } },
    },
  ],
  [
    'elasticmapreduce:modifyInstanceFleetByName',
    {
      ClusterId: 'j-123',
      InstanceFleetName: 'MyCoreFleet',
      InstanceFleet: { TargetOnDemandCapacity: 8, TargetSpotCapacity: 0 },
    },
  ],
  [
    'elasticmapreduce:modifyInstanceGroupByName',
    { ClusterId: 'j-123', InstanceGroupName: 'MyCoreGroup', InstanceGroup: { InstanceCount: 8 } },
  ],
  [
    'emr-containers:startJobRun.sync',
    {
      VirtualClusterId: 'v',
      ExecutionRoleArn: 'r',
      ReleaseLabel: 'emr-6.2.0-latest',
      JobDriver: { SparkSubmitJobDriver: { EntryPoint: 's3://x', SparkSubmitParameters: '--conf' } },
    },
  ],
  [
    'emr-serverless:startJobRun.sync',
    {
      ApplicationId: 'a',
      ExecutionRoleArn: 'r',
      JobDriver: { SparkSubmit: { EntryPoint: 's3://x', EntryPointArguments: ['1'], SparkSubmitParameters: '--conf' } },
    },
  ],
  ['emr-serverless:createApplication.sync', { Name: 'a', ReleaseLabel: 'emr-6.9.0', Type: 'SPARK' }],
  [
    'ecs:runTask.sync',
    {
      LaunchType: 'FARGATE',
      Cluster: 'arn',
      TaskDefinition: 'arn',
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['s'], AssignPublicIp: 'ENABLED' } },
      Overrides: { ContainerOverrides: [{ Name: 'c', 'Command.$': '$.commands' }] },
    },
  ],
  ['eks:createCluster.sync', { Name: 'c', ResourcesVpcConfig: { SubnetIds: ['s'] }, RoleArn: 'r' }],
  ['eks:createNodegroup.sync', { ClusterName: 'c', NodegroupName: 'n', NodeRole: 'r', Subnets: ['s'] }],
  [
    'eks:runJob.sync',
    {
      ClusterName: 'c',
      CertificateAuthority: 'x',
      Endpoint: 'https://x',
      LogOptions: { RetrieveLogs: true },
      Job: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { backoffLimit: 0 } },
    },
  ],
  [
    'eks:call',
    {
      ClusterName: 'c',
      CertificateAuthority: 'x',
      Endpoint: 'https://x',
      Method: 'GET',
      Path: '/api/v1/namespaces/default/pods',
      QueryParameters: { labelSelector: ['a'] },
    },
  ],
  [
    'batch:submitJob.sync',
    {
      JobName: 'j',
      JobQueue: 'q',
      JobDefinition: 'd',
      ArrayProperties: { 'Size.$': 'States.MathAdd($.a,1)' },
      ContainerOverrides: {
        Vcpus: 1,
        ResourceRequirements: [{ Type: 'VCPU', Value: '4' }],
        Environment: [{ Name: 'a', Value: 'b' }],
      },
    },
  ],
  [
    'sagemaker:createTrainingJob.sync',
    {
      'TrainingJobName.$': '$$.Execution.Name',
      ResourceConfig: { InstanceCount: 1, InstanceType: 'ml.m4.xlarge', VolumeSizeInGB: 1 },
      HyperParameters: { k: '10' },
      AlgorithmSpecification: { TrainingImage: 'i', TrainingInputMode: 'File' },
      OutputDataConfig: { S3OutputPath: 's3://' },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      RoleArn: 'r',
      InputDataConfig: [
        {
          DataSource: {
            S3DataSource: { S3DataDistributionType: 'ShardedByS3Key', S3DataType: 'S3Prefix', S3Uri: 's3://' },
          },
          ChannelName: 'train',
          ContentType: 'text/csv',
        },
      ],
    },
  ],
  [
    'sagemaker:createTransformJob.sync',
    {
      ModelName: 'm',
      TransformJobName: 't',
      TransformInput: {
        CompressionType: 'None',
        ContentType: 'text/csv',
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's' } },
      },
      TransformOutput: { S3OutputPath: 's' },
      TransformResources: { InstanceCount: 1, InstanceType: 'ml.m4.xlarge' },
    },
  ],
  [
    'sagemaker:createHyperParameterTuningJob.sync',
    {
      HyperParameterTuningJobName: 'x',
      HyperParameterTuningJobConfig: {
        Strategy: 'Bayesian',
        HyperParameterTuningJobObjective: { Type: 'Minimize', MetricName: 'v' },
        ResourceLimits: { MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: 2 },
        ParameterRanges: { ContinuousParameterRanges: [{ Name: 'a', MinValue: '0.1', MaxValue: '1' }] },
      },
      TrainingJobDefinition: {
        AlgorithmSpecification: { TrainingImage: 'i', TrainingInputMode: 'File' },
        OutputDataConfig: { S3OutputPath: 's' },
        StoppingCondition: { MaxRuntimeInSeconds: 1 },
        ResourceConfig: { InstanceCount: 1, InstanceType: 'x', VolumeSizeInGB: 1 },
        RoleArn: 'r',
        InputDataConfig: [{ ChannelName: 't', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's' } } }],
        StaticHyperParameters: { a: '1' },
      },
    },
  ],
  [
    'glue:startJobRun.sync',
    { 'JobName.$': '$.j', Arguments: { '--a': 'b' }, Timeout: 5, NotificationProperty: { NotifyDelayAfter: 5 } },
  ],
  [
    'athena:startQueryExecution.sync',
    {
      QueryString: 'SELECT 1',
      WorkGroup: 'primary',
      ResultConfiguration: { OutputLocation: 's3://' },
      QueryExecutionContext: { Database: 'd' },
    },
  ],
  [
    'codebuild:startBuild.sync',
    {
      ProjectName: 'p',
      EnvironmentVariablesOverride: [{ Name: 'a', 'Value.$': '$.b', Type: 'PLAINTEXT' }],
      ArtifactsOverride: { Type: 'NO_ARTIFACTS' },
    },
  ],
  ['codebuild:batchGetReports', { 'ReportArns.$': '$.Build.ReportArns' }],
  ['databrew:startJobRun.sync', { Name: 'j' }],
  [
    'mediaconvert:createJob.sync',
    {
      Role: 'r',
      Settings: {
        Inputs: [
          {
            FileInput: 's3://',
            AudioSelectors: { 'Audio Selector 1': { DefaultSelection: 'DEFAULT' } },
            VideoSelector: {},
            TimecodeSource: 'ZEROBASED',
          },
        ],
        OutputGroups: [
          {
            Name: 'g',
            OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: { Destination: 's3://' } },
            Outputs: [
              {
                ContainerSettings: { Container: 'MP4', Mp4Settings: {} },
                VideoDescription: {
                  CodecSettings: {
                    Codec: 'H_264',
                    H264Settings: {
                      MaxBitrate: 1000,
                      RateControlMode: 'QVBR',
                      SceneChangeDetect: 'TRANSITION_DETECTION',
                    },
                  },
                },
              },
            ],
          },
        ],
      },
    },
  ],
  ['events:putEvents', { Entries: [{ Detail: { Message: 'm' }, DetailType: 'T', EventBusName: 'b', Source: 's' }] }],
  ['aws-sdk:eventbridge:putEvents', { Entries: [{ Detail: '{}', DetailType: 'T', Source: 's' }] }],
  [
    'sns:publish',
    {
      TopicArn: 't',
      Message: { Input: 'x' },
      Subject: 's',
      MessageAttributes: { a: { DataType: 'String', StringValue: 'v' } },
    },
  ],
  [
    'sqs:sendMessage.waitForTaskToken',
    {
      QueueUrl: 'q',
      MessageBody: { 'Input.$': '$', 'TaskToken.$': '$$.Task.Token' },
      MessageAttributes: { a: { DataType: 'String', StringValue: 'v' } },
      MessageGroupId: 'g',
    },
  ],
  [
    'dynamodb:updateItem',
    {
      TableName: 't',
      Key: { MessageId: { 'S.$': '$.id' } },
      UpdateExpression: 'SET a = :v',
      ExpressionAttributeValues: {
        ':v': { N: '1' },
        ':b': { Bool: true },
        ':l': { L: [{ S: 'x' }] },
        ':m': { M: { a: { S: 'b' } } },
      },
      ReturnValues: 'ALL_NEW',
    },
  ],
  ['bedrock:invokeModel', { ModelId: 'arn', Body: { inputText: 'x' }, ContentType: 'application/json', Accept: '*/*' }],
  [
    'bedrock:createModelCustomizationJob.sync',
    {
      JobName: 'j',
      CustomModelName: 'm',
      RoleArn: 'r',
      BaseModelIdentifier: 'b',
      TrainingDataConfig: { S3Uri: 's' },
      OutputDataConfig: { S3Uri: 's' },
      HyperParameters: { epochCount: '1' },
    },
  ],
  [
    'apigateway:invoke',
    {
      ApiEndpoint: 'x.execute-api.us-east-1.amazonaws.com',
      Method: 'POST',
      Headers: { 'Content-Type': ['application/json'] },
      Stage: 'prod',
      Path: '/a',
      QueryParameters: { a: ['b'] },
      'RequestBody.$': '$',
      AuthType: 'IAM_ROLE',
      AllowNullValues: true,
    },
  ],
  [
    'http:invoke',
    {
      ApiEndpoint: 'https://x',
      Method: 'POST',
      Authentication: { ConnectionArn: 'arn:aws:events:us-east-1:123456789012:connection/c/x' },
      Headers: { a: 'b' },
      QueryParameters: { a: 'b' },
      RequestBody: {},
      Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: { ArrayFormat: 'BRACKETS' } },
    },
  ],
  [
    'states:startExecution.sync:2',
    {
      StateMachineArn: 'a',
      Input: { 'x.$': '$', 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' },
      Name: 'n',
    },
  ],
  [
    'lambda:invoke',
    { FunctionName: 'f', Payload: { 'a.$': '$' }, InvocationType: 'Event', ClientContext: 'x', Qualifier: '1' },
  ],
  [
    'aws-sdk:s3:putObject',
    { Bucket: 'b', Key: 'k', Body: { a: 1 }, ContentType: 'x', ServerSideEncryption: 'aws:kms', SsekmsKeyId: 'k' },
  ],
  [
    'aws-sdk:ec2:runInstances',
    {
      ImageId: 'a',
      MinCount: 1,
      MaxCount: 1,
      InstanceType: 't3.micro',
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }],
      IamInstanceProfile: { Name: 'x' },
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 's', Groups: ['g'] }],
    },
  ],
  ['aws-sdk:rds:describeDBInstances', { DbInstanceIdentifier: 'x' }],
  ['aws-sdk:ssm:startAutomationExecution', { DocumentName: 'd', Parameters: { a: ['b'] } }],
  [
    'aws-sdk:ssm:sendCommand',
    {
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: ['i'],
      Parameters: { commands: ['ls'] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
    },
  ],
  [
    'aws-sdk:scheduler:createSchedule',
    {
      FlexibleTimeWindow: { Mode: 'OFF' },
      Name: 'n',
      ScheduleExpression: 'at(x)',
      Target: { Arn: 'a', RoleArn: 'r', Input: '{}' },
      ClientToken: 'x',
    },
  ],
  ['aws-sdk:organizations:listAccounts', {}],
  [
    'aws-sdk:cloudformation:createStack',
    { StackName: 's', Parameters: [{ ParameterKey: 'a', ParameterValue: 'b' }], Capabilities: ['CAPABILITY_IAM'] },
  ],
  [
    'aws-sdk:costexplorer:getCostAndUsage',
    { Granularity: 'DAILY', TimePeriod: { Start: '2024-01-01', End: '2024-01-02' }, Metrics: ['UnblendedCost'] },
  ],
  [
    'aws-sdk:cloudwatch:putMetricData',
    {
      Namespace: 'n',
      MetricData: [{ MetricName: 'm', Value: 1, Unit: 'Count', Dimensions: [{ Name: 'a', Value: 'b' }] }],
    },
  ],
  [
    'aws-sdk:route53:changeResourceRecordSets',
    {
      HostedZoneId: 'z',
      ChangeBatch: {
        Changes: [
          {
            Action: 'UPSERT',
            ResourceRecordSet: { Name: 'n', Type: 'A', Ttl: 60, ResourceRecords: [{ Value: '1.1.1.1' }] },
          },
        ],
      },
    },
  ],
  [
    'aws-sdk:sesv2:sendEmail',
    {
      FromEmailAddress: 'a',
      Destination: { ToAddresses: ['b'] },
      Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
    },
  ],
  [
    'aws-sdk:textract:startDocumentAnalysis',
    { DocumentLocation: { S3Object: { Bucket: 'b', 'Name.$': '$.n' } }, FeatureTypes: ['TABLES'] },
  ],
  ['aws-sdk:kinesis:putRecord', { StreamName: 's', Data: { a: 1 }, PartitionKey: 'p' }],
  ['aws-sdk:iam:createRole', { RoleName: 'r', AssumeRolePolicyDocument: '{}' }],
  [
    'aws-sdk:bedrockruntime:converse',
    { ModelId: 'm', Messages: [{ Role: 'user', Content: [{ Text: 'hi' }] }], InferenceConfig: { MaxTokens: 10 } },
  ],
];

describe('a call', () => {
  it.each(CALLS)('%s', (resource, Parameters) => {
    const call = { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters, End: true };
    const found = validate(JSON.stringify({ StartAt: 'A', States: { A: call } }));
    expect(found.map(({ code, path, message }) => `${code} ${path} ${message}`)).toEqual([]);
  });

  it.each(CALLS)('%s has no argument in camelCase', (resource, parameters) => {
    const camelCase = Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [`${key[0]!.toLowerCase()}${key.slice(1)}`, value]),
    );
    const call = { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters: camelCase, End: true };
    const found = validate(JSON.stringify({ StartAt: 'A', States: { A: call } }));
    expect(found.filter(({ code }) => code === 'ASL076' || code === 'ASL077')).toHaveLength(
      Object.keys(parameters).length,
    );
  });
});
