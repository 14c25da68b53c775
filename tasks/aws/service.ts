import type { Service } from '../service.ts';

/** The services that have no folder of their own and are called by `aws({ service, action })`. */
export const otherServices = { name: 'aws', title: 'AWS', integrations: [] } as const satisfies Service;
