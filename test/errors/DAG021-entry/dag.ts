// @ts-expect-error: there is no such entry
import { emr } from 'dagwright/task';

export default emr;
