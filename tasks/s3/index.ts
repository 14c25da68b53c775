/** Amazon S3. */
export { type CopyOutput, type CopyParameters, copy } from './copy.ts';
export { type DeleteParameters, deleteObjects as delete } from './delete.ts';
export { type ListedObject, type ListOutput, type ListParameters, list } from './list.ts';
export { type PutOutput, type PutParameters, put } from './put.ts';
