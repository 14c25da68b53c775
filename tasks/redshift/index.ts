/** Amazon Redshift. */
export { type RowsOutput, type SqlOutput, type SqlParameters, sql } from './sql.ts';
