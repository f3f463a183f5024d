import type { JsonObject } from '../json.ts'

/** One line of the error table. */
export interface GraphErrorEntry {
  readonly code: number
  /** HTTP status; rate limits are 400, not 429. */
  readonly status: number
  readonly title: string
  readonly details: string
  readonly subcode?: number
}

/**
 * Meta's codes with their HTTP status, titles and details in our own words.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/
 */
const table: readonly (readonly [code: number, status: number, title: string, details: string])[] =
  [
    [0, 401, 'Authentication error', 'The token could not be read.'],
    [1, 400, 'Unknown API error', 'The request may be malformed.'],
    [2, 503, 'Service temporarily unavailable', 'Try again later.'],
    [3, 500, 'Capability missing', 'The app lacks the capability for this call.'],
    [4, 400, 'Application request limit reached', 'The app made too many calls.'],
    [10, 403, 'Permission denied', 'The permission was not granted or was removed.'],
    [33, 400, 'Parameter value is not valid', 'The business phone number was deleted.'],
    [100, 400, 'Invalid parameter', 'A parameter is unknown or misspelled.'],
    [190, 401, 'Invalid OAuth access token', 'The token expired or is not valid.'],
    [368, 403, 'Temporarily blocked for policy violations', 'The account is restricted.'],
    [80007, 400, 'Rate limit issues', 'The account reached its rate limit.'],
    [130429, 400, 'Rate limit hit', 'The number reached its throughput.'],
    [130472, 400, "User's number is part of an experiment", 'The message was not sent.'],
    [130497, 403, 'Country restriction', 'The account may not message users in this country.'],
    [131000, 500, 'Something went wrong', 'The message was not sent for an unknown reason.'],
    [131005, 403, 'Access denied', 'The permission was not granted or was removed.'],
    [131008, 400, 'Required parameter is missing', 'A required parameter is missing.'],
    [131009, 400, 'Parameter value is not valid', 'A parameter has a value that is not allowed.'],
    [131016, 503, 'Service unavailable', 'A service is temporarily unavailable.'],
    [131021, 400, 'Recipient cannot be sender', 'Sender and recipient are the same number.'],
    [131026, 400, 'Message undeliverable', 'The message could not be delivered.'],
    [
      131030,
      400,
      'Recipient phone number not in allowed list',
      'Add the number to the test recipients.',
    ],
    [131031, 403, 'Account has been locked', 'The account is locked.'],
    [131037, 400, 'Display name approval needed', 'The display name was not approved.'],
    [
      131042,
      400,
      'Business eligibility payment issue',
      'Something is wrong with the payment method.',
    ],
    [131045, 500, 'Incorrect certificate', 'The number is not registered correctly.'],
    [
      131047,
      400,
      'Re-engagement message',
      'More than 24 hours have passed since the recipient last replied.',
    ],
    [131048, 400, 'Spam rate limit hit', 'Too many earlier messages were blocked or reported.'],
    [131049, 400, 'Not delivered to maintain healthy engagement', 'Meta chose not to deliver.'],
    [
      131050,
      400,
      'User stopped marketing messages',
      'The recipient does not want marketing messages.',
    ],
    [131051, 400, 'Unsupported message type', 'This type of message is not supported.'],
    [131052, 400, 'Media download error', 'The media sent by the user could not be downloaded.'],
    [131053, 400, 'Media upload error', 'The media could not be uploaded.'],
    [131055, 400, 'Method not allowed', 'This method is not allowed here.'],
    [
      131056,
      400,
      'Pair rate limit hit',
      'Too many messages to the same recipient in a short time.',
    ],
    [131057, 500, 'Account in maintenance mode', 'The account is being maintained.'],
    [
      131062,
      400,
      'Recipient not supported',
      'A business-scoped user id cannot receive this message.',
    ],
    [131063, 400, 'Marketing templates disabled', 'Use the marketing messages endpoint.'],
    [131064, 400, 'Limited for classification violations', 'Template classification was violated.'],
    [132000, 400, 'Template parameter count mismatch', 'The number of parameters does not match.'],
    [132001, 404, 'Template does not exist', 'The template does not exist in this language.'],
    [132005, 400, 'Template text too long', 'The filled template is too long.'],
    [132007, 400, 'Template policy violated', 'The content violates a policy.'],
    [132012, 400, 'Template parameter format mismatch', 'The parameters have the wrong format.'],
    [132015, 400, 'Template is paused', 'The template is paused for low quality.'],
    [132016, 400, 'Template is disabled', 'The template is disabled for low quality.'],
    [133000, 500, 'Incomplete deregistration', 'A previous deregistration failed.'],
    [133004, 503, 'Server temporarily unavailable', 'Try again later.'],
    [133005, 400, 'Two-step verification PIN mismatch', 'The PIN is not the one that was set.'],
    [133010, 400, 'Phone number not registered', 'Register the number first.'],
    [133016, 400, 'Registration rate limit', 'Too many registrations of this number.'],
    [135000, 400, 'Generic user error', 'The message could not be sent for an unknown reason.'],
    [137000, 400, 'Identity key mismatch', 'The recipient identity has changed.'],
  ]

const entries = new Map(
  table.map(([code, status, title, details]) => [code, { code, status, title, details }]),
)

/** The table's line for a code; an unlisted code is a 400 without further words. */
export function errorFor(code: number): GraphErrorEntry {
  return (
    entries.get(code) ?? { code, status: 400, title: 'Error', details: 'An error of this code.' }
  )
}

/** An error answer in Graph's form. */
export interface GraphErrorAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** The answer for a code. `details` and `subcode` replace those of the table. */
export function graphError(
  code: number,
  {
    details,
    subcode,
    traceId,
    message,
  }: {
    readonly details?: string
    readonly subcode?: number
    readonly traceId: string
    readonly message?: string
  },
): GraphErrorAnswer {
  const entry = errorFor(code)
  return {
    status: entry.status,
    body: {
      error: {
        message: message ?? `(#${code}) ${entry.title}`,
        type: 'OAuthException',
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(code < 1000 && details === undefined
          ? {}
          : { error_data: { messaging_product: 'whatsapp', details: details ?? entry.details } }),
        fbtrace_id: traceId,
      },
    },
  }
}
