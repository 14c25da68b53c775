import type { ERRORS } from '../model.generated.ts';

/** What every AWS service may answer beside the errors of its model. */
type CommonError =
  | 'UnknownOperationException'
  | 'SerializationException'
  | 'AccessDeniedException'
  | 'RequestEntityTooLargeException'
  | 'InternalFailure';
export type ApiErrorName = (typeof ERRORS)[number] | CommonError;

/** HTTP statuses other than 400. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html */
const STATUS: { readonly [name in ApiErrorName]?: number } = {
  ConflictException: 409,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  RequestEntityTooLargeException: 413,
  InternalFailure: 500,
};

/** An error that the API answers; `details` are the members that the error has beside its message. */
export class ApiError extends Error {
  override readonly name: ApiErrorName;
  readonly details: { readonly [member: string]: string };

  constructor(name: ApiErrorName, message: string, details: { readonly [member: string]: string } = {}) {
    super(message);
    this.name = name;
    this.details = details;
  }

  get status(): number {
    return STATUS[this.name] ?? 400;
  }
}
