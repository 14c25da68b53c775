/** Amazon Athena. */
export { type QueryOutput, type QueryParameters, query } from './query.ts';
