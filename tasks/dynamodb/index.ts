/** Amazon DynamoDB. */
export { type NumberLater, number, type Value } from './attribute-value.ts';
export { type ExportOutput, type ExportParameters, exportTo, type Incremental } from './export-to.ts';
export { type GetParameters, get } from './get.ts';
export { type PutParameters, put } from './put.ts';
