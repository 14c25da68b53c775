import type { TaskCall, TaskHandler, TaskReply } from '../../asl/interpret/options.ts';
import { readResource } from '../../asl/services/index.ts';
import type { World } from '../world.ts';
import { callsLambda } from './lambda.ts';
import { callStepFunctions } from './step-functions.ts';

type Handler = (call: TaskCall) => Promise<TaskReply>;

export interface Services {
  readonly engines: Handler;
  /** Where there is an endpoint of Lambda. */
  readonly lambda?: Handler;
}

const CALLBACK = /\.waitForTaskToken$/;
const JOB = /\.sync(:\d+)?$/;

/**
 * What stands for the services in an execution:
 *
 *     activity            ─▶ the workers that poll
 *     states, aws-sdk:sfn ─▶ this endpoint itself
 *     lambda              ─▶ its endpoint, if one is set
 *     anything else       ─▶ this machine's engines
 *
 * and whoever has the token of a `.waitForTaskToken` or `.sync` may answer in their place.
 */
export function createTasks(world: World, { engines, lambda }: Services): TaskHandler {
  return (call) => {
    if (readResource(call.resource).kind === 'activity') return world.activities.schedule(call);
    const { token } = call;
    if (token === undefined || !(CALLBACK.test(call.resource) || JOB.test(call.resource))) return perform(call);
    const answered = world.tokens.wait({ call, token });
    return CALLBACK.test(call.resource) ? callBack(call, answered) : Promise.race([answered, perform(call)]);
  };

  /** The call itself; where it succeeds, the token is waited for. A service that is not here is not called: its message reaches nobody. */
  async function callBack(call: TaskCall, answered: Promise<TaskReply>): Promise<TaskReply> {
    const reachable = isOurs(call.resource) || (lambda !== undefined && callsLambda(call.resource));
    const reply: TaskReply = reachable ? await perform(call) : { result: null };
    return 'error' in reply ? reply : answered;
  }

  function perform(call: TaskCall): Promise<TaskReply> {
    if (isOurs(call.resource)) return callStepFunctions(call, world);
    return lambda !== undefined && callsLambda(call.resource) ? lambda(call) : engines(call);
  }
}

const OURS = /^arn:[^:]+:states:[^:]*:[^:]*:(states|aws-sdk:sfn):/;

function isOurs(resource: string): boolean {
  return OURS.test(resource);
}
