import { createEgress } from '@auronx/sdk'
import type { AssistantOptions, EgressHost, Logger } from '@auronx/sdk'
import type { ModelConfig } from './config.ts'

/** Opens the configured model; the adapter is loaded for that, and asked nothing before a customer writes. */
export async function openAssistant(
  config: ModelConfig,
  logger: Logger,
): Promise<AssistantOptions> {
  const { createOpenAiModel, openAiHost } = await import('@auronx/adapters/openai')
  const { apiKey, model, baseUrl, effort } = config
  const egress = createEgress({
    hosts: hostsOf(baseUrl, openAiHost),
    allowLoopback: baseUrl !== undefined && new URL(baseUrl).protocol === 'http:',
  })
  return {
    model: createOpenAiModel({
      apiKey,
      model,
      egress,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(effort === undefined ? {} : { reasoning: { effort } }),
      onCall: ({ outcome, status, requestId }) =>
        logger.debug('model: a call ended', {
          outcome,
          ...(status === undefined ? {} : { status }),
          ...(requestId === undefined ? {} : { requestId }),
        }),
    }),
  }
}

function hostsOf(baseUrl: string | undefined, openAi: EgressHost): readonly EgressHost[] {
  if (baseUrl === undefined) return [openAi]
  const { protocol, host } = new URL(baseUrl)
  return protocol === 'http:' ? [] : [{ ...openAi, host, subProcessor: host }]
}
