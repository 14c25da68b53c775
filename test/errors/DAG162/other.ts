import { shared } from './dag.ts';

export default shared;
