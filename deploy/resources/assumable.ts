/**
 * Calls with a role that may just have been made: for some seconds the service does not see it yet, and says that it cannot be assumed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export async function assumable<T>(sleep: (ms: number) => Promise<void>, call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === 12 || !NOT_YET.test((error as Error).message)) throw error;
      await sleep(Math.min(1_000 * attempt, 5_000));
    }
  }
}

const NOT_YET =
  /authorized to assume the provided role|must allow AWS EventBridge Scheduler to assume the role|access CloudWatch Logs|Invalid role|cannot be assumed/i;
