/** Kaggle datasets. */
export { type DownloadParameters, download } from './download.ts';
