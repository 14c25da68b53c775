/** What runs tasks: the package `dagwright/tasks`, a name for each service, and what templates of one's own are made with. */
export * as athena from './athena/index.ts';
export { aws } from './aws/index.ts';
export * as bedrock from './bedrock/index.ts';
export * as dynamodb from './dynamodb/index.ts';
export * as emr from './emr/index.ts';
export * as emrServerless from './emrServerless/index.ts';
export * as events from './events/index.ts';
export * as glue from './glue/index.ts';
export * as http from './http/index.ts';
export * as kaggle from './kaggle/index.ts';
export * as lambda from './lambda/index.ts';
export * from './own-templates.ts';
export * as s3 from './s3/index.ts';
export * as ses from './ses/index.ts';
export * as sns from './sns/index.ts';
export { type SqlFile, sqlFiles } from './sql-files.ts';
export * as sqs from './sqs/index.ts';
export * as stepFunctions from './stepFunctions/index.ts';
