/** Amazon RDS. */
export { type ExportSnapshotOutput, type ExportSnapshotParameters, exportSnapshot } from './export-snapshot.ts';
