export type { MockResponse, Mocks } from './mocks.ts';
export { DEFAULT_NOW, type SimulateOptions, type Simulation, simulate } from './simulate.ts';
