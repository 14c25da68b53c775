import {
  answerShape,
  builtIn,
  callFragment,
  checkedTemplate,
  checks,
  expression,
  readsAndWritesBuckets,
  template,
} from 'dagwright/tasks';

export function job(parameters) {
  return checkedTemplate('transcribe.job', parameters, JOB, made, { mediafileuri: 'media', languagecode: 'language' });
}

const JOB = {
  media: checks.required(checks.s3Path),
  bucket: checks.required(checks.filled),
  language: checks.oneOf(['en-US', 'es-ES']),
  every: checks.wholeNumber(5, 300),
};

const GET = 'arn:aws:states:::aws-sdk:transcribe:getTranscriptionJob';

function made(parameters) {
  return template({
    service: 'transcribe',
    kind: 'transcribe.job',
    outputShape: answerShape(GET, ['TranscriptionJob']),
    charge: {
      what: '$0.024 a minute of speech',
      open: 'the length decides',
      source: 'https://aws.amazon.com/transcribe/pricing/',
    },
    lower: (limits) => lower(parameters, limits),
    // Transcribe reads the recording and writes the text with the caller's leave.
    permissions: () => readsAndWritesBuckets([parameters.media, `s3://${parameters.bucket}/`]),
  });
}

function lower({ media, bucket, language = 'en-US', every = 30 }, { dag, task, timeoutSeconds }) {
  const name = expression(`'${dag}-${task}-' & $states.context.Execution.Name`);
  const limit = timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds };
  return {
    start: 'start',
    samples: { look: { TranscriptionJob: { TranscriptionJobName: 'one', TranscriptionJobStatus: 'COMPLETED' } } },
    states: {
      start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:transcribe:startTranscriptionJob',
        Arguments: {
          TranscriptionJobName: name,
          LanguageCode: language,
          Media: { MediaFileUri: media },
          OutputBucketName: bucket,
          Tags: [{ Key: 'region', Value: builtIn('region') }],
        },
        ...limit,
        Next: 'wait',
      },
      wait: { Type: 'Wait', Seconds: every, Next: 'look' },
      look: { Type: 'Task', Resource: GET, Arguments: { TranscriptionJobName: name }, ...limit, Next: 'ended?' },
      'ended?': {
        Type: 'Choice',
        Choices: [
          {
            Condition: expression("$states.input.TranscriptionJob.TranscriptionJobStatus = 'COMPLETED'"),
            Next: 'done',
          },
          { Condition: expression("$states.input.TranscriptionJob.TranscriptionJobStatus = 'FAILED'"), Next: 'failed' },
        ],
        Default: 'wait',
      },
      done: { Type: 'Succeed' },
      failed: {
        Type: 'Fail',
        Error: 'Transcribe.JobFailed',
        Cause: expression('$states.input.TranscriptionJob.FailureReason'),
      },
    },
  };
}

/** The jobs that there are: a call and nothing else. Whoever is to hear of them stands in the permissions as it was given. */
export function list({ topic, role } = {}) {
  const tells = topic === undefined ? [] : [{ actions: ['sns:Publish'], resources: [topic] }];
  return template({
    service: 'transcribe',
    kind: 'transcribe.list',
    outputShape: answerShape(LIST, ['TranscriptionJobSummaries']),
    sample: { TranscriptionJobSummaries: [] },
    lower: (limits) => callFragment(LIST, {}, limits),
    permissions: () => [
      ...tells.map((one) => ({ ...one, condition: { StringEquals: { 'aws:RequestedRegion': builtIn('region') } } })),
    ],
    roles: () => (role === undefined ? [] : [{ role, assumedBy: 'transcribe.amazonaws.com', permissions: tells }]),
  });
}

const LIST = 'arn:aws:states:::aws-sdk:transcribe:listTranscriptionJobs';

export function broken(states) {
  return template({
    service: 'transcribe',
    kind: 'transcribe.broken',
    lower: () => ({ start: Object.keys(states)[0], states }),
    permissions: () => [],
  });
}
