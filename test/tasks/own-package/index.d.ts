import type { Template } from 'dagwright/tasks';

export interface JobParameters {
  /** The recording, `s3://bucket/talks/first.mp3`. */
  readonly media: string;
  /** Where the text goes. */
  readonly bucket: string;
  readonly language?: 'en-US' | 'es-ES';
  /** Seconds between two looks at the job. Default 30. */
  readonly every?: number;
}

/** Writes down what is said in a recording, and waits for the end. */
export declare function job(parameters: JobParameters): Template<{
  readonly TranscriptionJob: { readonly TranscriptionJobName: string };
}>;

/** The jobs that there are; Transcribe tells the topic of them, as the role. */
export declare function list(told?: {
  readonly topic: string;
  readonly role: string;
}): Template<{ readonly TranscriptionJobSummaries: readonly object[] }>;

/** A template whose states are at fault. */
export declare function broken(states: { readonly [step: string]: object }): Template<unknown>;
