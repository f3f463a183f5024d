import type {
  TemplateCategoryEvent,
  TemplateComponentsEvent,
  TemplateRef,
} from './account-event.ts'
import type { InboundEvent } from './event.ts'
import type { Fields } from './narrow.ts'
import { defined, isFields, readFields, readInstantMs, readList, readText } from './narrow.ts'
import type { Scope } from './scope.ts'
import { contentBase } from './scope.ts'

/**
 * Narrows a value about a template; undefined when it is about none. Recognised by members, because Meta's own pages
 * show a quality update under the field of the status update.
 */
export function parseTemplate(value: Fields, scope: Scope): InboundEvent | undefined {
  if (!('message_template_id' in value) && !('message_template_name' in value)) return undefined
  if ('new_quality_score' in value || 'previous_quality_score' in value) {
    return parseQuality(value, scope)
  }
  const detected = scope.base.field === 'template_correct_category_detection'
  if (detected || 'new_category' in value || 'correct_category' in value) {
    return parseCategory(value, scope, detected)
  }
  if (readText(value['event']) !== undefined) return parseTemplateStatus(value, scope)
  return parseComponents(value, scope)
}

function readTemplate(value: Fields): TemplateRef {
  return defined({
    templateId: readText(value['message_template_id']),
    templateName: readText(value['message_template_name']),
    language: readText(value['message_template_language']),
  })
}

function parseTemplateStatus(value: Fields, scope: Scope): InboundEvent {
  const notice = value['other_info']
  const rejection = value['rejection_info']
  return {
    kind: 'template_status',
    ...contentBase(scope, 'template_status', value, readInstantMs(scope.entryTime)),
    ...readTemplate(value),
    event: readText(value['event']) ?? '',
    ...defined({
      category: readText(value['message_template_category']),
      reason: readText(value['reason']),
      notice: isFields(notice)
        ? defined({
            title: readText(notice['title']),
            description: readText(notice['description']),
          })
        : undefined,
      rejection: isFields(rejection)
        ? defined({
            reason: readText(rejection['reason']),
            recommendation: readText(rejection['recommendation']),
          })
        : undefined,
    }),
  }
}

function parseQuality(value: Fields, scope: Scope): InboundEvent {
  return {
    kind: 'template_quality',
    ...contentBase(scope, 'template_quality', value, readInstantMs(scope.entryTime)),
    ...readTemplate(value),
    ...defined({
      previousScore: readText(value['previous_quality_score']),
      newScore: readText(value['new_quality_score']),
    }),
  }
}

function parseCategory(value: Fields, scope: Scope, detected: boolean): TemplateCategoryEvent {
  const correctCategory = readText(value['correct_category'])
  const announced = correctCategory === undefined ? 'changed' : 'announced'
  return {
    kind: 'template_category',
    ...contentBase(scope, 'template_category', value, readInstantMs(scope.entryTime)),
    ...readTemplate(value),
    phase: detected ? 'detected' : announced,
    ...defined({
      previousCategory: readText(value['previous_category']),
      // In the announcement and in the confirmation alike, new_category is what applies now.
      currentCategory: readText(value['new_category']) ?? readText(value['category']),
      correctCategory,
      effectiveAtMs: readInstantMs(value['category_update_timestamp']),
    }),
  }
}

function parseComponents(value: Fields, scope: Scope): InboundEvent {
  return {
    kind: 'template_components',
    ...contentBase(scope, 'template_components', value, readInstantMs(scope.entryTime)),
    ...readTemplate(value),
    ...defined({
      title: readText(value['message_template_title']),
      body: readText(value['message_template_element']),
      footer: readText(value['message_template_footer']),
    }),
    buttons: readList(value['message_template_buttons']).map(parseButton),
  }
}

function parseButton(value: unknown): TemplateComponentsEvent['buttons'][number] {
  const button = readFields(value)
  return defined({
    type: readText(button['message_template_button_type']),
    text: readText(button['message_template_button_text']),
    url: readText(button['message_template_button_url']),
    phoneNumber: readText(button['message_template_button_phone_number']),
  })
}
