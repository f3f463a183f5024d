import type {
  MediaSource,
  OutboundMessage,
  TemplateComponent,
  TemplateParameter,
} from '../outbox/index.ts'
import type { GraphJson } from './graph-json.ts'
import { compact } from './graph-json.ts'

/**
 * The content of `template`. The language policy is the only one there is, so it is left out.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export function encodeTemplate(
  message: Extract<OutboundMessage, { kind: 'template' }>,
  media: (source: MediaSource) => GraphJson,
): GraphJson {
  const components = message.components.map((component) => encodeComponent(component, media))
  return compact({
    name: message.name,
    language: { code: message.language },
    components: components.length === 0 ? undefined : components,
  })
}

/** The files that the parameters of a template name. */
export function mediaOfTemplate(components: readonly TemplateComponent[]): readonly MediaSource[] {
  return components.flatMap((component) => {
    if (component.kind === 'limited_time_offer') return []
    if (component.kind === 'carousel') {
      return component.cards.flatMap((card) => mediaOfTemplate(card.components))
    }
    return component.parameters.flatMap((one) => ('media' in one ? [one.media] : []))
  })
}

function encodeComponent(
  component: TemplateComponent,
  media: (source: MediaSource) => GraphJson,
): GraphJson {
  switch (component.kind) {
    case 'header':
    case 'body':
      return { type: component.kind, parameters: encodeParameters(component.parameters, media) }
    case 'button':
      return {
        type: 'button',
        sub_type: component.button,
        index: String(component.index),
        parameters: encodeParameters(component.parameters, media),
      }
    case 'limited_time_offer': {
      const offer = { expiration_time_ms: component.expirationTimeMs }
      return {
        type: 'limited_time_offer',
        parameters: [{ type: 'limited_time_offer', limited_time_offer: offer }],
      }
    }
    case 'carousel':
      return {
        type: 'carousel',
        cards: component.cards.map((card) => ({
          card_index: card.index,
          components: card.components.map((one) => encodeComponent(one, media)),
        })),
      }
  }
}

function encodeParameters(
  parameters: readonly TemplateParameter[],
  media: (source: MediaSource) => GraphJson,
): readonly GraphJson[] {
  return parameters.map((parameter) => encodeParameter(parameter, media))
}

function encodeParameter(
  parameter: TemplateParameter,
  media: (source: MediaSource) => GraphJson,
): GraphJson {
  switch (parameter.kind) {
    case 'text':
      return compact({ type: 'text', parameter_name: parameter.name, text: parameter.text })
    case 'currency':
      return compact({
        type: 'currency',
        parameter_name: parameter.name,
        currency: {
          fallback_value: parameter.fallback,
          code: parameter.currency,
          amount_1000: parameter.amount1000,
        },
      })
    case 'date_time':
      return compact({
        type: 'date_time',
        parameter_name: parameter.name,
        date_time: { fallback_value: parameter.fallback },
      })
    case 'image':
    case 'video':
      return { type: parameter.kind, [parameter.kind]: media(parameter.media) }
    case 'document': {
      const document = compact({ ...media(parameter.media), filename: parameter.filename })
      return { type: 'document', document }
    }
    case 'location': {
      const { kind: type, ...location } = parameter
      return { type, location }
    }
    case 'payload':
      return { type: 'payload', payload: parameter.payload }
    case 'coupon':
      return { type: 'coupon_code', coupon_code: parameter.code }
    case 'action':
      return { type: 'action', action: parameter.action }
  }
}
