import { Dag } from 'dagwright';

export default new Dag('broken'
