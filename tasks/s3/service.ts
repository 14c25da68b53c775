import type { Service } from '../service.ts';

/** S3 has no templates yet: machines call it through the SDK's integration, and distributed Maps read from it. */
export const s3 = { name: 's3', title: 'S3', integrations: ['s3'], sdk: 's3' } as const satisfies Service;
