import type { Service } from '../service.ts';

/** Kaggle is no service of AWS: its datasets are downloaded by a job of one. */
export const kaggle = { name: 'kaggle', title: 'Kaggle', integrations: [] } as const satisfies Service;
