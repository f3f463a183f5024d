import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import type { Logger } from '@auronx/sdk'
import { redact } from './redact.ts'

/**
 * Structured log lines as JSON on standard output, or on `destination`. Values under keys that may name a person or
 * a secret are masked at any depth.
 */
export function createServerLogger(
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent',
  destination?: DestinationStream,
): Logger {
  const options = { level, base: null, formatters: { log: redact } }
  const log = destination === undefined ? pino(options) : pino(options, destination)
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  }
}
