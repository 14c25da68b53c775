import { uuidFrom } from '../../jsonata/index.ts';
import type { Intrinsic } from './intrinsic.ts';

/** `States.UUID()`: a version 4 UUID. */
export const uuid: Intrinsic = (_, { random }) => uuidFrom(random);
