import fc from 'fast-check';

/**
 * Property tests draw the same cases at each run, so that a red run is a change's fault; `SEED=random` draws others, `SEED=<number>` those
 * of a run that failed. The bench looks further than the tests have time to.
 */
const { SEED } = process.env;
if (SEED !== 'random') fc.configureGlobal({ seed: Number(SEED ?? 20_260_101) });

// The SDK's word on Node 20, once a test file, hides what matters.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
