import { Dag } from 'dagwright';
import { x } from './no-such.ts';

export default new Dag(x);
