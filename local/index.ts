export { type PictureOptions, pictureOf } from '../report/picture/picture.ts';
export { type CheckedOptions as SimulateOptions, simulateChecked as simulate } from '../simulate/checked-simulate.ts';
export type { MockResponse, MockResponses, Mocks } from '../simulate/mocks/mocks.ts';
export { type MockConfig, readMockConfig } from '../simulate/mocks/read-mocks.ts';
export { DEFAULT_NOW, type Simulation } from '../simulate/simulate.ts';
