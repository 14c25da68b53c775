/** Amazon Athena. */
export { type QueryOutput, type QueryParameters, query, type RowsOutput } from './query.ts';
export { type CreateTableAsParameters, createTableAs, type UnloadParameters, unload } from './writes.ts';
