export { type CheckedOptions as SimulateOptions, simulateChecked as simulate } from './checked-simulate.ts';
export { type MockConfig, readMockConfig } from './mocks/mock-config.ts';
export type { MockResponse, MockResponses, Mocks } from './mocks/mocks.ts';
export { type PictureOptions, pictureOf } from './picture/picture.ts';
export { DEFAULT_NOW, type Simulation } from './simulate.ts';
