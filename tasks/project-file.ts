import { assetReference } from '../authoring/internal.ts';

/** A file of the project by the name that it has where it was uploaded; a path in S3 as it is. */
export function located(file: string): string {
  return isRemote(file) ? file : assetReference(file);
}

/** Those that are files of the project, to be uploaded with the machine. */
export function assetsAmong(files: readonly string[]): string[] {
  return files.filter((file) => !isRemote(file));
}

function isRemote(file: string): boolean {
  return `${file}`.startsWith('s3://');
}
